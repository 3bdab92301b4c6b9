import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { decode, encode, RecordingError } from '../../src/recording/file';
import { guessCount, record, replay, shortened, type Recording } from '../../src/recording/recording';
import { run } from '../../src/sampling/run';
import { rules as guidanceRules } from '../../src/sampling/guidance';
import { solvers } from '../../src/sampling/solvers';
import { startingNoise } from '../../src/sampling/start';
import type { ClipShape, RuleName, RunSettings, SamplerName, Step } from '../../src/sampling/types';
import { character } from '../characters';
import { blobs, settings, snow } from './made';

const shape = { frames: 4, height: 6, width: 8 };
const about = { model: 'made-up', prompt: 'a small red ball bouncing at night' };
const samplers = Object.keys(solvers) as SamplerName[];
const rules = Object.keys(guidanceRules) as RuleName[];

async function all(steps: AsyncIterable<Step>): Promise<Step[]> {
  const list: Step[] = [];
  for await (const step of steps) list.push(step);
  return list;
}

/** The largest difference of two clips; infinite where one is longer. One number to expect something of: an expect() a value takes longer than the run. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let far = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < b.length; i++) far = Math.max(far, Math.abs(a[i] - b[i])); // NaN stays NaN, which is below nothing
  return far;
}

/** Fails unless every guess is within half a level of what it was. */
function expectSame(read: Recording, written: Recording) {
  expect({ ...read, guesses: 0 }).toEqual({ ...written, guesses: 0 });
  expect(read.guesses).toHaveLength(written.guesses.length);
  read.guesses.forEach((guess, n) => {
    const was = written.guesses[n];
    const [low, high] = [Math.min(...was), Math.max(...was)];
    expect(farthest(guess, was)).toBeLessThanOrEqual((high - low) / 510 + 1e-6);
  });
}

describe.each(samplers)('a recorded run by %s', (sampler) => {
  const wanted = { ...settings, sampler };

  it('replays as it was live, step by step, without the model', async () => {
    const live = await all(run(blobs(shape), wanted));
    const recording = await record(blobs(shape), wanted, about);
    const replayed = await all(replay(recording));
    expect(replayed.map(({ x, guess }) => ({ x, guess }))).toEqual(live.map(({ x, guess }) => ({ x, guess })));
    const times = ({ index, steps, t, tNext, calls }: Step) => ({ index, steps, t, tNext, calls });
    expect(replayed.map(times)).toEqual(live.map(times));
    expect(replayed.map(({ milliseconds }) => milliseconds)).toEqual(recording.cost.map((cost) => cost.milliseconds));
    replayed.forEach(({ disagreement }, n) => {
      if (live[n].disagreement === undefined) expect(disagreement).toBeUndefined();
      else expect(disagreement).toBeCloseTo(live[n].disagreement, 3); // how much the words matter, in four digits
    });
  });

  it('goes through a file within half a level, and its steps stay close', async () => {
    const recording = await record(blobs(shape), wanted, about);
    const read = await decode(await encode(recording));
    expectSame(read, recording);
    const [before, after] = [await all(replay(recording)), await all(replay(read))];
    after.forEach((step, n) => expect(farthest(step.x, before[n].x)).toBeLessThan(0.02));
  });
});

describe.each(rules)('a run with guidance rule %s', (rule) => {
  const able = () => ({ ...blobs(shape), conditions: ['prompt', 'empty', 'weak'] as const });

  it.each(['euler', 'heun', 'unipc', 'ddim'] as const)('by %s replays bit for bit', async (sampler) => {
    const guidance = { scale: 0.7, from: 0, to: 0.7, rule, rescale: 0.5, parallel: 0.3, bound: 0.2 };
    const wanted: RunSettings = { ...settings, sampler, guidance, restarts: 3 };
    const live = await all(run(able(), wanted));
    const recording = await record(able(), wanted, about);
    expect(recording.guesses, 'restarts make no file larger').toHaveLength(guessCount(recording));
    const replayed = await all(replay(recording));
    expect(replayed.map(({ x, guess, calls }) => ({ x, guess, calls }))).toEqual(
      live.map(({ x, guess, calls }) => ({ x, guess, calls })),
    );
    expectSame(await decode(await encode(recording)), recording);
  });
});

