/** A clip that can't be read, or a prompt or number that can't be judged; `next` says what to do. */
export class MeasureError extends Error {
  constructor(
    override readonly cause: string,
    readonly next: string,
  ) {
    super(`${cause}: ${next}`);
    this.name = 'MeasureError';
  }
}
