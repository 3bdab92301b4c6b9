/** Turning on the spot: the one motion that a path can't show. */
import type { Canvas } from './canvas';
import { fitPose, type Fit, type FramePose } from './fit';
import { gainAt } from './gain';
import type { Found } from './identify';
import type { Appearance } from './appearance';
import { circle, growthOf, type Path } from './motion';
import { line, mean, median } from './numbers';

/** Angles that are tried in every frame, all the way round. */
const turns = 32;
const angles = Array.from({ length: turns }, (_, k) => (2 * Math.PI * k) / turns);
/** What strays farther from its middle (frame heights), or grows by more than this share, does not turn on the spot. */
const still = { stray: 0.05, growth: 0.25 };
/** Rates that are tried, radians a frame: the world's own are 0.13 to 0.5. */
const rates = { from: 0.08, to: 0.62, step: 0.02 };
/** Moves of phase and rate, downhill from the best of these, and the shares of them that are taken in turn. */
const moves = [[0.1, 0], [-0.1, 0], [0, 0.01], [0, -0.01], [0.1, -0.01], [-0.1, 0.01]] as const; // prettier-ignore
const shares = [1, 0.5, 0.25, 0.125];
/** Turning has to gain this much more than standing upright, a frame or as a share. */
const lead = { frame: 0.01, share: 0.015 };
/** The radius keeps to the typical one (squared frame heights to gain): what turns does not grow. */
const keep = 1000;
/** A circle that the thing's middle goes round is a shift of the whole thing if its radius is between 0.15 pixels and 0.3 of its own. */
const circled = { pixels: 0.15, share: 0.3 };

/** A steady turn: the angle in the first frame and the rate, radians and radians a frame. */
interface Turn {
  readonly phase: number;
  readonly omega: number;
}

/**
 * Steady turning, looked for in all frames at once: how well each angle explains each frame, and the straight line of
 * angle over time that gathers most. Undefined unless that is clearly more than standing upright explains.
 */
export function findSpin(
  { appearance, fits, upright }: Found,
  canvas: Canvas,
  path: Path,
): { omega: number; fits: Fit[] } | undefined {
  const middle = [mean(path.x, path.weight), mean(path.y, path.weight)];
  const wander = Math.sqrt(mean(path.x.map((x, n) => (x - middle[0]) ** 2 + (path.y[n] - middle[1]) ** 2), path.weight)); // prettier-ignore
  if (wander > still.stray || Math.abs(growthOf(path)) > still.growth || fits.length < 4) return undefined;
  const typical = median(path.radius);
  const shifts = fits.map((fit, n) => path.x[n] - fit.x);
  const table = fits.map((fit, n) => {
    // A star turned by a fifth looks nearly like a star a little aside: each angle may choose its own place or the mean one.
    const central = { ...fit, x: middle[0] - shifts[n], y: middle[1], radius: typical };
    return angles.map((angle) =>
      Math.max(gainAt(canvas, n, appearance, { ...fit, angle }), gainAt(canvas, n, appearance, { ...central, angle })),
    );
  });
  const { gain, ...turn } = bestTurn(table);
  if (gain <= upright.gain + Math.max(lead.frame * fits.length, lead.share * upright.gain)) return undefined;
  const pose = (x: number, y: number, phase: number, n: number): FramePose => ({
    x: x - shifts[n],
    y,
    radius: typical,
    angle: phase + turn.omega * n,
  });
  const again = refit(canvas, appearance, fits, (n) => pose(middle[0], middle[1], turn.phase, n));
  // Turned by a fifth, a star lies a little aside, and that place goes round the true middle: try from there.
  const round = circle({ ...path, x: again.map(({ x }, n) => x + shifts[n]), y: again.map(({ y }) => y) }, turn.omega);
  const { unit } = canvas.picture.views[0];
  if (round && round.radius > circled.pixels / unit && round.radius < circled.share * typical) {
    const gainFrom = (phase: number): number =>
      fits.reduce((sum, _, n) => sum + gainAt(canvas, n, appearance, pose(round.cx, round.cy, phase, n)), 0);
    const rated = angles.map((phase) => ({ phase, gain: gainFrom(phase) }));
    const { phase } = rated.reduce((a, b) => (b.gain > a.gain ? b : a));
    const centred = refit(canvas, appearance, fits, (n) => pose(round.cx, round.cy, phase, n));
    if (total(centred) > 0.99 * total(again)) return { omega: rateOf(centred, path), fits: centred };
  }
  return { omega: rateOf(again, path), fits: again };
}

const total = (found: readonly Fit[]): number => found.reduce((sum, { gain }) => sum + gain, 0);
const rateOf = (found: readonly Fit[], { weight }: Path): number => line(found.map(({ angle }) => angle), weight)[1]; // prettier-ignore

/** Now that every angle is known, each frame is fitted from its own. */
function refit(canvas: Canvas, appearance: Appearance, fits: readonly Fit[], start: (n: number) => FramePose): Fit[] {
  return fits.map((fit, n) => {
    const from = start(n);
    const found = fitPose(canvas, n, appearance, from, { turns: true, rounds: 4, keep });
    return found.gain > 0.9 * fit.gain ? found : { ...fit, angle: from.angle };
  });
}

/** The straight line of angle over time that gathers most in a table of gains, frames x `turns`. */
function bestTurn(table: readonly (readonly number[])[]): Turn & { gain: number } {
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
  let best = { phase: 0, omega: 0, gain: -Infinity };
  const attempt = (phase: number, omega: number): void => {
    const gain = gathered(phase, omega);
    if (gain > best.gain) best = { phase, omega, gain };
  };
  for (let rate = rates.from; rate <= rates.to; rate += rates.step)
    for (const side of [1, -1]) for (const angle of angles) attempt(angle, side * rate);
  for (const share of shares)
    for (const [phase, omega] of moves) attempt(best.phase + share * phase, best.omega + share * omega);
  return best;
}
