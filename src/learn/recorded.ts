/**
 * A recorded training as one file: what the network was at twelve moments, how it did at each, and its curve. Whoever opens it
 * sees a network learn without waiting for it, and can ask it, or go on with it, at every moment.
 *
 * The moments lie below each other in one tensor a name, in 8 bits (`inBytes`): 38,044 numbers make about half a megabyte.
 * What it is not: a file of a stranger. It comes with the page; its weights are checked all the same.
 */
import { parameterShapes, parseConfig } from '../model/config';
import { WeightsError } from '../model/errors';
import { checkTensors, metadataOf, parseSafetensors, type StoredTensor } from '../model/safetensors';
import { firstWords } from '../world/prompt';
import { microConfig, widthOf } from './config';
import { readHistory } from './file';
import type { Point, Score } from './protocol';
import type { Snapshot } from './training';
import { inBytes, inHalf, written, type Written } from './written';

const name = 'the recorded training';

/** A training as it stood, and what was known of it then. */
export interface Moment extends Snapshot {
  readonly points: readonly Point[]; // of its curve
  readonly shown: Score;
  readonly holes: Score;
}

/** moments: of one training, from early to late. */
export function recordedFile(moments: readonly Moment[]): Uint8Array {
  const last = moments[moments.length - 1];
  const config = microConfig(last.settings.width);
  const tensors = [...parameterShapes(config)].flatMap(([name, shape]): [string, Written][] => {
    const data = Float32Array.from(moments.flatMap(({ average }) => [...average.get(name)!.data]));
    if (shape.length !== 2) return [[name, inHalf({ shape: [moments.length, ...shape], data })]];
    const { matrix, scale } = inBytes({ shape: [moments.length * shape[0], shape[1]], data });
    return [
      [name, matrix],
      [`${name}.scale`, scale],
    ];
  });
  const said = moments.map(({ settings, grid, steps, seen, seconds, counts, shown, holes }) => ({
    ...{ settings, grid, steps, seen, seconds: Math.round(seconds), counts, shown, holes },
  }));
  return written(tensors, {
    format: 'pt',
    config: JSON.stringify({ name: 'micro', model: config, vocabulary: firstWords }),
    moments: JSON.stringify(said),
    points: JSON.stringify(last.points.map(rounded)),
    card: `A training of Snowglobe's micro network at ${moments.length} moments, each below the one before it: averaged weights in 8 bits.`,
  });
}

/** All moments, from early to late. Throws WeightsError. */
export function readRecorded(bytes: Uint8Array): readonly Moment[] {
  const tensors = parseSafetensors(bytes, name);
  const said = metadataOf(bytes);
  const { config } = parseConfig(said.get('config') ?? '', `${name}’s config`);
  const width = widthOf(config, name);
  const [moments, points] = [list(said.get('moments')), list(said.get('points')) as readonly Point[]];
  const count = moments.length;
  if (count === 0) throw new WeightsError(name, 'does not say which moments it holds');
  const shapes = parameterShapes(config);
  const stacked = [...shapes].map(([name, shape]): [string, number[]] => [
    name,
    shape.length === 2 ? [count * shape[0], shape[1]] : [count, ...shape],
  ]);
  checkTensors(tensors, new Map(stacked), name);
  return moments.map((moment, i) => {
    const weights = new Map(
      [...shapes].map(([name, shape]): [string, StoredTensor] => {
        const size = shape.reduce((a, b) => a * b, 1);
        return [name, { shape, data: tensors.get(name)!.data.slice(i * size, (i + 1) * size) }];
      }),
    );
    const { shown, holes } = moment as Pick<Moment, 'shown' | 'holes'>;
    const history = readHistory(moment, width);
    const before = points.filter(({ seen }) => seen <= history.seen);
    return { ...history, weights, average: weights, adam: null, points: before, shown, holes };
  });
}

function list(text: string | undefined): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Three digits are more than a curve shows. */
function rounded(point: Point): Point {
  const round = (value: number | null) => value && Number(value.toPrecision(3));
  return {
    ...point,
    ...{ seconds: Number(point.seconds.toFixed(1)), losses: point.losses.map(round) },
    ...{ shown: round(point.shown), holes: round(point.holes) },
  };
}
