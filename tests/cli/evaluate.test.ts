/** `npm run evaluate`: what it draws, that a stopped run goes on, and what it says of folders that are none. */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import { card } from '../../cli/evaluate/card/card';
import { evaluate as command } from '../../cli/evaluate/command';
import { drawFolder } from '../../cli/evaluate/draw';
import { drawn, prepare, readAbout, readFolder } from '../../cli/evaluate/folder';
import {
  asked,
  guidances,
  jobsOf,
  judge,
  knownOfItem,
  sceneOf,
  score,
  stored,
  suites,
  type About,
} from '../../src/evaluation';
import { MeasureError, readClip } from '../../src/reading';
import { parseEvaluate } from '../../cli/evaluate/options';
import type { Denoiser } from '../../src/sampling/types';
import { render } from '../../src/world';
import { typed } from './typed';

const root = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'snowglobe-evaluate-'));
afterAll(() => rmSync(home, { recursive: true }));
let path: string;
let count = 0;
beforeEach(() => (path = join(home, String(count++))));

const shape = { frames: 6, height: 16, width: 16 };
const settings = { steps: 2, sampler: 'euler', guidance: { scale: 2, from: 0, to: 1 }, shift: 1 } as const;
const aboutOf = (items: About['items'], more: Partial<About> = {}): About => ({ suite: 'attributes', shape, items, settings, model: { name: 'fake', sha256: 'aa' }, ...more }); // prettier-ignore
const prompts = ['A red ball.', 'A blue box.', 'A green fish.', 'A pink star.', 'A cyan ring.'];
const items = prompts.map((prompt, i) => ({ prompt, seed: 40 + i }));

/** Guesses that depend on the words, the noisy clip and its levels, so that any mix-up shows. */
const fake = (prompt: string): Denoiser => ({
  shape,
  guess: async (x, levels, conditions) =>
    conditions.map((condition) => x.map((value, i) => Math.sin(value + levels[i % levels.length] + (condition === 'prompt' ? prompt.length : 0)))), // prettier-ignore
});
const by = { program: 'node', backend: 'fake' };
const bytesOf = (folder: string): Buffer => gunzipSync(readFileSync(join(folder, 'clips.bin.gz')));

describe('a run that is stopped', () => {
  const whole = join(home, 'whole');
  const size = 3 * 6 * 16 * 16;

  it.each([0, 1, 3, 5])('after %i clips ends with the same bytes as one that was not', async (done) => {
    if (!existsSync(whole)) {
      prepare(whole, aboutOf(items));
      await drawFolder(whole, fake, by);
    }
    prepare(path, aboutOf(items));
    const stop = new AbortController();
    let clips = 0;
    const half = drawFolder(path, fake, by, { signal: stop.signal, onClip: () => ++clips === done && stop.abort() });
    if (done === 0) stop.abort();
    if (done < items.length) await expect(half).rejects.toMatchObject({ name: 'AbortError' });
    else await half;
    expect(drawn(path)).toBe(done);
    if (done < items.length) {
      if (done) expect(() => readFolder(path)).toThrow(/holds \d of 5 clips: go on with the command that began it/);
      appendFileSync(join(path, 'clips.part'), Buffer.alloc(17)); // the power went in the middle of a clip
    }
    await drawFolder(path, fake, by);
    expect(bytesOf(path)).toEqual(bytesOf(whole));
    expect(readdirSync(path).sort()).toEqual(['clips.bin.gz', 'clips.json']);
    expect(bytesOf(path)).toHaveLength(items.length * size);
  });

  it('can grow: what was there is not drawn again', async () => {
    prepare(path, aboutOf(items.slice(0, 2)));
    await drawFolder(path, fake, by);
    prepare(path, aboutOf(items));
    expect(drawn(path)).toBe(2);
    let again = 0;
    await drawFolder(path, fake, by, { onClip: () => again++ });
    expect(again).toBe(3);
    expect(bytesOf(path)).toEqual(bytesOf(whole));
    prepare(path, aboutOf(items.slice(0, 1))); // fewer are asked for: all stay
    expect(readFolder(path, 1).items).toHaveLength(1);
    expect(readAbout(path).items).toHaveLength(5);
  });

  it('is not mixed with clips of other settings, weights or programs', async () => {
    prepare(path, aboutOf(items));
    const other = /holds clips of other settings, prompts or weights: choose another --out/;
    expect(() => prepare(path, aboutOf(items, { settings: { ...settings, steps: 3 } }))).toThrow(other);
    expect(() => prepare(path, aboutOf(items, { model: { name: 'fake', sha256: 'bb' } }))).toThrow(other);
    expect(() => prepare(path, aboutOf(items.slice(1)))).toThrow(other);
    const stop = new AbortController();
    const half = drawFolder(path, fake, by, { signal: stop.signal, onClip: () => stop.abort() });
    await expect(half).rejects.toThrow();
    await expect(drawFolder(path, fake, { program: 'python' })).rejects.toThrow(
      /was begun by .+node.+: go on with that/,
    );
  });
});