test('a run that begins in a film, and turns to other words, replays and goes through a file', async () => {
  const conditions = ['prompt', 'empty', 'then'] as const;
  const wanted: RunSettings = { ...settings, sampler: 'heun', at: 2, blend: 0.25 };
  const begin = { x: startingNoise(5, shape).map((noise, i) => 0.4 * Math.sin(i) + 0.6 * noise), t: 0.4 };
  const live = await all(run({ ...blobs(shape), conditions }, wanted, { begin }));
  const words = { ...about, then: 'a big blue boat' };
  const recording = await record({ ...blobs(shape), conditions }, wanted, words, { begin });
  const seen = ({ x, guess, t, calls }: Step) => ({ x, guess, t, calls });
  expect((await all(replay(recording))).map(seen)).toEqual(live.map(seen));
  const read = await decode(await encode(recording));
  expect([read.then, read.begin?.t, read.settings.at, read.settings.blend]).toEqual(['a big blue boat', 0.4, 2, 0.25]);
  expectSame({ ...read, begin: undefined }, { ...recording, begin: undefined });
  const span = Math.max(...begin.x) - Math.min(...begin.x);
  expect(farthest(read.begin!.x, begin.x)).toBeLessThan(span / 500);
  expect(await all(replay(read))).toHaveLength(settings.steps);
});

test('every setting goes through a file, and the run grows again from it', async () => {
  const wanted: RunSettings = {
    ...settings,
    sampler: 'sde',
    schedule: 'curve',
    curve: [0.1, 0.4],
    shift: 2,
    backwards: true,
    eta: 0.3,
    churn: 0.7,
    restarts: 2,
    start: [
      { kind: 'copy', from: 1, first: 0, last: 3 },
      { kind: 'paint', region: { x: 1, y: 1, width: 2, height: 2, first: 0, last: 1 }, seed: 5 },
    ],
  };
  const recording = await record(blobs(shape), wanted, { ...about, negative: 'a big blue boat' });
  const read = await decode(await encode(recording));
  expect(read.settings).toEqual(wanted);
  expect(read.negative).toBe('a big blue boat');
  expect((await all(replay(read)))[0].x).toEqual(startingNoise(wanted.seed, shape, wanted.start));
});

test('recording shows its steps as they come, and ends when it is told to', async () => {
  const seen: number[] = [];
  const controller = new AbortController();
  const onStep = ({ index }: Step) => {
    seen.push(index);
    if (index === 1) controller.abort();
  };
  const recording = record(blobs(shape), settings, about, { signal: controller.signal, onStep });
  await expect(recording).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toEqual([0, 1]);
});

test('replaying ends when it is told to, and can be done twice', async () => {
  const recording = await record(blobs(shape), settings, about);
  await expect(all(replay(recording, { signal: AbortSignal.abort() }))).rejects.toMatchObject({ name: 'AbortError' });
  expect((await all(replay(recording))).at(-1)!.guess).toEqual((await all(replay(recording))).at(-1)!.guess);
});

test('16 steps of a whole clip take at most 400 kB', async () => {
  const wanted = { ...settings, steps: 16, sampler: 'multistep' as const };
  const file = await encode(await record(blobs({ frames: 16, height: 32, width: 32 }), wanted, about));
  expect(file.length).toBeLessThan(400_000);
});

describe.each(samplers)('a run by %s that was given pixels', (sampler) => {
  const pixels = shape.frames * shape.height * shape.width;
  const known = {
    clip: Float32Array.from({ length: 3 * pixels }, (_, i) => ((i * 7) % 256) / 127.5 - 1), // as a picture has them
    mask: Uint8Array.from({ length: pixels }, (_, i) => Number(i % 5 < 2)),
  };

  it('replays with them, bit for bit, and goes through a file with them as they were', async () => {
    const wanted = { ...settings, sampler };
    const live = await all(run(blobs(shape), wanted, { known }));
    const recording = await record(blobs(shape), wanted, about, { known });
    const replayed = await all(replay(recording));
    expect(replayed.map(({ x, guess }) => ({ x, guess }))).toEqual(live.map(({ x, guess }) => ({ x, guess })));
    replayed.forEach(({ strayed }, n) => expect(strayed).toBeCloseTo(live[n].strayed!, 3));
    const file = await encode(recording);
    expect(file[7]).toBe(3);
    const read = await decode(file);
    expectKnown(read, recording);
    const ofKnown = (clip: Float32Array) => Float32Array.from(known.mask, (isKnown, i) => (isKnown ? clip[i] : 0));
    for (const step of await all(replay(read))) expect(ofKnown(step.x)).toEqual(ofKnown(known.clip));
  });
});

