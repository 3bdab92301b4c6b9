/** Films of the terminal that are made of what is there: a link, a picture, a saved run; and that go on, or come back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, expect, it } from 'vitest';
import { readLink } from '../../cli/link';
import { givenTo, goneOn, type Given } from '../../cli/made';
import { parseOptions } from '../../cli/options';
import { readPicture } from '../../cli/picture';
import { sample as command } from '../../cli/sample/command';
import { encodeLink, decodeLink } from '../../src/settings/link';
import { planOf, planText } from '../../src/making/plan';
import { encode } from '../../src/recording/file';
import { record, replay } from '../../src/recording/recording';
import { complete, defaults } from '../../src/sampling/settings';
import { noised } from '../../src/sampling/start';
import type { RunSettings, Step } from '../../src/sampling/types';
import { gif, jpegSkeleton } from '../pictures/made';
import { png } from '../pictures/made-png';
import { blobs } from '../recording/made';
import { typed } from './typed';

const folder = mkdtempSync(join(tmpdir(), 'snowglobe-made-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tiny = './tests/golden/model-tiny';
const shape = { frames: 6, height: 16, width: 24 }; // of that model
const words = ['--prompt', 'a ball', '--size', '32', '--model', tiny, '--json', join(folder, 'run.json')];
const parse = (...args: string[]) => parseOptions([...args, ...words.slice(2)], folder)!;

const sample = (...args: string[]) => typed(command, args);

/** A picture whose pixel at x, y is what `at` says, 0 .. 255. */
function picture(name: string, width: number, height: number, at: (x: number, y: number) => readonly number[]): string {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) png.data.set(at(x, y), 4 * (y * width + x));
  const path = join(folder, name);
  writeFileSync(path, PNG.sync.write(png));
  return path;
}

const settings: RunSettings = { seed: 7, steps: 2, sampler: 'euler', guidance: { scale: 1, from: 0, to: 1 } };
const savedRun = async (): Promise<string> => {
  const path = join(folder, 'run.snow');
  writeFileSync(path, await encode(await record(blobs(shape), settings, { model: 'tiny', prompt: 'A red ball.' })));
  return path;
};