test('given frames are in the clip as they were given, and the rest heeds the prompt', async () => {
  const [trial] = jobsOf('physics', 1, 5)[0].items;
  prepare(path, aboutOf([trial, { prompt: trial.prompt, seed: trial.seed }], { suite: 'physics' }));
  await drawFolder(path, fake, by);
  const plane = 16 * 16;
  const bytes = bytesOf(path);
  const truth = stored(render(trial.scene!, shape)).map((value) => (value + 1) * 127.5); // prettier-ignore
  const differs = (n: number): number[] =>
    [0, 1, 2].flatMap((c) => Array.from({ length: plane }, (_, i) => Math.abs(bytes[(c * 6 + n) * plane + i] - truth[(c * 6 + n) * plane + i]))); // prettier-ignore
  for (let n = 0; n < 4; n++) expect(Math.max(...differs(n))).toBeLessThan(1e-3);
  expect(Math.max(...differs(4))).toBeGreaterThan(5);
  expect(knownOfItem({ prompt: '', seed: 1 }, shape)).toBe(undefined);
});

describe('the suites', () => {
  it('of more clips begin with those of fewer, and never share a seed of noise between folders of one model', () => {
    for (const suite of suites) {
      const [small, large] = [jobsOf(suite, 10, 500), jobsOf(suite, 50, 500)];
      small.forEach((job, i) => expect(large[i].items.slice(0, job.items.length)).toEqual(job.items));
    }
    const seeds = ['attributes', 'binding', 'physics'].flatMap((suite) => jobsOf(suite as 'physics', 30, 500)[0].items.map(({ seed }) => seed)); // prettier-ignore
    expect(new Set(seeds).size).toBe(90);
  });

  it('ask for what they say', () => {
    const want = (suite: (typeof suites)[number], index = 0) => jobsOf(suite, 40, 7)[index].items.map(({ prompt, group }) => ({ ...asked(prompt), group })); // prettier-ignore
    for (const { objects, camera } of want('attributes')) expect([objects.length, camera]).toEqual([1, null]);
    for (const { objects, group } of want('binding')) {
      expect(objects).toHaveLength(2);
      const ways = objects.map(({ motion }) => motion).sort().join(); // prettier-ignore
      if (group === 'opposite directions') expect(['left,right', 'down,up']).toContain(ways);
    }
    const varied = jobsOf('novelty', 40, 7).filter(({ suite }) => suite === 'diversity');
    expect(varied.map(({ guidance }) => guidance)).toEqual([...guidances]);
    expect(new Set(varied.map((job) => JSON.stringify(job.items))).size).toBe(1);
    expect(new Set(varied[0].items.map(({ seed }) => seed)).size).toBe(24);
    expect(jobsOf('scaling', 5, 7).map(({ copy }) => copy)).toEqual(['1-32', '1-8', '1-2', undefined]);
  });
});