/** Fails unless the same pixels are given, in the same colours, and all else is within half a level. */
function expectKnown(read: Recording, written: Recording) {
  const { known, ...rest } = read;
  const { known: was, ...wasRest } = written;
  expectSame(rest, wasRest);
  expect(known?.mask).toEqual(was?.mask);
  if (!known || !was) return;
  const colours = ({ clip, mask }: NonNullable<Recording['known']>) =>
    clip.map((value, i) => (mask[i % mask.length] ? value : 0));
  expect(colours(known)).toEqual(colours(was));
}

const recordings = fc
  .record({
    frames: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 4 }),
    steps: fc.integer({ min: 1, max: 4 }),
    sampler: fc.constantFrom(...samplers),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    shift: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
    rule: fc.constantFrom(...rules),
    text: fc.string({ unit: character, maxLength: 40 }),
    milliseconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
  })
  .chain(({ frames, height, width, steps, sampler, seed, shift, rule, text, milliseconds }) => {
    const guidance = { scale: 0.5, from: 0, to: 1, rule };
    const settings = { seed, steps, sampler, guidance, ...(shift ? { shift } : {}) };
    const size = 3 * frames * height * width;
    const value = fc.float({ min: -8, max: 8, noNaN: true });
    const flat = value.map((value) => Array<number>(size).fill(value));
    const guess = fc.oneof(fc.array(value, { minLength: size, maxLength: size }), flat);
    const count = guessCount({ settings });
    return fc.array(guess, { minLength: count, maxLength: count }).map((guesses): Recording => ({
      model: text,
      prompt: text,
      settings,
      shape: { frames, height, width },
      cost: Array.from({ length: steps }, () => ({ calls: 2, milliseconds })),
      guesses: guesses.map((guess) => Float32Array.from(guess)),
    }));
  });

/** The same, with some of its pixels given, or none of them, or all. */
const given = fc.tuple(recordings, fc.integer(), fc.constantFrom(0, 0.4, 1)).map(([recording, seed, share]) => {
  const { frames, height, width } = recording.shape;
  const pixels = frames * height * width;
  const chance = (i: number) => (((i + 1) * 2654435761 + seed) >>> 0) / 2 ** 32;
  const clip = Float32Array.from({ length: 3 * pixels }, (_, i) => Math.floor(256 * chance(i)) / 127.5 - 1);
  return {
    ...recording,
    known: { clip, mask: Uint8Array.from({ length: pixels }, (_, i) => Number(chance(i) < share)) },
  };
});

test('any recording comes back from its file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(recordings, given), async (recording: Recording) => {
      const read = await decode(await encode(recording));
      expectKnown(read, recording);
      expectKnown(await decode(await encode(read)), read); // and a second time
    }),
    { numRuns: 150 },
  );
});

test('a file whose given pixels are fewer than it says, or whose claim is none, is refused', async () => {
  const pixels = shape.frames * shape.height * shape.width;
  const known = { clip: new Float32Array(3 * pixels), mask: new Uint8Array(pixels).fill(1, 0, 9) };
  const file = await encode(await record(blobs(shape), settings, about, { known }));
  const claiming = (count: string) => {
    const length = new DataView(file.buffer).getUint32(8, true);
    const text = new TextDecoder().decode(file.subarray(12, 12 + length));
    const header = new TextEncoder().encode(text.replace('"known":9', `"known":${count}`));
    const changed = new Uint8Array([...file.subarray(0, 12), ...header, ...file.subarray(12 + length)]);
    new DataView(changed.buffer).setUint32(8, header.length, true);
    return decode(changed);
  };
  expect((await claiming('9')).known?.mask).toEqual(known.mask);
  await expect(claiming('10')).rejects.toThrow('the recording is cut off');
  await expect(claiming('8')).rejects.toThrow('longer than its header says');
  for (const wrong of [String(pixels + 1), '-1', '1.5', 'true', '[]'])
    await expect(claiming(wrong)).rejects.toThrow('the recording claims too many given pixels');
});

