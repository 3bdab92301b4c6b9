/**
 * A recording as a small file, and back.
 *
 *     7 bytes  "SNOWRUN"
 *     1 byte   version
 *     4 bytes  length of the header, little-endian
 *     header   JSON: everything but the pixels
 *     body     zlib stream of the guesses, one byte a value (before them the clip that a run begins in, coded as one), then of
 *              the given pixels where there are any
 *
 * A guess is cut into 255 equal levels between its own least and greatest value, then coded as the difference from a
 * prediction: the guess before it, or its own frame before, whichever differs less. Differences are small and
 * repeat, which is what zlib is good at; its checksum finds a damaged body.
 *
 * A run of many calls would be a large file. It is coded more coarsely: a value may be off by a few levels, so that what
 * hardly changes is coded as no change at all, and `within` says how far off: the writer's choice; the reader's sums are the
 * same. Version 2 is for large runs with CFG++: two guesses a step (`shortened`), each predicted from the one two before it.
 * Version 3 begins in a clip, or has given pixels, exactly (known.ts).
 */
import { checkSettings } from '../sampling/settings';
import type { ClipShape, RunSettings } from '../sampling/types';
import { RecordingError, UnsupportedError } from './errors';
import { countKnown, knownBytes, packKnown, unpackKnown } from './known';
import { guessCount, shortened, type Cost, type Recording } from './recording';

export { recordingFaults, RecordingError, UnsupportedError } from './errors';

const magic = 'SNOWRUN';
const prefix = magic.length + 1 + 4;
const longestHeader = 65536;
/** Values of a guess: over twenty times what nano draws. */
const largestClip = 2 ** 20;
/** Values of a run: room for the longest of nano, with 100 steps of rk4 by CFG++, 800 guesses of 49,152. */
const largestRun = 4e7;
const mostPerByte = 1032; // of a zlib stream (RFC 1951: 258 bytes for two bits)
const newest = 3; // version

/** What a guess is predicted from: its own frame before, or the same place in the guess before, or in the one two before. */
const predictors = ['frame', 'guess', 'pair'] as const;
type Predictor = (typeof predictors)[number];

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly from: Predictor;
}

interface Header extends Omit<Recording, 'guesses' | 'known' | 'begin'> {
  readonly scales: readonly Scale[];
  readonly known?: number; // given pixels
  readonly begin?: number; // t, where the run begins in a clip
}

/** A saved run shall not be larger, in bytes: small enough for a mail and a slow line. */
export const largestFile = 1e6;

/** Levels that a value may be off, from exact to as coarse as anybody should look at. */
const tolerances = [0, 1, 2, 3, 4, 6, 8, 12, 16] as const;

/**
 * As exact as `most` bytes allow, at best within (high - low) / 510 of each value of a guess; where it is coarser the file
 * says `within`. Only what is too large at the coarsest (no run of nano is) comes out larger than `most`.
 */
export async function encode(recording: Recording, most = largestFile): Promise<Uint8Array> {
  let file = await encodeWithin(recording, 0);
  if (file.length <= most) return file;
  const short = await shortened(recording);
  for (const tolerance of tolerances) {
    if (tolerance > 0 || short !== recording) file = await encodeWithin(short, tolerance);
    if (file.length <= most) break;
  }
  return file;
}