describe('a folder that is none is one clear sentence', () => {
  const clips = (about: unknown, bytes: Buffer | null = null, name = 'clips.bin.gz'): string => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'clips.json'), typeof about === 'string' ? about : JSON.stringify(about));
    if (bytes) writeFileSync(join(path, name), bytes);
    return path;
  };
  const good = aboutOf(items.slice(0, 1));
  const size = 3 * 6 * 16 * 16;

  it.each<[string, unknown, Buffer | null, RegExp]>([
    ['half of its JSON', '{"items": [', null, /is no JSON/],
    ['null', 'null', null, /has no frames in its shape/],
    ['no clips', { ...good, items: [] }, null, /lists no clips/],
    ['a shape of words', { ...good, shape: { frames: 'six' } }, null, /has no frames in its shape/],
    ['a clip of nothing', { ...good, items: [null] }, null, /clip 0 of .+ has no prompt/],
    ['a decoder of no name', { ...good, decoder: {} }, null, /names a decoder without its sha256/],
    ['no clips.bin', good, null, /there is no clips.bin.gz in/],
    ['too few bytes', good, gzipSync(Buffer.alloc(size - 1)), /holds 4607 bytes where 1 clips of 4608 belong/],
    ['bytes that are no gzip', good, Buffer.from('hello'), /clips.bin.gz is damaged: delete it/],
    ['given frames without a scene', { ...good, items: [{ ...items[0], given: 2 }] }, null, /has given frames, but no scene/], // prettier-ignore
    ['a scene of another world', { ...good, items: [{ ...items[0], given: 2, scene: { objects: [{ motion: 'flying' }] } }] }, null, /has given frames, but no scene of this world/], // prettier-ignore
  ])('%s', (_, about, bytes, message) => {
    expect(() => readFolder(clips(about, bytes))).toThrow(MeasureError);
    expect(() => readFolder(path)).toThrow(message);
    expect(() => readFolder(path)).toThrow(/^[^\n]+: [^\n]+$/);
  });

  it('a suite that nobody knows, physics without trials, or twice the same', () => {
    const judging = (...folders: [string, string][]) => judge(new Map(folders.map(([name, where]) => [name, readFolder(where)])), { pool: 5, onProgress: () => {} }); // prettier-ignore
    const one = clips({ ...good, suite: 'music' }, gzipSync(Buffer.alloc(size)));
    expect(() => judging(['a', one])).toThrow(/a is of the suite "music": take one of/);
    clips({ ...good, suite: 'physics' });
    expect(() => judging(['a', one])).toThrow(/clip 0 was given no frames of a trial/);
    clips(good);
    expect(() => judging(['a', one], ['b', one])).toThrow(/a and b are both of the suite attributes/);
  });
});

describe('options that nothing can be done with', () => {
  const model = ['--model', './tests/golden/model-tiny'];
  it.each([
    [['--suite', 'music'], /there is no suite "music": take some of attributes, binding/],
    [['--n', '0'], /n is 0: set it to a whole number from 1/],
    [['--n', 'many'], /n is "many": set it to a number/],
    [['--steps', '200'], /steps is 200: set it to a whole number from 1 to 100/],
    [
      ['--with', 'python', '--sampler', 'rk4'],
      /python has no rk4: take one of euler, heun, multistep, ddim, or --with node/,
    ],
    [['--with', 'abacus'], /with is abacus: set it to node or python/],
    [['--backend', 'webgl'], /backend is webgl: set it to wasm or cpu/],
    [['--seed', '4000000000'], /seed is 4000000000: set it to at most/],
    [['--model', 'giant'], /there is no model in .+giant/],
    [['--film', 'x'], /Unknown option '--film': see --help/],
  ])('%j', (args, message) => {
    expect(() => parseEvaluate([...model, ...args], root)).toThrow(message);
  });

  it('and those that something can', () => {
    expect(parseEvaluate(['--help'], root)).toBe(undefined);
    const all = parseEvaluate([...model, '--suite', 'all', '--n', '8'], root);
    expect(all).toMatchObject({ suites: [...suites], count: 8, seed: 500_000, program: 'node' });
    expect(parseEvaluate([...model, '--suite', 'physics, attributes'], root)?.suites).toEqual([
      'attributes',
      'physics',
    ]);
  });
});

