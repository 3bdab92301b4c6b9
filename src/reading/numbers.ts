/** Arithmetic of lists of numbers: middles, straight lines and parabolas through them, least squares, and a walk downhill. */

/** Weighted mean. */
export function mean(values: readonly number[], weight: readonly number[]): number {
  let [sum, total] = [0, 1e-12];
  values.forEach((value, n) => {
    sum += weight[n] * value;
    total += weight[n];
  });
  return sum / total;
}

/** Weighted straight line through values over 0, 1, ...: at 0, and a step. */
export function line(values: readonly number[], weight: readonly number[]): [number, number] {
  const times = values.map((_, n) => n);
  const [middle, level] = [mean(times, weight), mean(values, weight)];
  const spread = mean(times.map((n) => (n - middle) ** 2), weight); // prettier-ignore
  const along = mean(times.map((n) => (n - middle) * (values[n] - level)), weight); // prettier-ignore
  const slope = spread > 1e-9 ? along / spread : 0;
  return [level - slope * middle, slope];
}

/** Weighted parabola: value, slope and half the acceleration at 0, by orthogonal polynomials. */
export function parabola(values: readonly number[], weight: readonly number[]): [number, number, number] {
  const times = values.map((_, n) => n);
  const [a, b] = line(times.map((n) => n * n), weight); // prettier-ignore
  const bend = times.map((n) => n * n - a - b * n); // what a line can't do
  const norm = mean(bend.map((q) => q * q), weight); // prettier-ignore
  const [level, slope] = line(values, weight);
  const curve = norm > 1e-9 ? mean(bend.map((q, n) => q * values[n]), weight) / norm : 0; // prettier-ignore
  return [level - curve * a, slope - curve * b, curve];
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Lowest value of `cost` near a start, by steps that halve; a few numbers, a cheap cost. */
export function descend(
  cost: (p: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  halvings = 7,
): number[] {
  const best = [...start];
  let least = cost(best);
  for (let k = 0; k < halvings; k++)
    for (let round = 0; round < 4; round++) {
      let moved = false;
      for (let i = 0; i < best.length; i++)
        for (const side of [1, -1]) {
          best[i] += (side * steps[i]) / 2 ** k;
          const found = cost(best);
          if (found < least) [least, moved] = [found, true];
          else best[i] -= (side * steps[i]) / 2 ** k;
        }
      if (!moved) break;
    }
  return best;
}

/** The numbers that make rows x numbers come nearest to the targets, by Gaussian elimination of the normal equations. */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): number[] | undefined {
  const size = rows[0].length;
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
    rows.reduce((sum, row, k) => sum + row[i] * targets[k], 0),
  ]);
  for (let i = 0; i < size; i++) {
    const pivot = system
      .slice(i)
      .reduce((top, row, k) => (Math.abs(row[i]) > Math.abs(system[top][i]) ? i + k : top), i);
    [system[i], system[pivot]] = [system[pivot], system[i]];
    if (Math.abs(system[i][i]) < 1e-9) return undefined;
    for (let k = 0; k < size; k++) {
      const share = system[k][i] / system[i][i];
      if (k !== i) system[k] = system[k].map((value, j) => value - share * system[i][j]);
    }
  }
  return system.map((row, i) => row[size] / row[i]);
}

/** An angle, brought to -pi .. pi. */
export const wrap = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