async function encodeWithin(recording: Recording, tolerance: number): Promise<Uint8Array<ArrayBuffer>> {
  const { guesses: own, within: _, known, begin, ...about } = recording;
  const guesses = begin ? [begin.x, ...own] : own;
  const size = 3 * pixelsOf(about.shape);
  const pixels = known ? packKnown(known, about.shape) : [];
  const body = new Uint8Array(guesses.length * size + pixels.length);
  body.set(pixels, guesses.length * size);
  const scales: Scale[] = [];
  const pairs = about.by !== undefined || (tolerance > 0 && about.settings.guidance.rule === 'cfgpp'); // two by turns
  const before: Float32Array[] = []; // at most two
  guesses.forEach((guess, n) => {
    const [low, high] = tolerance > 0 ? wideRange(guess, scales.at(pairs ? -2 : -1)) : rangeOf(guess);
    const [best, ...others] = predictors
      .filter((from) => pairs || from !== 'pair')
      .map((from) =>
        residualsOf(guess, { low, high, from }, predictionOf(about.shape, before, { low, high, from }), tolerance),
      );
    const { from, differences, levels } = others.reduce((one, other) => (one.cost <= other.cost ? one : other), best);
    body.set(differences, n * size);
    scales.push({ low, high, from });
    before.push(levels.map((level) => fromLevel(level, low, high)));
    if (before.length > 2) before.shift();
  });

  const widest = Math.max(...scales.map(({ low, high }) => high - low));
  const within = tolerance > 0 ? { within: ((tolerance + 0.5) * widest) / 255 } : {};
  const given = { ...(known && { known: countKnown(known) }), ...(begin && { begin: begin.t }) };
  const claim = { ...about, ...within, ...given, scales } satisfies Header;
  const header = new TextEncoder().encode(JSON.stringify(claim));
  const packed = await through(body, new (needed('CompressionStream'))('deflate'), Infinity);
  const file = new Uint8Array(prefix + header.length + packed.length);
  file.set(new TextEncoder().encode(magic));
  file[magic.length] = known || begin ? 3 : pairs ? 2 : 1;
  new DataView(file.buffer).setUint32(magic.length + 1, header.length, true);
  file.set(header, prefix);
  file.set(packed, prefix + header.length);
  return file;
}

/**
 * What a file claims is weighed before anything is unpacked, so that memory (300 MB) and time (a second of one core) have a bound
 * that no bytes can move. Throws RecordingError, and nothing else, whatever the bytes; UnsupportedError in an old browser.
 */
export async function decode(file: Uint8Array): Promise<Recording> {
  need(file.length >= prefix, 'the recording is cut off');
  need(
    new TextDecoder().decode(file.subarray(0, magic.length)) === magic,
    'the file is no recording of a run',
    'NoRecordingError',
  );
  const version = file[magic.length];
  if (version < 1 || version > newest)
    throw new RecordingError(
      `the recording is of version ${version}, this page reads versions 1 to ${newest}`,
      'VersionError',
      'record the run again',
    );
  const length = new DataView(file.buffer, file.byteOffset).getUint32(magic.length + 1, true);
  need(length <= longestHeader, 'the header of the recording is too long');
  need(file.length >= prefix + length, 'the recording is cut off');
  const header = readHeader(file.subarray(prefix, prefix + length));

  const { scales, known: count, begin: t, ...about } = header;
  const size = 3 * pixelsOf(about.shape);
  const packed = file.subarray(prefix + length);
  const whole = scales.length * size + (count === undefined ? 0 : knownBytes(count, about.shape));
  need(whole <= mostPerByte * packed.length, 'the recording is cut off');
  const body = await unpack(packed, whole);
  const guesses: Float32Array[] = [];
  scales.forEach((scale, n) => {
    const levels = new Float32Array(size);
    const { low, high } = scale;
    const predicted = predictionOf(about.shape, guesses, scale);
    for (let i = 0; i < size; i++) levels[i] = (body[n * size + i] + predicted(levels, i)) & 255;
    for (let i = 0; i < size; i++) levels[i] = fromLevel(levels[i], low, high);
    guesses.push(levels);
  });
  const known = count === undefined ? undefined : unpackKnown(body.subarray(scales.length * size), about.shape);
  need(!known || countKnown(known) === count, 'the given pixels in the recording are damaged');
  const begin = t === undefined ? {} : { begin: { x: guesses.shift()!, t } };
  return { ...about, ...(known && { known }), ...begin, guesses };
}

// ------------------------------------------------------------------------------------------------------------ guesses