test('the report card holds everything it shows, and trusts no prompt', async () => {
  const large = { frames: 16, height: 32, width: 32 };
  const wicked = 'A red ball. <script>alert("x")</script><img src="https://example.org/a.png">';
  const truths = [wicked, 'A big blue box standing still at night.'];
  const about = aboutOf(truths.map((prompt, seed) => ({ prompt, seed })), { shape: large }); // prettier-ignore
  const bytes = Buffer.concat(truths.map((prompt, seed) => Buffer.from(Uint8Array.from(render(sceneOf(asked(prompt), seed), large), (value) => 255 * value)))); // prettier-ignore
  mkdirSync(path);
  writeFileSync(join(path, 'clips.json'), JSON.stringify({ ...about, model: { name: '<b>bad</b>' } }));
  writeFileSync(join(path, 'clips.bin'), bytes);
  const folders = new Map([['clips', readFolder(path)]]);
  const html = card(judge(folders, { pool: 5, onProgress: () => {} }), folders, 'npm run evaluate -- --n <2>');
  expect(html).not.toMatch(/<script|<b>bad|<img|<link|@import/);
  expect(html.replace(/url\(data:image\/png;base64,[\w+/=]+\)/g, '').match(/url\(|src="/g)).toBe(null);
  expect(html).toContain('Of 2 clips, 2 show everything that was asked');
  expect(html.match(/class="clip"/g)).toHaveLength(2);
});

/** The exit code of the process that npm starts. */
function unread(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/evaluate.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  return new Promise((resolve) => child.on('close', resolve));
}

test('the command draws with a model, goes on, and writes the same report again', async () => {
  const own = ['--model', './tests/golden/model-tiny', '--n', '2', '--steps', '1', '--pool', '64', '--out', path];
  const evaluate = (...args: string[]) => typed(command, [...own, ...args]);
  const planned = await evaluate('--plan');
  expect(planned).toMatchObject({ code: 0, err: '' });
  expect(planned.out).toContain(`--fill ${join(path, 'clips', 'attributes')}`);
  const first = await evaluate();
  expect(first.code, first.err).toBe(0);
  expect(first.err).toContain('attributes: 2 of 2 clips drawn, 0 s left');
  const report = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
  expect(report.attributes.judgement.count).toBe(2);
  expect(first.out).toBe(readFileSync(join(path, 'report.md'), 'utf8'));

  const files = ['report.json', 'report.md', 'report.html'].map((name) => join(path, name));
  const before = files.map((file) => readFileSync(file, 'utf8'));
  const again = await evaluate();
  expect(again.err).not.toContain('drawn');
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  // The process itself, whose messages nobody reads, as in `npm run evaluate 2>&1 | head -1`.
  for (const file of files) rmSync(file);
  expect(await unread(own)).toBe(0);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);

  const { shape: size, items: asks } = readAbout(join(path, 'clips', 'attributes'));
  const folder = readFolder(join(path, 'clips', 'attributes'));
  const clip = Float32Array.from(folder.bytes.subarray(0, 3 * 6 * 16 * 24), (value) => value / 127.5 - 1);
  expect(report.attributes.judgement.items[0].strict).toBe(score(readClip(clip, size), asks[0].prompt).strict);

  const other = await evaluate('--guidance', '5');
  expect(other).toMatchObject({ code: 2, out: '' });
  expect(other.err).toMatch(/^evaluate: .+ holds clips of other settings, prompts or weights: choose another --out\n$/);
});
