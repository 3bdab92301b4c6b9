/**
 * Does a clip go on as its law says? Continuations, judged: the velocity error of the made-up frames for each law and
 * split, beside three baselines that know no law, and beside the reader's own error on the true clips.
 */
import { MeasureError } from '../reading/errors';
import { readClip } from '../reading/read';
import type { ClipShape } from '../sampling/types';
import { render } from '../world/render';
import type { Scene } from '../world/scene';
import type { Progress } from './attributes';
import { clipAt, stored, type Folder } from './clips';
import { poolSeed, trainingPool } from './pool';
import { cellOf } from './suites';
import { splits, trialLaws } from './trials';
import {
  constantVelocity,
  copyLast,
  errorFigures,
  nearestPath,
  poolPaths,
  seenPath,
  truePath,
  velocityError,
  type ErrorFigures,
  type SeenPath,
  type VelocityError,
} from './velocity';

export const sides = ['clips', 'floor', 'copy', 'constant', 'nearest'] as const;
export type Side = (typeof sides)[number];

/** The figures of some clips: the model's, and what they are to be read beside. */
export interface Row {
  readonly name: string;
  readonly count: number;
  readonly lost: number; // 0 .. 1, share of the made-up frames in which the object is not seen
  readonly figures: Readonly<Record<Side, ErrorFigures | null>>;
}

export interface JudgedContinuation {
  readonly prompt: string;
  readonly seed: number;
  readonly law: string;
  readonly split: string;
  readonly own: VelocityError;
  readonly truth: SeenPath;
  readonly seen: SeenPath;
}

export interface PhysicsJudgement {
  readonly count: number;
  readonly given: number;
  readonly height: number; // of the clip in pixels: a velocity times it is in pixels a frame
  readonly pool: number;
  readonly rows: { readonly cells: readonly Row[]; readonly splits: readonly Row[]; readonly laws: readonly Row[] };
  readonly items: readonly JudgedContinuation[];
  readonly ranking: readonly number[]; // clips, best first
}

/** Throws MeasureError for a folder whose clips were given no frames. */
export function judgePhysics(folder: Folder, poolSize: number, onProgress: Progress = () => {}): PhysicsJudgement {
  const { items, shape } = folder;
  const { frames, height, width } = shape;
  const pool = poolPaths(trainingPool(poolSize, poolSeed), frames);
  const errors: Record<Side, VelocityError[]> = { clips: [], floor: [], copy: [], constant: [], nearest: [] };
  const judged = items.map(({ prompt, seed, scene, given, group }, i): JudgedContinuation => {
    onProgress(i, items.length);
    const cell = cellOf(group);
    if (!scene || !given || !cell)
      throw new MeasureError(`clip ${i} was given no frames of a trial`, 'judge it as the suite it was drawn for');
    const truth = truePath(scene, frames);
    const rendered = stored(render(scene, shape));
    const [own, floor] = [clipAt(folder, i), rendered].map((clip) => readClip(clip, shape));
    const start = readClip(firstFrames(rendered, shape, given), { ...shape, frames: given });
    const [seen, before] = [seenPath(own, truth, given), seenPath(start, truth, given)];
    const paths: Record<Side, SeenPath> = {
      clips: seen,
      floor: seenPath(floor, truth, given),
      copy: copyLast(truth, given),
      constant: constantVelocity(before, given, frames),
      nearest: nearestPath(pool, before, radiusOf(scene), given),
    };
    for (const side of sides) errors[side].push(velocityError(truth, paths[side], given, width / height));
    return { prompt, seed, ...cell, own: errors.clips[i], truth, seen };
  });

  const row = (name: string, of: (clip: JudgedContinuation) => boolean): Row[] => {
    const chosen = judged.flatMap((clip, i) => (of(clip) ? [i] : []));
    if (!chosen.length) return [];
    const own = chosen.map((i) => errors.clips[i]);
    const sum = (key: 'lost' | 'frames'): number => own.reduce((total, each) => total + each[key], 0);
    const figures = Object.fromEntries(sides.map((side) => [side, errorFigures(chosen.map((i) => errors[side][i]))]));
    return [
      {
        name,
        count: chosen.length,
        lost: sum('lost') / Math.max(1, sum('frames')),
        figures: figures as Row['figures'],
      },
    ];
  };
  // Off by which share of the speed; what hardly moves is not counted worse for that.
  const badness = ({ own: { error, speed, lost, frames } }: JudgedContinuation): number =>
    (error ?? 1) / Math.max(speed, 0.01) + 10 * (lost / Math.max(1, frames));
  return {
    count: items.length,
    given: items[0].given ?? 0,
    height,
    pool: pool.length,
    rows: {
      cells: trialLaws.flatMap((law) => splits.flatMap((split) => row(`${law}, ${split}`, (clip) => clip.law === law && clip.split === split))), // prettier-ignore
      splits: splits.flatMap((split) => row(split, (clip) => clip.split === split)),
      laws: trialLaws.flatMap((law) => row(law, (clip) => clip.law === law && clip.split === 'in range')),
    },
    items: judged,
    ranking: judged.map((_, i) => i).sort((a, b) => badness(judged[a]) - badness(judged[b])),
  };
}

/** What a scene's object is as large as; the given frames show it, and reading it back adds nothing but noise. */
const radiusOf = (scene: Scene): number => scene.objects[0].radius;

function firstFrames(clip: Float32Array, { frames, height, width }: ClipShape, count: number): Float32Array {
  const plane = height * width;
  const out = new Float32Array(3 * count * plane);
  for (let c = 0; c < 3; c++)
    out.set(clip.subarray(c * frames * plane, (c * frames + count) * plane), c * count * plane);
  return out;
}
