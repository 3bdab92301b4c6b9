/** The real worker, in a browser: it must make the very bytes that the page would. */
import { expect, test } from 'vitest';
import { readFile, writeFile } from '../../src/files/filer';
import { decode, encode } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { blobs, settings, snow } from '../recording/made';

const shape = { frames: 16, height: 16, width: 16 };
const about = { model: 'made-up', prompt: 'a small red ball' };
const noPage = () => {
  throw new Error('this was asked of a worker');
};

/** As in a browser that would not let the page do it: so it is the worker that has done it. */
async function inWorkerOnly<T>(work: () => Promise<T>): Promise<T> {
  const { CompressionStream: pack, DecompressionStream: unpack } = globalThis;
  Object.assign(globalThis, { CompressionStream: noPage, DecompressionStream: noPage });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { CompressionStream: pack, DecompressionStream: unpack });
  }
}

type Numbers = Uint8Array | Float32Array;
/** As `toEqual`, which takes seconds for a million numbers. */
const same = (one: Numbers, other: Numbers) =>
  one.length === other.length && one.every((value, i) => value === other[i]);

test('a large run, told coarsely, is the same file to the byte, and reads the same', async () => {
  const recording = await record(snow(shape), { ...settings, sampler: 'euler', steps: 88 }, about);
  const file = await encode(recording);
  expect((await decode(file)).within).toBeGreaterThan(0); // it was too large as it was
  expect(same(await inWorkerOnly(() => writeFile(recording)), file)).toBe(true);
  const [read, { guesses, ...rest }] = [await inWorkerOnly(() => readFile(file)), await decode(file)];
  expect(read).toMatchObject(rest);
  expect(read.guesses.length).toBe(guesses.length);
  expect(guesses.every((guess, n) => same(guess, read.guesses[n]))).toBe(true);
  expect(recording.guesses[0].length).toBe(3 * 16 ** 3); // the page still shows them
});

test('the page goes on while a file is written', async () => {
  const recording = await record(blobs(shape), { ...settings, steps: 20 }, about);
  let done = false;
  let turns = 0;
  const writing = writeFile(recording).finally(() => (done = true));
  while (!done) {
    await new Promise((next) => setTimeout(next, 1));
    turns++;
  }
  await writing;
  expect(turns).toBeGreaterThan(3);
});

test('a file that is none comes back as the fault of its reader', async () => {
  const bytes = new TextEncoder().encode('a photograph, say');
  await expect(inWorkerOnly(() => readFile(bytes))).rejects.toMatchObject({
    cause: 'the file is no recording of a run',
  });
});
