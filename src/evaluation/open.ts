/**
 * Is what a prompt leaves open as varied as in the world? Place, size, speed, phase, backdrop and sense of turning, of
 * generated clips against true clips of the same prompts.
 */
import { undecided, type Reading } from '../reading/types';
import { world } from '../world/world';
import { kolmogorovSmirnov, totalVariation } from './distributions';

/** What a full caption leaves open. Null where a clip does not have it, or does not show it. */
export interface Open {
  readonly across: number | null; // mean place, frame heights
  readonly down: number | null;
  readonly size: number | null; // radius over the radius that its size word stands for
  readonly speed: number | null; // over the middle of the range that its speed word stands for
  readonly phase: number | null; // 0 .. 1: where an orbit starts; when a bounce first touches the floor
  readonly backdrop: number | null; // which stretch of it is seen
  readonly turning: string | null; // which way an orbit or a spin goes round
}
export const openNames = ['across', 'down', 'size', 'speed', 'phase', 'backdrop', 'turning'] as const;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** From a reading that sees one object in the motion that was asked for; all null where it does not. */
export function openOf({ objects, setting, backdrop, shape }: Reading, motion: string): Open {
  const blank: Open = { across: null, down: null, size: null, speed: null, phase: null, backdrop: null, turning: null };
  if (objects.length !== 1 || objects[0].motion !== motion) return blank;
  const [{ track, radius, size, speed, law }] = objects;
  const { law: kind, speeds } = world.motions[motion];
  const clear = track.filter(({ visible }) => visible > 0.3);
  const rate = kind === 'uniform' ? Math.hypot(...law.velocity) : Math.abs(law.spin ?? NaN);
  const range = speeds && speed !== null && speed !== undecided ? speeds[speed] : undefined;
  const turns = kind === 'orbit' || kind === 'spin';
  const angle = law.orbit ? Math.atan2(track[0].y - law.orbit.y, track[0].x - law.orbit.x) / (2 * Math.PI) : null;
  return {
    across: clear.length ? mean(clear.map(({ x }) => x)) : null,
    down: clear.length ? mean(clear.map(({ y }) => y)) : null,
    size: size === undecided ? null : radius / world.sizes[size],
    speed: range && Number.isFinite(rate) ? rate / mean(range) : null,
    phase: kind === 'bounce' ? (law.floorHits[0] ?? shape.frames) / shape.frames : kind === 'orbit' && angle !== null ? (angle + 1) % 1 : null, // prettier-ignore
    backdrop: setting === undecided ? null : backdrop,
    turning: turns && law.spin ? (law.spin > 0 ? 'clockwise' : 'anticlockwise') : null,
  };
}

export interface OpenFigure {
  readonly name: (typeof openNames)[number];
  readonly count: number; // clips that show it
  readonly difference: number; // 0 .. 1: Kolmogorov-Smirnov, for the turning total variation
  readonly p: number | null; // null for the turning
  readonly spread: number | null; // standard deviation within a prompt over that of true clips; null for the turning
}

/**
 * What is open in generated clips against true clips of the same prompts, one for one, so that a motion that the model
 * rarely gets right weighs the same on both sides. `prompts` names the prompt of each clip.
 */
export function compareOpen(own: readonly Open[], truth: readonly Open[], prompts: readonly string[]): OpenFigure[] {
  return openNames.flatMap((name): OpenFigure[] => {
    const both = own.flatMap((each, i) => (each[name] !== null && truth[i][name] !== null ? [i] : []));
    if (both.length < 2) return [];
    const [a, b] = [own, truth].map((list) => both.map((i) => list[i][name]));
    if (name === 'turning') {
      const difference = totalVariation(a as string[], b as string[]);
      return [{ name, count: both.length, difference, p: null, spread: null }];
    }
    const { statistic, p } = kolmogorovSmirnov(a as number[], b as number[]);
    const groups = both.map((i) => prompts[i]);
    const [width, trueWidth] = [within(a as number[], groups), within(b as number[], groups)];
    const spread = width !== null && trueWidth ? width / trueWidth : null;
    return [{ name, count: both.length, difference: statistic, p, spread }];
  });
}

/** Standard deviation within groups; null where no group has two. */
function within(values: readonly number[], groups: readonly string[]): number | null {
  let [sum, free] = [0, 0];
  for (const group of new Set(groups)) {
    const own = values.filter((_, i) => groups[i] === group);
    const middle = mean(own);
    sum += own.reduce((total, value) => total + (value - middle) ** 2, 0);
    free += own.length - 1;
  }
  return free ? Math.sqrt(sum / free) : null;
}
