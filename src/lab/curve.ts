/** Dragging a schedule: a point moves between its neighbours and never stands still above one, so that t always rises. */
import { leastRise } from '../sampling/schedule';

/** The curve with one point moved to `t`, or as near to it as its neighbours let it. */
export function dragged(curve: readonly number[], point: number, t: number): number[] {
  const low = (curve[point - 1] ?? 0) + leastRise;
  const high = (curve[point + 1] ?? 1) - leastRise;
  const rounded = Math.round(Math.min(high, Math.max(low, t)) * 1000) / 1000; // three digits keep links short
  return curve.map((old, i) => (i === point ? Math.min(high, Math.max(low, rounded)) : old));
}
