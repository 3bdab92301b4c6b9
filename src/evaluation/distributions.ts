/** Are two lots of values drawn from one distribution? For figures of how new and how varied clips are. */
import { MeasureError } from '../reading/errors';
import { clamp } from '../world/arithmetic';

export interface Difference {
  readonly statistic: number; // 0 .. 1, the largest difference of the two shares below a value
  readonly p: number; // chance of at least that difference between two lots from one distribution
}

/** Above this many steps the exact count is left for the limit of many values. */
const longest = 1e7;

/**
 * Two-sample test of Kolmogorov and Smirnov. p is exact (paths on a lattice, Hodges 1958) up to a few thousand values, and
 * Kolmogorov's limit beyond. Ties make p too large, never too small. Throws MeasureError where a lot is empty.
 */
export function kolmogorovSmirnov(first: readonly number[], second: readonly number[]): Difference {
  if (!first.length || !second.length || ![...first, ...second].every(Number.isFinite))
    throw new MeasureError('there is nothing finite to compare', 'give at least one finite number on each side');
  const [a, b] = [first, second].map((values) => [...values].sort((x, y) => x - y));
  const [n, m] = [a.length, b.length];
  let [i, j, most] = [0, 0, 0]; // `most` in whole numbers: m below in a, n below in b
  while (i < n && j < m) {
    const value = Math.min(a[i], b[j]);
    while (i < n && a[i] === value) i++;
    while (j < m && b[j] === value) j++;
    most = Math.max(most, Math.abs(m * i - n * j));
  }
  const statistic = most / (n * m);
  if (n * m > longest) return { statistic, p: kolmogorov(statistic * Math.sqrt((n * m) / (n + m))) };
  // inside[j]: share of the orders of i of the first and j of the second that never come as far apart as seen.
  const inside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      const far = Math.abs(m * i - n * j) >= most;
      const last = i + j;
      inside[j] = far ? 0 : last ? (i * inside[j] + (j ? j * inside[j - 1] : 0)) / last : 1;
    }
  return { statistic, p: most ? clamp(1 - inside[m]) : 1 };
}

/** Kolmogorov's distribution: chance that the scaled difference of many values is above `lambda` (Smirnov 1948). */
export function kolmogorov(lambda: number): number {
  if (lambda < 0.2) return 1; // below, the series converges slowly, and to 1
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return clamp(sum);
}

/** Total variation between the shares of words: 0 the same, 1 nothing in common. */
export function totalVariation(first: readonly string[], second: readonly string[]): number {
  if (!first.length || !second.length)
    throw new MeasureError('there is nothing to compare', 'give words on both sides');
  const share = (list: readonly string[], word: string): number =>
    list.filter((each) => each === word).length / list.length;
  return [...new Set([...first, ...second])].reduce(
    (sum, word) => sum + Math.abs(share(first, word) - share(second, word)) / 2,
    0,
  );
}
