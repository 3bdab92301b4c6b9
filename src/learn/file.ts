/**
 * A model that learned here as one file: safetensors in half precision (https://huggingface.co/docs/safetensors), whose header
 * also says what network it is, what it was shown, for how long, and so in plain sentences.
 *
 * A file is a stranger's bytes until every check has passed: whatever is wrong ends in a WeightsError.
 */
import { parameterShapes, parseConfig } from '../model/config';
import { WeightsError } from '../model/errors';
import { checkTensors, metadataOf, parseSafetensors } from '../model/safetensors';
import { firstWords } from '../world/prompt';
import { microConfig, sizeOf, widthOf } from './config';
import { captions, shownBy, tidied } from './micro';
import { cleanSettings } from './settings';
import type { Snapshot } from './training';
import { inHalf, written } from './written';

const name = 'the file';

/** The average weights of a training, and what is known of how they came to be. */
export function modelFile(training: Snapshot): Uint8Array {
  const { settings, grid, steps, seen, seconds, counts } = training;
  const config = { name: 'micro', model: microConfig(settings.width), vocabulary: firstWords };
  return written(
    [...training.average].map(([name, tensor]) => [name, inHalf(tensor)]),
    {
      format: 'pt',
      config: JSON.stringify(config),
      training: JSON.stringify({ settings, grid, steps, seen, seconds: Math.round(seconds), counts }),
      card: cardOf(training),
    },
  );
}

/** What a file says, as a training that can go on. Throws WeightsError. */
export function readModelFile(bytes: Uint8Array): Snapshot {
  const tensors = parseSafetensors(bytes, name);
  const said = metadataOf(bytes);
  const { config } = parseConfig(said.get('config') ?? '', `${name}’s config`);
  const width = widthOf(config, name);
  checkTensors(tensors, parameterShapes(config), name);
  return { ...history(said.get('training') ?? '', width), weights: tensors, average: tensors, adam: null };
}

/** A record out of a store, or undefined where it is none. */
export function checkedSnapshot(record: unknown): Snapshot | undefined {
  try {
    const { weights, average, adam, ...said } = record as Snapshot;
    const about = readHistory(said, cleanSettings(said.settings).width);
    const shapes = parameterShapes(microConfig(about.settings.width));
    for (const tensors of [weights, average]) {
      checkTensors(tensors, shapes, name);
      for (const { data, shape } of tensors.values())
        if (!(data instanceof Float32Array) || data.length !== sizeOf(shape) || !data.every(Number.isFinite)) return undefined; // prettier-ignore
    }
    return { ...about, weights, average, adam };
  } catch {
    return undefined; // of another version of the page, or nothing at all
  }
}

type History = Omit<Snapshot, 'weights' | 'average' | 'adam'>;

function history(text: string, width: number): History {
  try {
    return readHistory(JSON.parse(text), width);
  } catch (error) {
    if (error instanceof SyntaxError) throw new WeightsError(name, 'does not say what its network was shown');
    throw error;
  }
}

/** What somebody else says of a training, made fit. The width is the network's own. */
export function readHistory(said: unknown, width: number): History {
  const given = (typeof said === 'object' && said !== null ? said : {}) as Partial<Record<keyof History, unknown>>;
  const count = (value: unknown): number =>
    typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0;
  const known = new Set(Object.keys((given.counts as object | undefined) ?? {}));
  const counts = [...captions].filter((caption) => known.has(caption));
  return {
    settings: { ...cleanSettings(given.settings), width },
    grid: tidied((given.grid as object | null | undefined) ?? {}),
    steps: Math.floor(count(given.steps)),
    seen: Math.floor(count(given.seen)),
    seconds: count(given.seconds),
    counts: Object.fromEntries(
      counts.map((caption) => [caption, count((given.counts as Record<string, unknown>)[caption])]),
    ),
  };
}

/** For whoever opens the file anywhere else. */
function cardOf({ settings, grid, steps, seen, seconds }: Snapshot): string {
  const cells = shownBy(grid).length;
  return [
    'A micro model of Snowglobe, a text-to-video diffusion transformer, trained in a browser.',
    `Data: clips of 8 frames of 16 x 16, drawn by Snowglobe's own renderer: one thing in the snow. ${cells} combinations of colour, thing and motion were ticked last; "training" lists how many clips of each it was shown.`,
    `Training: ${seen} clips in ${steps} steps, ${Math.round(seconds)} seconds; Adam, learning rate ${settings.rate}, ${settings.batch} clips a step.`,
    'Weights: a running average, in half precision. It knows nothing but this little world.',
  ].join('\n');
}