function rangeOf(guess: Float32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of guess) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** The range before where it will do, so that what stays as it was keeps its level; else its own, in few digits. */
function wideRange(guess: Float32Array, last: Scale | undefined): [number, number] {
  const [low, high] = rangeOf(guess);
  if (last && last.low <= low && last.high >= high && last.high - last.low <= 1.25 * (high - low))
    return [last.low, last.high];
  return [Math.floor(1e4 * low) / 1e4, Math.ceil(1e4 * high) / 1e4];
}

/** A guess as differences from its prediction, each value within `tolerance` levels of the right one. */
function residualsOf(guess: Float32Array, { low, high, from }: Scale, predicted: Prediction, tolerance: number) {
  const width = 2 * tolerance + 1;
  const differences = new Uint8Array(guess.length);
  const levels = new Float32Array(guess.length);
  let cost = 0;
  for (let i = 0; i < guess.length; i++) {
    const near = predicted(levels, i);
    const change = width * Math.round((toLevel(guess[i], low, high) - near) / width);
    levels[i] = Math.min(255, Math.max(0, near + change));
    differences[i] = levels[i] - near;
    cost += Math.min(differences[i], 256 - differences[i]);
  }
  return { from, differences, levels, cost };
}

function toLevel(value: number, low: number, high: number): number {
  return high > low ? Math.min(255, Math.max(0, Math.round((255 * (value - low)) / (high - low)))) : 0;
}

function fromLevel(level: number, low: number, high: number): number {
  return low + (level / 255) * (high - low);
}

function pixelsOf({ frames, height, width }: ClipShape): number {
  return frames * height * width;
}

/** The level predicted at place i, given the levels before it; a difference is taken modulo 256. */
type Prediction = (levels: Float32Array, i: number) => number;

function predictionOf(shape: ClipShape, before: readonly Float32Array[], { low, high, from }: Scale): Prediction {
  if (from === 'frame') return frameBefore(shape);
  return guessBefore(before.at(from === 'guess' ? -1 : -2), low, high);
}

/** The same place one frame earlier; in a channel's first frame the value to the left, where there is one. */
function frameBefore(shape: ClipShape): Prediction {
  const [frame, channel] = [shape.height * shape.width, pixelsOf(shape)];
  return (levels, i) => (i % channel >= frame ? levels[i - frame] : i % channel > 0 ? levels[i - 1] : 0);
}

/** The same place in the guess before, cut into the levels of this one. */
function guessBefore(before: Float32Array | undefined, low: number, high: number): Prediction {
  return (_, i) => (before ? toLevel(before[i], low, high) : 0);
}

// ------------------------------------------------------------------------------------------------------------- header

function need(condition: boolean, cause: string, name?: RecordingError['name']): asserts condition {
  if (!condition) throw new RecordingError(cause, name);
}

