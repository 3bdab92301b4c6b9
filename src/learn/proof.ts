/**
 * Three steps of training whose outcome is known, before a graphics processor is trusted with more: its operations were written
 * for looking forwards, drivers differ, and a gradient that is a little wrong looks like a network that learns badly.
 *
 * What it is not: a test of speed.
 */
import { batchOf } from './examples';
import { firstWeights, microConfig } from './config';
import { firstGrid } from './micro';
import { Trainer } from './trainer';

/** Lengths of the gradients in the first three steps, by WebAssembly and in JavaScript (which tests/learn/golden.test.ts holds to PyTorch). */
const known = [0.68133, 0.82486, 1.73335];
const tolerance = 0.01;

/** Whether the backend that is chosen learns as it should; false as well where it cannot do a step at all. */
export async function learnsRight(): Promise<boolean> {
  const config = microConfig(24);
  const trainer = new Trainer(config, firstWeights(config, 1));
  try {
    const { batch } = batchOf(1, 0, firstGrid, 2, { mean: -0.6, spread: 0.9 }, config.text_length);
    for (const length of known) {
      const got = (await trainer.step(batch, 0.003)).length;
      if (!(Math.abs(got - length) <= tolerance * length)) return false;
    }
    return true;
  } catch {
    return false;
  } finally {
    trainer.dispose();
  }
}