test('a file that shall be small is coarse, says how coarse, and is no coarser than it says', async () => {
  await fc.assert(
    fc.asyncProperty(recordings, fc.integer({ min: 0, max: 2000 }), async (recording, most) => {
      const exact = await encode(recording, Infinity);
      const file = await encode(recording, most);
      expect(file.length).toBeLessThanOrEqual(Math.max(most, exact.length + 200)); // of so little, the header is most
      const { guesses, within, by, ...about } = await decode(file);
      const { guesses: were, ...wasAbout } = by ? await shortened(recording) : recording;
      expect(about).toEqual(by ? { ...wasAbout, by: undefined } : wasAbout);
      if (exact.length <= most) expect(file).toEqual(exact);
      const bound = within ?? Math.max(...were.map((was) => (Math.max(...was) - Math.min(...was)) / 510));
      guesses.forEach((guess, n) => expect(farthest(guess, were[n])).toBeLessThanOrEqual(bound + 1e-5));
    }),
    { numRuns: 100 },
  );
});

describe('a run with CFG++', () => {
  it.each(['euler', 'heun', 'unipc', 'rk4'] as const)(
    'by %s grows the same steps from two guesses each',
    async (sampler) => {
      const guidance = { ...settings.guidance, rule: 'cfgpp' as const, scale: 0.8 };
      const whole = await record(blobs(shape), { ...settings, sampler, guidance, steps: 7 }, about);
      const short = await shortened(whole);
      expect(short.guesses).toHaveLength(13);
      const [before, after] = [await all(replay(whole)), await all(replay(short))];
      before.forEach((step, n) => {
        const { x, guess, ...rest } = after[n];
        expect(rest).toMatchObject({ index: n, t: step.t, tNext: step.tNext, calls: step.calls });
        expect(guess).toEqual(step.guess);
        expect(farthest(x, step.x)).toBeLessThan(1e-5);
      });
    },
  );

  it('stays as it is where fresh noise goes in, as any other rule does', async () => {
    const guidance = { ...settings.guidance, rule: 'cfgpp' as const, scale: 0.8 };
    const stirred = await record(blobs(shape), { ...settings, sampler: 'sde', churn: 1, guidance }, about);
    expect(await shortened(stirred)).toBe(stirred);
    const plain = await record(blobs(shape), { ...settings, sampler: 'rk4' }, about);
    expect(await shortened(plain)).toBe(plain);
  });

  it('fits into half a file, and its steps are off by no more than its guesses', async () => {
    const guidance = { ...settings.guidance, rule: 'cfgpp' as const, scale: 0.8 };
    const wanted = { ...settings, steps: 40, sampler: 'rk4' as const, guidance };
    const recording = await record(blobs({ frames: 4, height: 12, width: 12 }), wanted, about);
    const exact = await encode(recording, Infinity);
    const file = await encode(recording, exact.length / 2);
    expect(file.length).toBeLessThanOrEqual(exact.length / 2);
    expect([exact[7], file[7]]).toEqual([1, 2]);
    const read = await decode(file);
    expect(read).toMatchObject({ by: 'midpoint', settings: wanted });
    const [before, after] = [await all(replay(recording)), await all(replay(read))];
    const bound = read.within ?? 0.02;
    after.forEach((step, n) => {
      expect(farthest(step.x, before[n].x)).toBeLessThanOrEqual(bound); // errors do not add up: each step forgets a share of them
    });
  });
});

