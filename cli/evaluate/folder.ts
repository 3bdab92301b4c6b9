/**
 * A folder of clips: what was to be drawn (clips.json), and what is drawn (clips.bin.gz, or clips.bin not compressed).
 * While it is being drawn, clips.part holds the clips so far: that file is all the state a stopped run needs.
 *
 * `training/sample.py` reads and writes the same files. Anything that writes clips.json and clips.bin can be judged.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checkAbout, sizeOf, writeAgain, type About, type Folder } from '../../src/evaluation';
import { MeasureError } from '../../src/reading';

/** What clips.json says, checked. Throws MeasureError. */
export function readAbout(path: string): About {
  const file = join(path, 'clips.json');
  if (!existsSync(file)) throw new MeasureError(`there is no clips.json in ${path}`, writeAgain);
  let about: Partial<About> | null;
  try {
    about = JSON.parse(readFileSync(file, 'utf8')) as Partial<About> | null;
  } catch {
    throw new MeasureError(`${file} is no JSON`, writeAgain);
  }
  return checkAbout(about, file);
}

/** The first `most` clips. Throws MeasureError where the files are missing, damaged or do not belong together. */
export function readFolder(path: string, most = Infinity): Folder {
  const about = readAbout(path);
  const [packed, plain, part] = ['clips.bin.gz', 'clips.bin', 'clips.part'].map((name) => join(path, name));
  const wanted = about.items.length;
  if (!existsSync(packed) && !existsSync(plain)) {
    const done = existsSync(part) ? Math.floor(statSync(part).size / sizeOf(about.shape)) : 0;
    if (existsSync(part))
      throw new MeasureError(`${path} holds ${done} of ${wanted} clips`, 'go on with the command that began it');
    throw new MeasureError(`there is no clips.bin.gz in ${path}`, writeAgain);
  }
  let bytes: Uint8Array;
  try {
    bytes = existsSync(packed) ? gunzipSync(readFileSync(packed)) : readFileSync(plain);
  } catch {
    throw new MeasureError(`${packed} is damaged`, `delete it, and ${writeAgain}`);
  }
  const size = sizeOf(about.shape);
  if (bytes.length !== size * wanted)
    throw new MeasureError(`${path} holds ${bytes.length} bytes where ${wanted} clips of ${size} belong`, writeAgain);
  const items = about.items.slice(0, most);
  return { ...about, items, bytes: bytes.subarray(0, size * items.length) };
}

/**
 * Makes a folder ready to be drawn. One that is there already is gone on with: it may hold more clips than are asked for,
 * or fewer. Throws MeasureError where it holds clips of other prompts, settings or weights.
 */
export function prepare(path: string, about: About): void {
  if (existsSync(join(path, 'clips.json'))) {
    const there = readAbout(path);
    const { items } = about;
    const common = Math.min(items.length, there.items.length);
    const same = (key: 'suite' | 'shape' | 'settings'): boolean => sorted(there[key]) === sorted(about[key]);
    if (
      !same('suite') ||
      !same('shape') ||
      !same('settings') ||
      there.model.sha256 !== about.model.sha256 ||
      sorted(there.items.slice(0, common)) !== sorted(items.slice(0, common))
    )
      throw new MeasureError(`${path} holds clips of other settings, prompts or weights`, 'choose another --out');
    if (there.items.length >= items.length) return;
    const { by } = there;
    if (existsSync(join(path, 'clips.bin.gz'))) {
      writeFileSync(join(path, 'clips.part'), readFolder(path).bytes);
      rmSync(join(path, 'clips.bin.gz'));
    }
    writeAbout(path, { ...about, ...(by !== undefined && { by }) });
    return;
  }
  mkdirSync(path, { recursive: true });
  writeAbout(path, about);
}

/** JSON in which the order of keys does not matter: Python and a sliced object may write them otherwise. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

function writeAbout(path: string, about: About): void {
  const file = join(path, 'clips.json');
  writeFileSync(`${file}.tmp`, `${JSON.stringify(about, null, 1)}\n`);
  renameSync(`${file}.tmp`, file); // a stopped program leaves the old one or the new one
}

/** How many of its clips are drawn: all of them where it is finished. */
export function drawn(path: string): number {
  const { items, shape } = readAbout(path);
  if (existsSync(join(path, 'clips.bin.gz')) || existsSync(join(path, 'clips.bin'))) return items.length;
  const part = join(path, 'clips.part');
  return existsSync(part) ? Math.min(items.length, Math.floor(statSync(part).size / sizeOf(shape))) : 0;
}

/** Opens a prepared folder for drawing with a program: what is there of a half-written clip is cut off. */
export function begin(
  path: string,
  by: unknown,
): { readonly from: number; add(clip: Float32Array): void; end(): void } {
  const about = readAbout(path);
  const [part, size, from] = [join(path, 'clips.part'), sizeOf(about.shape), drawn(path)];
  if (from && sorted(about.by) !== sorted(by))
    throw new MeasureError(
      `${path} was begun by ${JSON.stringify(about.by)}, not by ${JSON.stringify(by)}`,
      'go on with that, or choose another --out',
    );
  if (existsSync(part)) truncateSync(part, from * size);
  else writeFileSync(part, '');
  writeAbout(path, { ...about, by });
  return {
    from,
    add: (clip) =>
      appendFileSync(part, Uint8Array.from(clip, (value) => Math.round((Math.min(1, Math.max(-1, value)) + 1) * 127.5))), // prettier-ignore
    end: () => {
      const packed = join(path, 'clips.bin.gz');
      writeFileSync(`${packed}.tmp`, gzipSync(readFileSync(part)));
      renameSync(`${packed}.tmp`, packed);
      rmSync(part);
    },
  };
}
