/** Are the clips new, and as varied as the world? Two judgements: nearest training clips, and what prompts leave open. */
import type { Reading } from '../reading/types';
import { render } from '../world/render';
import { asked } from './asked';
import type { Progress } from './attributes';
import { clipAt, stored, type Folder } from './clips';
import {
  describeReading,
  describeScene,
  nearestDescription,
  nearestThumbnail,
  noveltyOf,
  thumbnail,
  thumbnailShape,
  type Novelty,
} from './nearest';
import { compareOpen, openOf, type OpenFigure } from './open';
import { poolSeed, trainingPool } from './pool';
import { sceneOf } from './truth';

/** Distances to the nearest training clip, in one way of measuring. */
export interface Distances {
  readonly own: readonly number[];
  readonly truth: readonly number[];
  readonly novelty: Novelty;
}

export interface NoveltyJudgement {
  readonly pool: number;
  readonly described: Distances | null; // by what they show; null where too few clips show one object
  readonly pixels: Distances;
  readonly closest: readonly { readonly clip: number; readonly poolSeed: number; readonly distance: number }[]; // in pixels, closest first
}

/** Generated clips against the pool, and fresh true clips of the same prompts against the same pool. */
export function judgeNovelty(
  folder: Folder,
  readings: readonly Reading[],
  truths: readonly Reading[],
  poolSize: number,
  onProgress: Progress = () => {},
): NoveltyJudgement {
  const { items, shape } = folder;
  const pool = trainingPool(poolSize, poolSeed);
  const small = thumbnailShape(shape);
  const thumbnails = pool.map((scene, i) => {
    onProgress(i, poolSize + items.length);
    return thumbnail(stored(render(scene, small)), small);
  });
  const found = items.map(({ prompt, seed }, i) => {
    onProgress(poolSize + i, poolSize + items.length);
    const truth = stored(render(sceneOf(asked(prompt), seed), shape));
    return {
      own: nearestThumbnail(thumbnail(clipAt(folder, i), shape), thumbnails),
      truth: nearestThumbnail(thumbnail(truth, shape), thumbnails),
    };
  });
  const descriptions = pool.map((scene) => describeScene(scene, shape.frames));
  const distances = (from: readonly Reading[]): number[] =>
    from.flatMap((reading) => {
      const own = describeReading(reading);
      return own ? [nearestDescription(own, descriptions).distance] : [];
    });
  const compared = (own: readonly number[], truth: readonly number[]): Distances => ({
    own,
    truth,
    novelty: noveltyOf(own, truth),
  });
  const [own, truth] = [distances(readings), distances(truths)];
  return {
    pool: poolSize,
    described: own.length && truth.length ? compared(own, truth) : null,
    pixels: compared(found.map((each) => each.own.distance), found.map((each) => each.truth.distance)), // prettier-ignore
    closest: found
      .map((each, clip) => ({ clip, poolSeed: poolSeed + each.own.index, distance: each.own.distance }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 6),
  };
}

export interface DiversityRow {
  readonly guidance: number;
  readonly count: number;
  readonly prompts: number;
  readonly usable: number; // clips that show one object in the motion that was asked for
  readonly figures: readonly OpenFigure[];
}

/** One guidance: what the prompts leave open, in generated and in true clips. */
export function judgeDiversity(
  { items, settings }: Folder,
  readings: readonly Reading[],
  truths: readonly Reading[],
): DiversityRow {
  const open = (from: readonly Reading[]) =>
    from.map((reading, i) => openOf(reading, asked(items[i].prompt).objects[0]?.motion ?? ''));
  const own = open(readings);
  const prompts = items.map(({ prompt }) => prompt);
  return {
    guidance: settings.guidance?.scale ?? 1,
    count: items.length,
    prompts: new Set(prompts).size,
    usable: own.filter(({ across }) => across !== null).length,
    figures: compareOpen(own, open(truths), prompts),
  };
}
