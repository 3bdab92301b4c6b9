import { readFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { Decoder } from '../../src/model/decoder';
import { parseDecoderConfig } from '../../src/model/decoder-config';
import { WeightsError } from '../../src/model/errors';
import { readDecoder } from '../../src/model/load';
import {
  drawErrors,
  loadGoldenDecoder,
  refusals,
  relativeError,
  shippedDecoder,
  tinyDecoder,
  tolerance,
  type GoldenDecoder,
} from './golden';

const [folder] = tinyDecoder;
const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const onFault = (error: Error) => {
  throw error;
};

describe.each(['cpu', 'wasm'] as const)('the decoder on %s', (backend) => {
  let golden: GoldenDecoder;
  let decoder: Decoder;

  beforeAll(async () => {
    expect((await selectBackend({ preferred: backend, wasmFolder, onFault })).backend).toBe(backend);
    golden = await loadGoldenDecoder((path) => readFile(path), tinyDecoder);
    decoder = new Decoder(golden.config, golden.tensors);
  });

  it('draws what PyTorch draws, to the last row and column', async () => {
    const errors = await drawErrors(decoder, golden);
    expect(errors.length).toBe(golden.shape.frames);
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  });

  it('draws a frame alone as among others, in the order asked, and leaves no tensor behind', async () => {
    const { clip, shape, tokens } = golden;
    const all = await decoder.draw(clip, shape, [0, 1, 2, 3, 4], tokens);
    const before = memory().numTensors;
    const [last, third, again] = await decoder.draw(clip, shape, [4, 2, 4], tokens);
    expect(await decoder.draw(clip, shape, [], tokens)).toEqual([]);
    expect(memory().numTensors).toBe(before);
    expect(relativeError(last, all[4])).toBeLessThan(1e-5);
    expect(relativeError(third, all[2])).toBeLessThan(1e-5);
    expect(again).toEqual(last);
    expect(relativeError(last, third)).toBeGreaterThan(0.1);
  });

  it('cuts off what a guess overshoots, as any screen does', async () => {
    const { clip, shape, tokens } = golden;
    const [over] = await decoder.draw(
      clip.map((value) => 2 * value),
      shape,
      [1],
      tokens,
    );
    const [cut] = await decoder.draw(
      clip.map((value) => Math.min(1, Math.max(-1, 2 * value))),
      shape,
      [1],
      tokens,
    );
    expect(over).toEqual(cut);
  });

  it('reads the words, in any order, and none that it never learned', async () => {
    const { clip, shape, tokens, config } = golden;
    const [drawn] = await decoder.draw(clip, shape, [0], tokens);
    const [turned] = await decoder.draw(clip, shape, [0], tokens.slice().reverse());
    const [newer] = await decoder.draw(clip, shape, [0], Int32Array.of(...tokens, config.vocabulary));
    const [none] = await decoder.draw(clip, shape, [0], new Int32Array(1));
    expect(turned).toEqual(drawn);
    expect(newer).toEqual(drawn);
    expect(relativeError(none, drawn)).toBeGreaterThan(10 * tolerance);
  });

  it('is of any depth, and of no words', async () => {
    const { clip, shape, tokens, config, tensors } = golden;
    const bare = { ...config, context_depth: 0, vocabulary: 0 };
    const rest = new Map([...tensors].filter(([name]) => !/^word|^context_blocks/.test(name)));
    const before = memory().numTensors;
    const small = new Decoder(bare, rest);
    const [drawn] = await small.draw(clip, shape, [1], tokens);
    expect(drawn.every(Number.isFinite)).toBe(true);
    small.dispose();
    expect(memory().numTensors).toBe(before);
  });

  // Plain JavaScript draws the same with the tiny one, four times as slowly.
  it.runIf(backend === 'wasm')('draws with the weights that we ship what PyTorch draws', async () => {
    const shipped = await loadGoldenDecoder((path) => readFile(path), shippedDecoder);
    const whole = new Decoder(shipped.config, shipped.tensors);
    const errors = await drawErrors(whole, shipped);
    whole.dispose();
    expect(errors.length).toBe(shipped.shape.frames);
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  });

  it('refuses what it cannot draw', async () => {
    for (const [what, ask] of refusals(decoder, golden)) await expect(ask(), what).rejects.toThrow(RangeError);
  });
});

describe('the config of a decoder', () => {
  let text: string;
  let weights: Uint8Array;
  beforeAll(async () => {
    text = await readFile(`${folder}/config.json`, 'utf8');
    weights = await readFile(`${folder}/model.safetensors`);
  });
  const changed = (change: object, decoder: object = {}) => {
    const value = JSON.parse(text) as { decoder: object };
    return JSON.stringify({ ...value, ...change, decoder: { ...value.decoder, ...decoder } });
  };

  it('says its name, its shape and how many words it knows', () => {
    const { name, config, words } = parseDecoderConfig(text);
    expect([name, config.near, config.fine, config.vocabulary, words]).toEqual(['decoder-tiny', 3, 4, 64, 64]);
    expect(parseDecoderConfig(changed({ vocabulary: [] }, { vocabulary: 0 })).words).toBe(0);
    expect(parseDecoderConfig(changed({}, { middle_depth: 0 })).config.middle_depth).toBe(0);
  });

  it.each<[string, () => string, RegExp]>([
    ['no JSON', () => '{', /not JSON/],
    ['a list', () => '[]', /"name" and a "decoder"/],
    ['a model', () => text.replace('"decoder"', '"model"'), /"name" and a "decoder"/],
    ['no name', () => changed({ name: 3 }), /"name"/],
    ['a setting from later', () => changed({}, { skip: 1 }), /does not know: skip/],
    ['no frames at all', () => changed({}, { near: 0 }), /"near" as a whole number from 1/],
    ['a depth below nothing', () => changed({}, { detail_depth: -1 }), /"detail_depth" as a whole number from 0/],
    ['half a channel', () => changed({}, { fine: 4.5 }), /"fine"/],
    ['text for a number', () => changed({}, { middle: '12' }), /"middle"/],
    ['too many channels', () => changed({}, { context: 65537 }), /to 65536/],
    ['more blocks than anybody could list', () => changed({}, { detail_depth: 257 }), /to 256/],
    ['other words', () => changed({ vocabulary: ['<pad>', '<start>', 'spy'] }), /other words/],
    ['more words than it has room for', () => changed({}, { vocabulary: 63 }), /other words/],
    ['no words where it reads some', () => changed({ vocabulary: [] }), /other words/],
  ])('is refused: %s', (_, make, message) => {
    expect(() => parseDecoderConfig(make())).toThrow(WeightsError);
    expect(() => parseDecoderConfig(make())).toThrow(message);
  });

  it('and the weights must be of one decoder', () => {
    const bytes = (config: string) => new TextEncoder().encode(config);
    expect(readDecoder(bytes(text), weights).tensors.size).toBe(37);
    expect(() => readDecoder(bytes(changed({}, { detail: 12 })), weights)).toThrow(/stem.weight as 8 x 9 x 3 x 3/);
    expect(() => readDecoder(bytes(changed({}, { middle_depth: 2 })), weights)).toThrow(/lacks middle_blocks.1/);
    expect(() => readDecoder(bytes(changed({}, { middle_depth: 0 })), weights)).toThrow(/does not have/);
  });
});
