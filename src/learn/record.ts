/**
 * What lies in the store of the last training, made fit: of another version of the page, damaged, or half written, it must
 * not keep anybody from learning anew.
 *
 * What it is not: the store (kept.ts), nor the check of weights, which a file needs as well (file.ts).
 */
import { checkedSnapshot } from './file';
import type { Point } from './protocol';
import { bins } from './settings';
import type { Snapshot } from './training';

export interface KeptTraining {
  readonly snapshot: Snapshot;
  readonly points: Point[];
}

/** Undefined where there is no training in it. Never throws. */
export function readRecord(record: unknown): KeptTraining | undefined {
  const { snapshot, points } = (typeof record === 'object' && record !== null ? record : {}) as Record<string, unknown>;
  const checked = checkedSnapshot(snapshot);
  if (!checked) return undefined;
  const adam = isAdam(checked.adam, checked.weights) ? checked.adam : null; // the weights move anew, and are kept
  return { snapshot: { ...checked, adam }, points: Array.isArray(points) ? points.filter(isPoint) : [] };
}

type Numbers = ReadonlyMap<string, Float32Array>;

function isAdam(said: unknown, weights: Snapshot['weights']): boolean {
  const { steps, means, squares } = (said ?? {}) as Record<string, unknown>;
  const fits = (numbers: unknown): numbers is Numbers =>
    numbers instanceof Map &&
    numbers.size <= weights.size &&
    [...(numbers as Map<unknown, unknown>)].every(
      ([name, values]) =>
        values instanceof Float32Array &&
        values.length === weights.get(name as string)?.data.length &&
        values.every(Number.isFinite),
    );
  return isCount(steps) && fits(means) && fits(squares) && [...squares.values()].every((all) => all.every((x) => x >= 0)); // prettier-ignore
}

function isPoint(said: unknown): said is Point {
  const { seen, seconds, losses, shown, holes } = (said ?? {}) as Record<string, unknown>;
  const maybe = (value: unknown) => value === null || isCount(value);
  return isCount(seen) && isCount(seconds) && Array.isArray(losses) && losses.length === bins && losses.every(maybe) && maybe(shown) && maybe(holes); // prettier-ignore
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
