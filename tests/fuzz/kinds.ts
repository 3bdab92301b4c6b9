/** Every reader of bytes that come from outside, as a kind for the fuzzer; those of pictures are in pictures.ts, those of text in texts.ts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { readModel } from '../../src/engine/weights';
import { firstWeights, microConfig } from '../../src/learn/config';
import { modelFile, readModelFile } from '../../src/learn/file';
import { firstGrid, microCaption, shownBy, tidied } from '../../src/learn/micro';
import { cleanSettings, firstSettings } from '../../src/learn/settings';
import { decoderShapes, parseDecoderConfig } from '../../src/model/decoder-config';
import { WeightsError } from '../../src/model/errors';
import { parameterShapes, parseConfig } from '../../src/model/config';
import { checkTensors, parseSafetensors } from '../../src/model/safetensors';
import { decode, encode, RecordingError } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { checkSettings } from '../../src/sampling/settings';
import { blobs, settings } from '../recording/made';
import { byteChanges, joined, jsonChanges, type Change } from './changes';
import { ownWords, type Input, type Kind } from './engine';
import { pictureKinds } from './pictures';
import { texts } from './texts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? '');
const onDisk = (path: string) => new Uint8Array(readFileSync(path));

/** Bytes with a JSON header: changed anywhere, or in what the header says, which then has its right length again. */
function headed(length: (view: DataView, header?: number) => number, before: number) {
  const inHeader = jsonChanges.map((change): Change<Uint8Array> => (file) => {
    if (file.length < before) return file;
    const view = new DataView(file.buffer, file.byteOffset, file.length);
    const end = Math.min(file.length, before + length(view));
    let said: unknown = null;
    try {
      said = JSON.parse(text(file.subarray(before, end)));
    } catch {
      // Changed beyond reading: it gets another one.
    }
    const header = bytesOf(change(said));
    const changed = joined(file.subarray(0, before), header, file.subarray(end));
    length(new DataView(changed.buffer), header.length);
    return changed;
  });
  return fc.oneof(byteChanges, inHeader, fc.tuple(byteChanges, inHeader).map(([a, b]): Change<Uint8Array> => (file) => a(b(file)))); // prettier-ignore
}

const runHeader = (view: DataView, header?: number): number => {
  if (header !== undefined) view.setUint32(8, header, true);
  return view.getUint32(8, true);
};

/** A run whose body unpacks to more than its header says, or to exactly that: a thousand bytes for each of its own. */
function bomb(good: Uint8Array, times: number): Uint8Array {
  const end = 12 + runHeader(new DataView(good.buffer));
  const said = JSON.parse(text(good.subarray(12, end))) as { scales: unknown[]; shape: unknown };
  const shape = { frames: 16, height: 64, width: 64 };
  const header = bytesOf({ ...said, shape });
  const body = deflateSync(Buffer.alloc(times * said.scales.length * 3 * 16 * 64 * 64), { level: 9 });
  const file = joined(good.subarray(0, 12), header, body);
  runHeader(new DataView(file.buffer), header.length);
  return file;
}

const runs: Kind<Uint8Array> = {
  name: 'run files',
  async good() {
    const shape = { frames: 4, height: 6, width: 8 };
    const about = { model: 'made-up', prompt: 'a small red ball' };
    const first = await encode(await record(blobs(shape), settings, about));
    const cfgpp = { ...settings, guidance: { ...settings.guidance, rule: 'cfgpp' as const, scale: 0.6 } };
    const pairs = await encode(await record(blobs(shape), cfgpp, about), 900); // coarse, and two by turns
    return [first, pairs, bomb(first, 1), bomb(first, 3)];
  },
  changes: headed(runHeader, 12),
  async read(file) {
    try {
      const run = await decode(file);
      checkSettings(run.settings);
      const size = 3 * run.shape.frames * run.shape.height * run.shape.width;
      for (const guess of run.guesses) assert.equal(guess.length, size);
      return `a run of ${run.settings.sampler}`;
    } catch (thrown) {
      return ownWords(thrown, RecordingError);
    }
  },
  room: ({ length }) => 6000 * length + 100_000, // a byte of a zlib stream stands for 1032 values at most
};

const weightsHeader = (view: DataView, header?: number): number => {
  if (header !== undefined) view.setBigUint64(0, BigInt(header), true);
  return Number(view.getBigUint64(0, true));
};