describe('a link', () => {
  const link = `https://snow.example/globe/?lang=de#${encodeLink({
    ...decodeLink('').state,
    prompt: 'A red ball.',
    settings: { ...complete({ ...settings, schedule: 'karras', at: 3 }), negative: 'a box', then: 'A blue ball.' },
    view: 'lab',
    step: 4,
  })}`;

  it('says the same film as on the page, whatever it says of where to look', () => {
    const { prompt, negative, then, settings: read } = readLink(link);
    const { state } = decodeLink(link.split('#')[1]);
    expect({ ...read, negative, then }).toEqual(state.settings);
    expect(prompt).toBe(state.prompt);
    const { request, told } = parse('--link', link);
    expect({ prompt: request.prompt, then: request.then, told }).toEqual({ prompt, then: 'A blue ball.', told: true });
  });

  it('holds no character that would steer a terminal', () => {
    const { prompt, negative } = readLink('#prompt=%1B%5B2Ja+ball%0D%0A&negative=a%E2%80%AE+box');
    expect([prompt, negative]).toEqual(['[2Ja ball  ', 'a box']);
  });

  it('of the time when guidance always began at 0 keeps that', () => {
    expect(readLink('#prompt=a+ball&guidance=3').settings.guidance.from).toBe(0);
    expect(readLink('#prompt=a+ball').settings.guidance.from).toBe(defaults.guidance.from);
  });

  it('stands under what is typed', () => {
    const { request, told } = parse('--link', link, '--steps', '9', '--prompt', 'a fish');
    expect([request.steps, request.schedule, request.prompt, told]).toEqual([9, 'karras', 'a fish', false]);
  });

  it('says the films that it is made of', async () => {
    const of = {
      prompt: 'A 100 % red ball.',
      settings: { ...decodeLink('').state.settings, seed: 5, negative: 'a*b' },
    };
    const recipe = { plan: planText(planOf('gap', shape)), of: [of] };
    const read = readLink(encodeLink({ ...decodeLink('').state, prompt: 'A blue ball.', recipe }));
    expect(read.recipe).toMatchObject({ plan: { kind: 'gap' }, of: [{ prompt: of.prompt, negative: 'a*b' }] });
    expect(read.recipe!.of[0].settings.seed).toBe(5);
    const drawn: string[] = [];
    const draw = async ({ prompt }: { prompt: string }) => {
      drawn.push(prompt);
      return [{ guess: new Float32Array(3 * 6 * 16 * 24).fill(0.5) } as Step];
    };
    const { known } = await givenTo({ ...read, extend: 0, loop: false }, read, shape, draw, () => blobs(shape));
    expect(drawn).toEqual([of.prompt]);
    expect([...known!.mask].filter(Boolean).length).toBe(4 * 16 * 24); // two frames at each end
  });

  it.each([
    ['hello', /names no prompt: copy it from the page/],
    ['#seed=3', /names no prompt/],
    ['#prompt=a&make=flower', /in a way that can't be read \(make=flower\)/],
    ['#length=20&prompt=a+ball&seed=70', /cut off or changed on its way/],
    ['#length=20&prompt=a+ball&seed=7.', /cut off or changed on its way/],
    ['#prompt=a+ball&amp;seed=7', /cut off or changed on its way/],
    ['#prompt=a&steps=many', /steps is "many"/],
    ['#prompt=a&steps=900', /steps is 900: set it to a whole number from 1 to 100/],
  ])('%s is one clear sentence', (text, message) => {
    expect(() => parse('--link', text)).toThrow(message);
  });
});

describe('a picture', () => {
  it('is made as small as a frame: its middle, in means of linear light, on white', () => {
    const stripes = picture('stripes.png', 48, 16, (x) => (x < 12 || x >= 36 ? [255, 0, 0, 255] : x % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255])); // prettier-ignore
    const small = readPicture(stripes, { height: 8, width: 12 });
    expect(small).toHaveLength(3 * 96);
    const grey = 2 * 0.7354 - 1; // half of the light
    small.forEach((value) => expect(value).toBeCloseTo(grey, 3));
    const clear = readPicture(
      picture('clear.png', 5, 3, () => [9, 9, 9, 0]),
      { height: 8, width: 12 },
    );
    clear.forEach((value) => expect(value).toBeCloseTo(1, 5));
    const blue = readPicture(
      picture('blue.png', 1, 1, () => [0, 0, 255, 255]),
      { height: 2, width: 2 },
    );
    expect([...blue].map(Math.round)).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1]);
  });

  it('may be the first frame of a GIF', () => {
    const path = join(folder, 'moving.gif');
    const frames = [0, 3].map((colour) => ({ pixels: new Array<number>(4).fill(colour), delay: 20, disposal: 0 }));
    writeFileSync(path, gif(2, 2, frames));
    const [red, , , , green] = readPicture(path, { height: 2, width: 2 });
    expect([red, green]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(readPicture(path, { height: 2, width: 2 })).toHaveLength(12);
  });

  it.each([
    ['gone.png', undefined, /cannot read .+gone.png \(ENOENT\): name a PNG picture/],
    ['empty.png', Buffer.alloc(0), /can't be used: the file is empty/],
    ['photo.jpg', Buffer.from(jpegSkeleton(60, 40)), /no picture could be made of the jpeg file: save it as PNG/],
    ['words.png', Buffer.from('no picture at all'), /is no picture that can be opened \(text\)/],
    ['cut.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /the png file ends too early/],
    [
      'damaged.png',
      Buffer.from(png(9, 9, () => [0, 0, 0, 0]).map((byte, i) => (i > 40 && i < 60 ? 7 : byte))),
      /the png file is damaged/,
    ],
    [
      'vast.png',
      Buffer.from(png(9, 9, () => [0, 0, 0, 0]).map((byte, i) => (i === 18 || i === 22 ? 255 : byte))),
      /claims \d+ x \d+ pixels: make it smaller/,
    ],
  ] as const)('%s is one clear sentence', (name, bytes, message) => {
    const path = join(folder, name);
    if (bytes) writeFileSync(path, bytes);
    expect(() => readPicture(path, shape)).toThrow(message);
    expect(parse('--prompt', 'a ball', '--start', path).made.picture).toBe(path);
  });

  it('begins the film, and the list of --start still is one', async () => {
    const path = picture('red.png', 24, 16, () => [255, 0, 0, 255]);
    const { request, made } = parse('--prompt', 'a ball', '--start', path);
    expect(request.start).toEqual([]);
    const { known } = (await givenTo(made, { prompt: '', negative: '', then: '', settings: defaults }, shape, async () => [], () => blobs(shape))); // prettier-ignore
    expect(known!.mask.slice(0, 16 * 24).every(Boolean)).toBe(true);
    expect(known!.mask.slice(16 * 24).some(Boolean)).toBe(false);
    expect(parse('--prompt', 'a ball', '--start', 'copy.0.0.3').request.start).toHaveLength(1);
  });
});

describe('a saved film that other words change', () => {
  const told = { prompt: 'A blue ball.', negative: '', then: '', settings: complete(settings) };

  it('is begun in with as much noise as is asked, or on its way back with the words that it had', async () => {
    const path = await savedRun();
    let clip: Float32Array | undefined;
    const recording = await record(blobs(shape), settings, { model: 'tiny', prompt: 'A red ball.' });
    for await (const { guess } of replay(recording)) clip = guess;
    const { made } = parse('--prompt', 'a blue ball', '--edit', path, '--strength', '0.75');
    const { begin } = await givenTo(made, told, shape, async () => [], () => blobs(shape)); // prettier-ignore
    expect(begin!.t).toBe(0.25);
    const wanted = noised(clip!, 0.25, settings, shape);
    const off = begin!.x.map((value, i) => Math.abs(value - wanted[i]));
    expect(Math.max(...off)).toBeLessThan(0.01);
    const asked: string[] = [];
    const back = parse('--prompt', 'a blue ball', '--edit', path, '--way', 'invert').made;
    await givenTo(back, told, shape, async () => [], (prompt) => (asked.push(prompt), blobs(shape))); // prettier-ignore
    expect(asked).toEqual(['A red ball.']);
  });

  it('of another size, or that is none, is one clear sentence', async () => {
    const path = await savedRun();
    const { made } = parse('--prompt', 'a blue ball', '--edit', path);
    const given = (file: string, size = shape) =>
      givenTo({ ...made, edit: { ...made.edit!, path: file } }, told, size, async () => [], () => blobs(size)); // prettier-ignore
    await expect(given(path, { ...shape, frames: 4 })).rejects.toThrow(/is a film of another size: choose the model that made it \(tiny\)/); // prettier-ignore
    await expect(given(join(folder, 'gone.snow'))).rejects.toThrow(/cannot read .+gone.snow \(ENOENT\)/);
    await expect(given(picture('no.png', 2, 2, () => [0, 0, 0, 255]))).rejects.toThrow(/can't be used: the file is no recording of a run/); // prettier-ignore
  });

  it.each([
    [['--edit', 'run.snow', '--strength', '0'], /strength is 0: set it to a number above 0, to 1/],
    [['--edit', 'run.snow', '--way', 'magic'], /way is magic: set it to noise or invert/],
    [['--strength', '0.5'], /--strength is of a film that is changed: add --edit FILE.snow/],
    [['--extend', '1.5'], /extend is 1.5: set it to a whole number from 0 to 60/],
    [['--edit', 'run.snow', '--start', 'a.png'], /a film begins in one way: leave out one of/],
    [['--edit', 'run.snow', '--link', '#prompt=a'], /--edit takes its settings from the film: leave out --link/],
  ])('%j is refused', (args, message) => {
    expect(() => parse('--prompt', 'a ball', ...args)).toThrow(message);
  });

  it('wants to be told what it shall become', () => {
    expect(() => parse('--edit', 'run.snow')).toThrow(/say what the film shall become/);
  });
});

describe('a film that goes on', () => {
  const plane = 16 * 24;
  const first = new Float32Array(3 * 6 * plane).map((_, i) => ((i % (6 * plane)) / plane) | 0); // each pixel is its frame
  const told = { prompt: 'A ball.', negative: '', then: '', settings: complete(settings) };
  const drawn: { seed: number; given: Given }[] = [];
  const draw = async ({ settings: { seed } }: typeof told, given: Given = {}): Promise<Step[]> => {
    drawn.push({ seed, given });
    return [{ guess: new Float32Array(3 * 6 * plane).fill(-1) } as Step];
  };
  const made = { recipe: undefined, picture: undefined, edit: undefined };

  it('begins each clip with the last frames of the one before, with the next seed, and is as long as all of them', async () => {
    drawn.length = 0;
    const film = await goneOn(first, { ...made, extend: 2, loop: false }, told, shape, draw);
    expect(drawn.map(({ seed }) => seed)).toEqual([8, 9]);
    expect(film.shape.frames).toBe(6 + 4 + 4); // two frames are shared
    const { clip, mask } = drawn[0].given.known!;
    expect([clip[0], clip[plane], mask[0], mask[2 * plane]]).toEqual([1, 1, 1, 0]); // frames 4 and 5, white as 1 is
  });

  it('comes back to its first frames, and shows none of them twice', async () => {
    drawn.length = 0;
    const film = await goneOn(first, { ...made, extend: 0, loop: true }, told, shape, draw);
    const { mask } = drawn[0].given.known!;
    expect([0, 1, 2, 3, 4, 5].map((frame) => mask[frame * plane])).toEqual([1, 1, 0, 0, 1, 1]);
    expect(film.shape.frames).toBe(6 + 2);
    expect(await goneOn(first, { ...made, extend: 0, loop: false }, told, shape, draw)).toEqual({ clip: first, shape });
  });
});

describe('the command', () => {
  it('makes a film of a picture, goes on, comes back, and says so', async () => {
    const path = picture('start.png', 48, 32, (x) => [5 * x, 0, 0, 255]);
    const gif = join(folder, 'film.gif');
    const { code, err } = await sample(...words, '--steps', '2', '--sampler', 'euler', '--start', path, '--extend', '1', '--loop', '--out', gif); // prettier-ignore
    expect({ code, lines: err.trim().split('\n').length }, err).toEqual({ code: 0, lines: 6 });
    const frames = (await readFile(gif)).toString('latin1').split('\x21\xf9\x04').length - 1;
    expect(frames).toBe(6 + 4 + 2);
    const { made, shape: size } = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    expect([made, size.frames]).toEqual([{ start: path, extend: 1, loop: true }, 12]);
  });

  it('changes a saved film, with the settings that it had', async () => {
    const path = await savedRun();
    const { code, err } = await sample(
      '--prompt',
      'a blue ball',
      ...words.slice(2),
      '--edit',
      path,
      '--strength',
      '0.5',
    );
    expect(code, err).toBe(0);
    const { settings: used, steps, made } = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    expect([used.seed, used.steps, used.sampler]).toEqual([7, 2, 'euler']);
    expect(steps.map(({ t }: Step) => t)).toEqual([0.5, 0.75]);
    expect(made.edit).toEqual({ path, strength: 0.5, way: 'noise', distance: expect.any(Number) });
    expect(made.edit.distance).toBeGreaterThan(0.01);
  });
});
