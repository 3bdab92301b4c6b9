/** Turning on the spot: the one motion that a path can't show. */
import type { Found } from './find';
import { fitPose, gainAt, type Canvas, type Fit } from './fit';
import { circle, growthOf, line, mean, median, type Path } from './motion';

/**
 * Steady turning, looked for in all frames at once: how well each angle explains each frame, and the straight line of
 * angle over time that gathers most. Undefined unless that is clearly more than standing upright explains.
 */
export function findSpin(
  { look, fits, upright }: Found,
  canvas: Canvas,
  path: Path,
): { omega: number; fits: Fit[] } | undefined {
  const middle = [mean(path.x, path.weight), mean(path.y, path.weight)];
  const wander = Math.sqrt(mean(path.x.map((x, n) => (x - middle[0]) ** 2 + (path.y[n] - middle[1]) ** 2), path.weight)); // prettier-ignore
  if (wander > 0.05 || Math.abs(growthOf(path)) > 0.25 || fits.length < 4) return undefined;
  const turns = 32;
  const typical = median(path.radius);
  const table = fits.map((fit, n) => {
    // A star turned by a fifth looks nearly like a star a little aside: each angle may choose its own place or the mean one.
    const still = { ...fit, x: middle[0] + fit.x - path.x[n], y: middle[1], radius: typical };
    return Array.from({ length: turns }, (_, k) => {
      const angle = (2 * Math.PI * k) / turns;
      return Math.max(gainAt(canvas, n, look, { ...fit, angle }), gainAt(canvas, n, look, { ...still, angle }));
    });
  });
  const gathered = (phase: number, omega: number): number => {
    let sum = 0;
    for (let n = 0; n < table.length; n++) {
      const at = (((phase + omega * n) / (2 * Math.PI)) * turns) % turns;
      const place = at < 0 ? at + turns : at;
      const low = Math.floor(place) % turns;
      sum += table[n][low] + (table[n][(low + 1) % turns] - table[n][low]) * (place - Math.floor(place));
    }
    return sum;
  };
  let [phase, omega, most] = [0, 0, -Infinity];
  for (let rate = 0.08; rate <= 0.62; rate += 0.02)
    for (const side of [1, -1])
      for (let k = 0; k < turns; k++) {
        const sum = gathered((2 * Math.PI * k) / turns, side * rate);
        if (sum > most) [phase, omega, most] = [(2 * Math.PI * k) / turns, side * rate, sum];
      }
  const moves = [[0.1, 0], [-0.1, 0], [0, 0.01], [0, -0.01], [0.1, -0.01], [-0.1, 0.01]]; // prettier-ignore
  for (const step of [1, 0.5, 0.25, 0.125])
    for (const [dPhase, dOmega] of moves) {
      const sum = gathered(phase + step * dPhase, omega + step * dOmega);
      if (sum > most) [phase, omega, most] = [phase + step * dPhase, omega + step * dOmega, sum];
    }
  if (most <= upright.gain + Math.max(0.01 * fits.length, 0.015 * upright.gain)) return undefined;
  // Now that every angle is known, each frame is fitted from its own.
  const from = (x: number, y: number, turn: number): Fit[] =>
    fits.map((fit, n) => {
      const start = { x: x + fit.x - path.x[n], y, radius: typical, angle: turn + omega * n };
      const found = fitPose(canvas, n, look, start, { turns: true, rounds: 4, keep: 1000 });
      return found.gain > 0.9 * fit.gain ? found : { ...fit, angle: start.angle };
    });
  const rate = (found: readonly Fit[]): number => line(found.map(({ angle }) => angle), path.weight)[1]; // prettier-ignore
  const total = (found: readonly Fit[]): number => found.reduce((sum, { gain }) => sum + gain, 0);
  const again = from(middle[0], middle[1], phase);

  // Turned by a fifth, a star lies a little aside, and that place goes round the true middle: try from there.
  const shifts = fits.map((fit, n) => path.x[n] - fit.x);
  const round = circle({ ...path, x: again.map(({ x }, n) => x + shifts[n]), y: again.map(({ y }) => y) }, omega);
  if (round && round.radius > 0.15 / canvas.picture.views[0].unit && round.radius < 0.3 * typical) {
    const gainFrom = (turn: number): number =>
      shifts.reduce((sum, shift, n) => {
        const there = { x: round.cx - shift, y: round.cy, radius: typical, angle: turn + omega * n };
        return sum + gainAt(canvas, n, look, there);
      }, 0);
    const angles = Array.from({ length: turns }, (_, k) => (2 * Math.PI * k) / turns);
    const rated = angles.map((turn) => ({ turn, gain: gainFrom(turn) }));
    const centred = from(round.cx, round.cy, rated.reduce((a, b) => (b.gain > a.gain ? b : a)).turn);
    if (total(centred) > 0.99 * total(again)) return { omega: rate(centred), fits: centred };
  }
  return { omega: rate(again), fits: again };
}
