/** The streams that a recording is packed with are the browser's own: the same file must read the same there. */
import { expect, test } from 'vitest';
import { decode, encode, RecordingError } from '../../src/recording/file';
import { record, replay } from '../../src/recording/recording';
import { run } from '../../src/sampling/run';
import { blobs, settings } from './made';

const shape = { frames: 4, height: 6, width: 8 };

test('a recording goes through a file and replays in the browser', async () => {
  const recording = await record(blobs(shape), settings, { model: 'made-up', prompt: 'a blob' });
  const read = await decode(await encode(recording));
  const live = run(blobs(shape), settings);
  for await (const step of replay(read)) {
    const { value } = await live.next();
    expect(step.t).toBe(value!.t);
    step.guess.forEach((guess, i) => expect(Math.abs(guess - value!.guess[i])).toBeLessThan(0.02));
  }
  expect((await live.next()).done).toBe(true);
});

test('a damaged or cut file ends in an error with a name', async () => {
  const file = await encode(await record(blobs(shape), settings, { model: 'made-up', prompt: 'a blob' }));
  const damaged = file.slice();
  damaged[file.length - 1] ^= 1; // the checksum itself
  for (const bytes of [damaged, file.slice(0, -1), file.slice(0, -100), file.slice(0, 5)])
    await expect(decode(bytes)).rejects.toThrow(RecordingError);
});
