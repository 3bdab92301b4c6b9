/**
 * "Training clips". Training draws its clips as it goes and stores none, so that nobody can look through the very ones it
 * saw: this pool is drawn from the same world by seed, with the same holes, and stands for them.
 */
import { draws, sampleScene, type Scene } from '../world/scene';
import { cameras } from '../world/world';

/** Drawn far from the seeds of every suite. */
export const poolSeed = 3_000_000_000;

/** `count` scenes with one object and a standing camera, as training draws them. */
export function trainingPool(count: number, seed: number): Scene[] {
  return Array.from({ length: count }, (_, i) => ({
    ...sampleScene(draws(seed + i), { objects: 1 }),
    camera: cameras[0],
  }));
}
