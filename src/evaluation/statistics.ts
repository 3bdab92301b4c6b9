/** How sure a figure is: intervals for a share and for a mean. */
import { draws } from '../world/scene';
import { MeasureError } from '../reading/errors';

export type Interval = readonly [number, number];

/** Wilson's 95 % interval for a share `right` of `total` (Wilson 1927): honest for small numbers and near 0 and 1. */
export function wilson(right: number, total: number, z = 1.959964): Interval {
  if (!Number.isInteger(right) || !Number.isInteger(total) || right < 0 || right > total)
    throw new MeasureError(`${right} of ${total} is no share`, 'count whole numbers, 0 <= right <= total');
  if (total === 0) return [0, 1];
  const share = right / total;
  const middle = share + (z * z) / (2 * total);
  const reach = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const whole = 1 + (z * z) / total;
  return [Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)];
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * 95 % percentile bootstrap interval (Efron 1979) of a statistic, the mean if none is named. The same seed gives the
 * same interval. Throws MeasureError without values, or for values that are not finite.
 */
export function bootstrap(
  values: readonly number[],
  {
    statistic = average,
    rounds = 1000,
    seed = 0,
  }: { statistic?: (values: readonly number[]) => number; rounds?: number; seed?: number } = {},
): Interval {
  if (!values.length || !values.every(Number.isFinite))
    throw new MeasureError('there is nothing finite to draw from', 'give at least one finite number');
  const draw = draws(seed);
  const found = Array.from({ length: rounds }, () =>
    statistic(values.map(() => values[Math.floor(draw() * values.length)])),
  );
  found.sort((a, b) => a - b);
  return [found[Math.floor(0.025 * (rounds - 1))], found[Math.ceil(0.975 * (rounds - 1))]];
}
