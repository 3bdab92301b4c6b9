/**
 * What a path says, as numbers for one sentence: "falls, but at 0.7 g". The sentences are in i18n.
 *
 * A verdict names only what was measured on this film, and what the film can't tell it leaves out.
 */
import { parabola } from '../reading/numbers';
import { rebound } from '../reading/rebound';
import type { Reading, SeenObject } from '../reading/types';
import { world } from '../world/world';
import { undecided } from './comparison';
import { isSeen } from './curves';

export type Pace = 'steady' | 'slower' | 'faster' | 'jerky';

export type Verdict =
  | { readonly kind: 'unclear' }
  | { readonly kind: 'still' }
  | { readonly kind: 'collides'; readonly momentum: number; readonly energy: number } // shares that are kept
  | {
      readonly kind: 'moves';
      readonly way: string; // left, right, up, down
      readonly speed: string | null; // slowly, fast; null: in between, so that it can't be told
      readonly pace: Pace;
      readonly pixels: number; // a frame
    }
  | { readonly kind: 'falls'; readonly g: number; readonly lands: boolean }
  | {
      readonly kind: 'bounces';
      readonly times: number;
      readonly g: number | null; // in units of the world's own; null: can't be told, like the next
      readonly kept: number | null; // share of its speed after the ground, 0 .. 1
      readonly due: number; // the share that this world's things keep
    }
  | { readonly kind: 'orbits'; readonly clockwise: boolean; readonly frames: number } // a round
  | { readonly kind: 'spins'; readonly clockwise: boolean; readonly frames: number } // a turn
  | { readonly kind: 'grows'; readonly times: number } // last radius over first radius
  | { readonly kind: 'shrinks'; readonly times: number };

/** The law of a whole bounce has the world's loss of speed in it. Its gravity counts only where it fits so well: 0.16 of 32 pixels. */
const trusted = 0.005;

/** The verdict on each thing of a reading, in its order. */
export function verdictsOf({ objects, shape }: Reading): Verdict[] {
  return objects.map((object) => verdictOf(object, shape.height));
}

export function verdictOf(object: SeenObject, height: number): Verdict {
  const { law, motion, speed } = object;
  if (motion === undecided) return { kind: 'unclear' };
  const { velocity, gravity, floorHits, orbit, spin, growth, path } = law;
  const clockwise = (spin ?? 0) > 0; // y runs down
  switch (world.motions[law.motion].law) {
    case 'rest':
      return { kind: 'still' };
    case 'uniform': {
      const pixels = height * Math.hypot(...velocity);
      return {
        kind: 'moves',
        way: law.motion,
        speed: speed === undecided ? null : speed,
        pace: paceOf(object),
        pixels,
      };
    }
    case 'fall': {
      const lands = path.length > 1 && path[path.length - 1][1] === path[path.length - 2][1];
      return { kind: 'falls', g: gravity ?? 1, lands };
    }
    case 'bounce': {
      const free = rebound(object);
      const g = free?.gravity ?? (law.residual < trusted ? gravity : null);
      return { kind: 'bounces', times: floorHits.length, g, kept: free?.kept ?? null, due: world.restitution };
    }
    case 'orbit':
      return { kind: 'orbits', clockwise, frames: orbit?.period ?? 0 };
    case 'spin':
      return { kind: 'spins', clockwise, frames: (2 * Math.PI) / Math.abs(spin ?? 1) };
    case 'growth':
      return { kind: (growth ?? 1) < 1 ? 'shrinks' : 'grows', times: growth ?? 1 };
    case 'collision':
      return { kind: 'collides', momentum: 1 - (law.collision?.momentum ?? 0), energy: law.collision?.energy ?? 1 };
  }
}

/** So far off, as a share, gravity and what a bounce keeps may be: the sentence says by how much they are. */
const tolerance = 0.25;

/** Whether a thing moves as its law says: at an even pace, with the world's own gravity, and as a bounce or a collision should. */
export function obeys(verdict: Verdict): boolean {
  const right = (share: number) => Math.abs(share - 1) <= tolerance;
  switch (verdict.kind) {
    case 'unclear':
      return false; // no law fits
    case 'moves':
      return verdict.pace === 'steady';
    case 'falls':
      return right(verdict.g);
    case 'bounces':
      return right(verdict.g ?? 1) && right((verdict.kept ?? verdict.due) / verdict.due);
    case 'collides':
      return right(verdict.momentum);
    default:
      return true;
  }
}

/** Whether an even motion is even: it may change its speed by half over the whole film, and stray a third of a pixel. */
function paceOf({ law, track }: SeenObject): Pace {
  const across = Boolean(world.motions[law.motion].direction?.[0]);
  const values = track.map(({ x, y }) => (across ? x : y));
  const weight = track.map((at) => (isSeen(at) ? at.visible * at.explained : 0));
  const [from, slope, bend] = parabola(values, weight);
  const total = weight.reduce((sum, w) => sum + w, 1e-9);
  const off = values.reduce((sum, value, n) => sum + weight[n] * (value - from - slope * n - bend * n * n) ** 2, 0);
  if (Math.sqrt(off / total) > 0.0125) return 'jerky';
  const last = values.length - 1;
  const mean = slope + bend * last;
  const change = (2 * bend * last) / (Math.abs(mean) < 1e-6 ? 1e-6 : mean);
  return Math.abs(change) < 0.5 ? 'steady' : change < 0 ? 'slower' : 'faster';
}