const { config } = parseConfig(readFileSync('tests/golden/model-tiny/config.json', 'utf8'));

const weights: Kind<Uint8Array> = {
  name: 'weights',
  good() {
    // The header and the data of the first few tensors: that is where reading can go wrong.
    return ['model-tiny', 'model-int8'].map((folder) => {
      const whole = onDisk(`tests/golden/${folder}/model.safetensors`);
      const end = 8 + weightsHeader(new DataView(whole.buffer));
      const all = JSON.parse(text(whole.subarray(8, end))) as Record<string, { data_offsets: [number, number] }>;
      const tensors = Object.entries(all).filter(([name]) => name !== '__metadata__');
      const first = tensors.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]).slice(0, 4);
      const header = bytesOf(Object.fromEntries(first));
      const data = whole.subarray(end, end + first.at(-1)![1].data_offsets[1]);
      const file = joined(new Uint8Array(8), header, data);
      weightsHeader(new DataView(file.buffer), header.length);
      return file;
    });
  },
  changes: headed(weightsHeader, 8),
  read(file) {
    try {
      const tensors = parseSafetensors(file, 'model.safetensors');
      let numbers = 0;
      for (const { data } of tensors.values()) numbers += data.length;
      assert(numbers <= file.length);
      checkTensors(tensors, parameterShapes(config), 'model.safetensors');
      return 'a model';
    } catch (thrown) {
      return ownWords(thrown, WeightsError);
    }
  },
  room: ({ length }) => 10 * length + 10_000,
};

const manifests: Kind<Uint8Array> = {
  name: 'manifests',
  good: () => ['model-tiny', 'decoder-tiny'].map((folder) => onDisk(`tests/golden/${folder}/manifest.json`)),
  changes: fc.oneof(byteChanges, jsonChanges.map((change): Change<Uint8Array> => (file) => {
    try {
      return bytesOf(change(JSON.parse(text(file))));
    } catch {
      return file;
    }
  })), // prettier-ignore
  async read(manifest) {
    const folder = 'tests/golden/model-tiny';
    try {
      const files = await readModel(
        async function* (name, { from }) {
          yield (name === 'manifest.json' ? manifest : onDisk(`${folder}/${name}`)).subarray(from);
        },
        { pauses: [] },
      );
      return `a model, and ${files.others.weak ? 'an earlier copy' : 'no other'}`;
    } catch (thrown) {
      return ownWords(thrown, WeightsError);
    }
  },
  room: () => 2 ** 28 + 2 ** 23, // the largest weights that a manifest may claim, which are set aside at once
};

const configs = [
  ['config of a model', 'model-tiny', (json: string) => parameterShapes(parseConfig(json).config)],
  ['config of a decoder', 'decoder-tiny', (json: string) => decoderShapes(parseDecoderConfig(json).config)],
] as const;

const configKinds = configs.map(([name, folder, read]): Kind<Uint8Array> => ({
  name,
  good: () => [onDisk(`tests/golden/${folder}/config.json`)],
  changes: manifests.changes,
  read(json) {
    try {
      return `${read(text(json)).size} tensors`;
    } catch (thrown) {
      return ownWords(thrown, WeightsError);
    }
  },
  room: ({ length }) => 10 * length + 10_000,
}));

/** A model that learned on somebody's page, as they pass it on. */
const learned: Kind<Uint8Array> = {
  name: 'learned models',
  good() {
    const settings = { ...firstSettings, width: 24 };
    const weights = firstWeights(microConfig(settings.width), 1);
    const counts = { [microCaption(shownBy(firstGrid)[0])]: 12 };
    return [modelFile({ settings, grid: firstGrid, steps: 3, seen: 12, seconds: 2, counts, weights, average: weights, adam: null })]; // prettier-ignore
  },
  changes: headed(weightsHeader, 8),
  read(file) {
    try {
      const training = readModelFile(file);
      assert.deepEqual(cleanSettings(training.settings), training.settings);
      assert.deepEqual(tidied(training.grid), training.grid);
      return `a model of ${training.settings.width}`;
    } catch (thrown) {
      return ownWords(thrown, WeightsError);
    }
  },
  room: ({ length }) => 12 * length + 10_000,
};

/** Each with inputs of its own sort, bytes or text, which whoever goes through them need not know. */
export const kinds = [
  runs,
  weights,
  manifests,
  ...configKinds,
  learned,
  ...pictureKinds,
  ...texts,
] as unknown as readonly Kind<Input>[];
