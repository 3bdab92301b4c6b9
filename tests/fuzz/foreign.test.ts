/**
 * Every reader of bytes or text from outside, with good ones that were changed at random: each case ends in a value or in
 * one of our own errors, soon, and without memory that the bytes do not pay for.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../src/app/link';
import { cleanPrompt, promptLength, promptTokens } from '../../src/app/settings';
import { chosen, complete, put, type Kind } from '../../src/app/words';
import { readModel } from '../../src/engine/weights';
import { asked } from '../../src/evaluation/asked';
import { parseConfig, parameterShapes } from '../../src/model/config';
import { parseDecoderConfig, decoderShapes } from '../../src/model/decoder-config';
import { WeightsError } from '../../src/model/errors';
import { checkTensors, parseSafetensors } from '../../src/model/safetensors';
import { decode, encode, RecordingError } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { checkSettings } from '../../src/sampling/settings';
import { examplePrompts, tokenize } from '../../src/world/prompt';
import { blobs, settings } from '../recording/made';
import { byteChanges, cases, joined, jsonChanges, textChanges } from './changes';

/** Milliseconds that a case may take; a thousand times what it does, for machines that have more to do. */
const longest = 10_000;
const patience = 60_000 + 20 * cases;
const slowest: Record<string, number> = {};
const outcomes: Record<string, [values: number, errors: number]> = {};

/** For readers that take everything. */
class None extends Error {}

/** What `read` returns, or the error of our own; any other one ends the test. */
async function ends<T>(
  kind: string,
  own: new (...given: never[]) => Error,
  read: () => T | Promise<T>,
): Promise<T | undefined> {
  const begun = performance.now();
  const count = (outcomes[kind] ??= [0, 0]);
  try {
    const value = await read();
    count[0]++;
    return value;
  } catch (error) {
    if (!(error instanceof own)) throw error;
    expect(error.message.length).toBeLessThan(2000);
    count[1]++;
    return undefined;
  } finally {
    const took = performance.now() - begun;
    slowest[kind] = Math.max(slowest[kind] ?? 0, took);
    expect(took).toBeLessThan(longest);
  }
}

/** A thing with a JSON header: changed in its bytes, or in what the header says. */
const changes = fc.oneof(
  fc.record({ bytes: byteChanges, header: fc.constant(undefined) }),
  fc.record({ bytes: fc.constant(undefined), header: jsonChanges }),
);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? '');

afterAll(() => {
  if (process.env.FUZZ)
    for (const [kind, [values, errors]] of Object.entries(outcomes))
      console.log(`${kind}: ${values} values, ${errors} errors, the slowest ${slowest[kind].toFixed(1)} ms`);
});

it('run files', { timeout: patience }, async () => {
  const shape = { frames: 4, height: 6, width: 8 };
  const good = await encode(await record(blobs(shape), settings, { model: 'made-up', prompt: 'a small red ball' }));
  const end = 12 + new DataView(good.buffer).getUint32(8, true);
  const said: unknown = JSON.parse(text(good.subarray(12, end)));
  await fc.assert(
    fc.asyncProperty(changes, async ({ bytes, header }) => {
      let file: Uint8Array;
      if (bytes) file = bytes(good);
      else {
        const changed = bytesOf(header(said));
        file = joined(good.subarray(0, 12), changed, good.subarray(end));
        new DataView(file.buffer).setUint32(8, changed.length, true);
      }
      const run = await ends('run files', RecordingError, () => decode(file));
      if (!run) return;
      checkSettings(run.settings);
      const size = 3 * run.shape.frames * run.shape.height * run.shape.width;
      for (const guess of run.guesses) expect(guess.length).toBe(size);
      expect(size * run.guesses.length).toBeLessThan(2000 * file.length); // no more than the bytes pay for
    }),
    { numRuns: cases },
  );
});