function readHeader(bytes: Uint8Array): Header {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RecordingError('the header of the recording cannot be read');
  }
  const all = fields(header, 'the header');
  const { model, prompt, negative, then, settings, shape, cost, by, within, known, begin, scales } = all;
  need(
    isText(model) && isText(prompt) && [negative, then].every((words) => words === undefined || isText(words)),
    'the recording does not say its model and prompt',
  );
  need(within === undefined || isNumber(within, 0, 1e6), 'the recording does not say how exact it is');
  need(by === undefined || by === 'midpoint', 'the recording is to be replayed in an unknown way');
  const checkedSettings = readSettings(settings);
  const checkedShape = readShape(shape);
  need(
    Array.isArray(cost) && cost.length === checkedSettings.steps,
    'the recording does not hold a cost for each step',
  );
  need(
    Array.isArray(scales) &&
      scales.length === guessCount({ settings: checkedSettings, by }) + (begin === undefined ? 0 : 1),
    'the recording does not hold the guesses that its steps need',
  );
  const size = 3 * pixelsOf(checkedShape);
  need(
    size <= largestClip && scales.length * size <= largestRun,
    'the recording claims to be larger than any that this page reads',
  );
  need(begin === undefined || (isNumber(begin, 0, 1) && begin < 1), 'the recording begins at no t that a run can');
  need(known === undefined || isWhole(known, 0, pixelsOf(checkedShape)), 'the recording claims too many given pixels');
  return {
    model,
    prompt,
    ...(pick(all, ['negative', 'then']) as { negative?: string; then?: string }), // texts, as was checked above
    settings: checkedSettings,
    shape: checkedShape,
    ...(by === undefined ? {} : { by }),
    ...(within === undefined ? {} : { within }),
    ...(known === undefined ? {} : { known }),
    ...(begin === undefined ? {} : { begin }),
    cost: cost.map((entry: unknown) => {
      const all = fields(entry, 'a cost'); // calls: at most four of three conditions
      need(
        isWhole(all.calls, checkedSettings.guidance.rule === 'cfgzero' ? 0 : 1, 12) &&
          isNumber(all.milliseconds, 0, 1e9) &&
          [all.disagreement, all.strayed].every((value) => value === undefined || isNumber(value, 0, 1e6)),
        'a cost in the recording is out of range',
      );
      return pick(all, ['calls', 'milliseconds', 'disagreement', 'strayed']) as unknown as Cost;
    }),
    scales: scales.map((entry: unknown) => {
      const { low, high, from } = fields(entry, 'a scale');
      need(isNumber(low, -1e6, 1e6) && isNumber(high, low, 1e6), 'a scale in the recording is out of range');
      need((predictors as readonly unknown[]).includes(from), 'a guess in the recording is coded in an unknown way');
      return { low, high, from: from as Predictor };
    }),
  };
}

function readSettings(value: unknown): RunSettings {
  const all = fields(value, 'the settings');
  const guidance = fields(all.guidance, 'the guidance');
  const { sampler } = all;
  need(typeof sampler === 'string', 'the recording does not say its sampler');
  const settings = { ...pick(all, settingNames), guidance: pick(guidance, guidanceNames) } as unknown as RunSettings; // checked here:
  try {
    checkSettings(settings);
  } catch (error) {
    throw new RecordingError(`no run has the settings of the recording (${(error as Error).message})`);
  }
  return settings;
}

const settingNames = ['seed', 'steps', 'sampler', 'schedule', 'curve', 'shift', 'student', 'backwards', 'eta', 'churn', 'restarts', 'start', 'ablation', 'at', 'blend']; // prettier-ignore
const guidanceNames = ['scale', 'from', 'to', 'rule', 'rescale', 'parallel', 'bound', 'momentum'];

/** What is there of these keys, and nothing else. */
function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}

function readShape(value: unknown): ClipShape {
  const { frames, height, width } = fields(value, 'the shape');
  need(
    isWhole(frames, 1, 1024) && isWhole(height, 1, 4096) && isWhole(width, 1, 4096),
    'the shape of the recorded clip is out of range',
  );
  return { frames, height, width };
}

function fields(value: unknown, what: string): Readonly<Record<string, unknown>> {
  need(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} of the recording cannot be read`);
  return value as Record<string, unknown>;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1000;
}

function isNumber(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

function isWhole(value: unknown, low: number, high: number): value is number {
  return isNumber(value, low, high) && Number.isInteger(value);
}

// --------------------------------------------------------------------------------------------------------------- zlib

export async function unpack(packed: Uint8Array, size: number): Promise<Uint8Array> {
  const Stream = needed('DecompressionStream');
  let body: Uint8Array;
  try {
    body = await through(packed, new Stream('deflate'), size);
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    throw new RecordingError('the guesses in the recording are damaged');
  }
  need(body.length === size, 'the recording is cut off');
  return body;
}

export function needed<Name extends 'CompressionStream' | 'DecompressionStream'>(
  name: Name,
): (typeof globalThis)[Name] {
  const found = (globalThis as Partial<typeof globalThis>)[name];
  if (!found) throw new UnsupportedError(name);
  return found;
}

/** All that comes out of a stream, up to `limit` bytes. */
export async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, limit: number) {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > limit) {
      reader.cancel().catch(() => {}); // it is damaged anyway
      throw new RecordingError('the guesses in the recording are longer than its header says');
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
