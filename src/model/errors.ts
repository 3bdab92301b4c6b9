/** Characters of a sentence: names in a stranger's file may be a million long. */
const longest = 400;

/** Weights that cannot be used: which file, what is wrong with it, and what to do next; `message` is both in one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  override readonly cause: string;

  constructor(
    readonly file: string,
    problem: string,
    readonly next = 'reload the page to download it again; if that does not help, publish the model folder anew',
  ) {
    const cause = `${file} ${problem.slice(0, longest)}`;
    super(`${cause}: ${next}`);
    this.cause = cause;
  }
}

/** The static graph cannot be built here, or a call of it failed. No number from such a call reaches anybody. */
export class GraphError extends Error {
  override readonly name = 'GraphError';

  /** cause: the rest of a sentence that begins with "because". */
  constructor(
    override readonly cause: string,
    readonly next = 'load the model again; if it happens again, close other pages that draw a lot, or try another browser',
  ) {
    super(`${cause}: ${next}`);
  }
}
