/** Weights that cannot be used: which file, what is wrong with it, and what to do next; `message` is both in one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  override readonly cause: string;

  constructor(
    readonly file: string,
    problem: string,
    readonly next = 'reload the page to download it again; if that does not help, publish the model folder anew',
  ) {
    const cause = `${file} ${problem}`;
    super(`${cause}: ${next}`);
    this.cause = cause;
  }
}
