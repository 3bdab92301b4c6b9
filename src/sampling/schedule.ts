/** Time grids: t_0 = 0 (pure noise) < t_1 < ... < t_steps = 1 (the clean clip). */

/**
 * `steps` + 1 times. Shift 1 spaces them evenly; a larger shift takes smaller steps where there is more noise:
 * with noise level s = 1 - t, s becomes shift s / (1 + (shift - 1) s) (Esser et al. 2024, eq. 23).
 */
export function times(steps: number, shift = 1): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    return t / (t + shift * (1 - t));
  });
}