it('weights', { timeout: patience }, async () => {
  const good = new Uint8Array(readFileSync('tests/golden/model-tiny/model.safetensors'));
  const end = 8 + Number(new DataView(good.buffer).getBigUint64(0, true));
  // The header, of every tensor, and the data of none but the first few: that is where reading can go wrong.
  const all = JSON.parse(text(good.subarray(8, end))) as Record<string, { data_offsets: [number, number] }>;
  const first = Object.entries(all)
    .filter(([name]) => name !== '__metadata__')
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0])
    .slice(0, 4);
  const said = Object.fromEntries(first);
  const data = good.subarray(end, end + first.at(-1)![1].data_offsets[1]);
  const written = (header: Uint8Array) => {
    const file = joined(new Uint8Array(8), header, data);
    new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
    return file;
  };
  const small = written(bytesOf(said));
  const { config } = parseConfig(readFileSync('tests/golden/model-tiny/config.json', 'utf8'));
  expect(parseSafetensors(small, 'a').size).toBe(4);
  await fc.assert(
    fc.asyncProperty(changes, async ({ bytes, header }) => {
      const file = bytes ? bytes(small) : written(bytesOf(header(said)));
      const tensors = await ends('weights', WeightsError, () => parseSafetensors(file, 'model.safetensors'));
      if (!tensors) return;
      let numbers = 0;
      for (const { data } of tensors.values()) numbers += data.length;
      expect(numbers).toBeLessThanOrEqual(file.length);
      await ends('weights against their config', WeightsError, () =>
        checkTensors(tensors, parameterShapes(config), 'model.safetensors'),
      );
    }),
    { numRuns: cases },
  );
});

it.each([
  ['config.json of a model', 'tests/golden/model-tiny', (json: string) => parameterShapes(parseConfig(json).config)],
  ['config.json of a decoder', 'tests/golden/decoder-tiny', (json: string) => decoderShapes(parseDecoderConfig(json).config)], // prettier-ignore
])('%s', { timeout: patience }, async (kind, folder, read) => {
  const good = readFileSync(`${folder}/config.json`, 'utf8');
  const said: unknown = JSON.parse(good);
  const changed = fc.oneof(
    textChanges.map((change) => change(good)),
    jsonChanges.map((change) => text(bytesOf(change(said)))),
  );
  await fc.assert(
    fc.asyncProperty(changed, async (json) => void (await ends(kind, WeightsError, () => read(json)))),
    { numRuns: cases },
  );
});

it('manifests', { timeout: patience }, async () => {
  const folder = 'tests/golden/model-tiny';
  const files = Object.fromEntries(
    ['manifest.json', 'config.json', 'model.safetensors'].map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]), // prettier-ignore
  );
  const said: unknown = JSON.parse(text(files['manifest.json']));
  await fc.assert(
    fc.asyncProperty(changes, async ({ bytes, header }) => {
      const manifest = bytes ? bytes(files['manifest.json']) : bytesOf(header(said));
      await ends('manifests', WeightsError, () =>
        readModel(
          async function* (name, { from }) {
            yield (name === 'manifest.json' ? manifest : files[name]).subarray(from);
          },
          { pauses: [] },
        ),
      );
    }),
    { numRuns: cases },
  );
});

it('links', { timeout: patience }, async () => {
  const good = [
    'prompt=a+red+ball&seed=7&steps=24&sampler=multistep&guidance=2&from=0.05',
    'prompt=Schn%C3%B6des&seed=4&steps=6&sampler=sde&guidance=3&from=0&churn=1&start=swap.0.15_blend.8.50&vs=steps*3*negative*no%2520ball&race=euler.rk4&hide=lab.seed', // prettier-ignore
    'prompt=a&seed=1&steps=8&sampler=euler&rule=apg&guidance=4&from=0.1&to=0.9&schedule=curve&curve=0.1_0.4&step=3&frame=2&lab=compare', // prettier-ignore
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...good), textChanges, async (link, change) => {
      const { state } = (await ends('links', None, () => decodeLink(change(link))))!;
      checkSettings(state.settings);
      expect(decodeLink(encodeLink(state))).toEqual({ state, notices: [], asks: true });
    }),
    { numRuns: cases },
  );
});

it('prompts', { timeout: patience }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...examplePrompts), textChanges, async (prompt, change) => {
      const changed = change(prompt);
      await ends('prompts', None, () => {
        const clean = cleanPrompt(changed);
        expect(cleanPrompt(clean)).toBe(clean);
        expect(Array.from(clean).length).toBeLessThanOrEqual(promptLength);
        expect(tokenize(changed, promptTokens).tokens.length).toBe(promptTokens);
        const { count, objects } = asked(changed);
        expect(count ?? 0).toBe(objects.length);
        for (const each of complete(changed)) expect(typeof each).toBe('string');
        for (const [kind, phrase] of Object.entries(chosen(changed)))
          expect(put(changed, kind as Kind, phrase).toLowerCase()).toContain(phrase.toLowerCase());
      });
    }),
    { numRuns: cases },
  );
});