describe('a file that is not what it should be', () => {
  const whole = record(snow(shape), settings, about).then(encode);
  const failure = async (bytes: Uint8Array) => decode(bytes).catch((error: unknown) => error);
  const changed = async (change: (header: Record<string, unknown>) => unknown) => {
    const file = await whole;
    const length = new DataView(file.buffer).getUint32(8, true);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(12, 12 + length))) as Record<string, unknown>;
    const text = new TextEncoder().encode(JSON.stringify(change(header)));
    const result = new Uint8Array(12 + text.length + file.length - 12 - length);
    result.set(file.subarray(0, 8));
    new DataView(result.buffer).setUint32(8, text.length, true);
    result.set(text, 12);
    result.set(file.subarray(12 + length), 12 + text.length);
    return result;
  };

  it('is said to be cut off, wherever it is cut', async () => {
    const file = await whole;
    const headerEnd = 12 + new DataView(file.buffer).getUint32(8, true);
    for (const length of [
      0,
      6,
      7,
      11,
      12,
      13,
      200,
      headerEnd,
      headerEnd + 1,
      headerEnd + 50,
      file.length - 5,
      file.length - 1,
    ]) {
      const error = await failure(file.slice(0, length));
      expect(error, `cut to ${length} bytes`).toBeInstanceOf(RecordingError);
      expect((error as RecordingError).next).toContain('fetch it again');
    }
  });

  it('is named when it is something else', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>404</title>');
    expect(((await failure(page)) as Error).message).toContain('no recording of a run');
    expect(((await failure(page)) as Error).name).toBe('NoRecordingError');
    const newer = (await whole).slice();
    newer[7] = 9;
    expect(((await failure(newer)) as Error).message).toContain('version 9');
    expect(((await failure(newer)) as Error).name).toBe('VersionError');
  });

  it.each<[string, (header: Record<string, unknown>) => unknown]>([
    ['cannot be read', () => null],
    ['cannot be read', () => [1]],
    ['cannot be read', (header) => ({ ...header, settings: 3 })],
    ['model and prompt', (header) => ({ ...header, prompt: 7 })],
    ['model and prompt', (header) => ({ ...header, prompt: 'x'.repeat(1001) })],
    ['model and prompt', (header) => ({ ...header, negative: 7 })],
    ['eta is null', (header) => ({ ...header, settings: { ...settings, eta: null } })],
    [
      'rescale is "1"',
      (header) => ({ ...header, settings: { ...settings, guidance: { ...settings.guidance, rescale: '1' } } }),
    ],
    ['start is', (header) => ({ ...header, settings: { ...settings, start: 7 } })],
    ['start is', (header) => ({ ...header, settings: { ...settings, start: [{ kind: 'toString' }] } })],
    ['curve is', (header) => ({ ...header, settings: { ...settings, curve: null } })],
    ['schedule is', (header) => ({ ...header, settings: { ...settings, schedule: ['karras'] } })],
    ['rule is', (header) => ({ ...header, settings: { ...settings, guidance: { ...settings.guidance, rule: 3 } } })],
    ['seed is "7"', (header) => ({ ...header, settings: { ...settings, seed: '7' } })],
    ['steps is 0', (header) => ({ ...header, settings: { ...settings, steps: 0 } })],
    ['sampler is toString', (header) => ({ ...header, settings: { ...settings, sampler: 'toString' } })],
    ['guidance', (header) => ({ ...header, settings: { ...settings, guidance: null } })],
    ['cost for each step', (header) => ({ ...header, settings: { ...settings, steps: 6 } })],
    ['guesses that its steps need', (header) => ({ ...header, scales: [] })],
    ['out of range', (header) => ({ ...header, shape: { ...shape, width: 1e9 } })],
    ['out of range', (header) => ({ ...header, shape: { ...shape, width: 2.5 } })],
    ['claims to be larger than any', (header) => ({ ...header, shape: { frames: 1024, height: 4096, width: 4096 } })],
    ['cut off', (header) => ({ ...header, shape: { ...shape, width: 9 } })],
    ['longer than its header', (header) => ({ ...header, shape: { ...shape, width: 7 } })],
    ['a scale', (header) => ({ ...header, scales: Array(9).fill({ low: 1, high: 0, from: 'frame' }) })],
    ['unknown way', (header) => ({ ...header, scales: Array(9).fill({ low: 0, high: 1, from: 'toString' }) })],
    ['replayed in an unknown way', (header) => ({ ...header, by: 'euler' })],
    ['how exact', (header) => ({ ...header, within: -1 })],
    ['a cost', (header) => ({ ...header, cost: Array(5).fill({ calls: 1, milliseconds: 1, disagreement: '1' }) })],
    ['a cost', (header) => ({ ...header, cost: Array(5).fill({ calls: 0, milliseconds: 1 }) })],
  ])('%s', async (words, change) => {
    const error = await failure(await changed(change));
    expect(error).toBeInstanceOf(RecordingError);
    expect((error as Error).message).toContain(words);
  });

  describe('claims more than there can be', () => {
    const unpacked = vi.fn();
    beforeEach(() => {
      unpacked.mockReset();
      const Real = DecompressionStream;
      vi.stubGlobal(
        'DecompressionStream',
        class extends Real {
          constructor(format: CompressionFormat) {
            super(format);
            unpacked();
          }
        },
      );
    });
    afterEach(() => void vi.unstubAllGlobals());

    /** A whole file of so many steps, whose body is one zlib stream of zeros. */
    const claiming = async (steps: number, clip: ClipShape, bytes: number) => {
      const wanted = { ...settings, sampler: 'euler' as const, steps };
      const header = {
        ...about,
        settings: wanted,
        shape: clip,
        cost: Array(steps).fill({ calls: 1, milliseconds: 1 }),
        scales: Array(steps).fill({ low: 0, high: 1, from: 'frame' }),
      };
      const text = new TextEncoder().encode(JSON.stringify(header));
      const body = deflateSync(new Uint8Array(bytes));
      const file = new Uint8Array(12 + text.length + body.length);
      file.set(new TextEncoder().encode('SNOWRUN\u0001'));
      new DataView(file.buffer).setUint32(8, text.length, true);
      file.set(text, 12);
      file.set(body, 12 + text.length);
      return file;
    };

    it.each<[string, number, ClipShape, number]>([
      ['a frame of 4096 x 4096', 1, { frames: 1, height: 4096, width: 4096 }, 3 * 4096 * 4096],
      ['100 steps of a clip that might be', 100, { frames: 16, height: 96, width: 96 }, 100 * 3 * 16 * 96 * 96],
    ])('%s is refused before anything is unpacked', async (_, steps, clip, bytes) => {
      const error = await failure(await claiming(steps, clip, bytes));
      expect(error).toMatchObject({ name: 'RecordingError', message: expect.stringContaining('larger than any') });
      expect(unpacked).not.toHaveBeenCalled();
    });

    it('a clip for which there are not bytes enough is cut off, before anything is unpacked', async () => {
      const error = await failure(await claiming(38, { frames: 16, height: 128, width: 128 }, 1000));
      expect(error).toMatchObject({ name: 'RecordingError', message: expect.stringContaining('cut off') });
      expect(unpacked).not.toHaveBeenCalled();
    });

    it('what is allowed is read, and the longest run of nano would be', async () => {
      const longest = { settings: { ...settings, steps: 100, sampler: 'rk4' as const, guidance: { ...settings.guidance, rule: 'cfgpp' as const } } }; // prettier-ignore
      expect(guessCount(longest) * 3 * 16 * 32 * 32).toBeLessThan(4e7); // the most that is read
      const clip = { frames: 16, height: 96, width: 96 };
      expect(await decode(await claiming(4, clip, 4 * 3 * 16 * 96 * 96))).toMatchObject({ shape: clip });
      expect(unpacked).toHaveBeenCalledTimes(1);
    });
  });

  it('names nothing at the length that a stranger gave it', async () => {
    const error = await failure(
      await changed((header) => ({ ...header, settings: { ...settings, sampler: 'x'.repeat(9000) } })),
    );
    expect((error as RecordingError).message.length).toBeLessThan(600);
  });

  it.each(['DecompressionStream', 'CompressionStream'] as const)(
    'in a browser without %s it is said what lacks, and not that the file is damaged',
    async (lack) => {
      const file = await whole;
      vi.stubGlobal(lack, undefined);
      const work = lack === 'DecompressionStream' ? decode(file) : record(snow(shape), settings, about).then(encode);
      await expect(work).rejects.toMatchObject({
        name: 'UnsupportedError',
        cause: `This browser lacks ${lack}.`,
        next: expect.stringContaining('Safari from 16.4') as string,
      });
      vi.unstubAllGlobals();
      expect((await decode(file)).prompt).toBe(about.prompt);
    },
  );

  it('is refused when its body is damaged: the checksum sees one flipped bit', async () => {
    const file = await whole;
    const headerEnd = 12 + new DataView(file.buffer).getUint32(8, true);
    for (let i = headerEnd; i < file.length; i += 97) {
      const damaged = file.slice();
      damaged[i] ^= 1 << (i % 8);
      expect(await failure(damaged), `byte ${i}`).toBeInstanceOf(RecordingError);
    }
  });

  it('never fails in a way that nobody has a name for', async () => {
    const file = await whole;
    const edits = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    const early = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(edits, early), fc.nat(file.length), async (edits, cut) => {
        const mutated = file.slice(0, cut % 3 ? file.length : cut);
        for (const [at, byte] of edits) mutated[at] = byte;
        const result = await failure(mutated);
        if (result instanceof Error) expect(result).toBeInstanceOf(RecordingError);
        else expect((result as Recording).guesses).toHaveLength(guessCount(result as Recording));
      }),
      { numRuns: 1500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await failure(bytes)).toBeInstanceOf(RecordingError);
      }),
    );
  });
});
