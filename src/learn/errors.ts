/** What can go wrong while a network learns. */
export class LearnError extends Error {
  override readonly name = 'LearnError';
  override readonly cause: string;
  readonly next = 'Begin anew with a smaller learning rate.';

  /** loss: what the step had, perhaps no number. step: from 1. rate: the learning rate. */
  constructor(loss: number, step: number, rate: number) {
    super();
    const what = Number.isFinite(loss) ? `has grown to ${loss.toPrecision(2)}` : 'is no number any more';
    this.cause = `In step ${step} the loss ${what}: with a learning rate of ${rate} each step throws the weights too far.`;
  }
}
