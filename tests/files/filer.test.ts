import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readFile, writeFile, type FilerWorker } from '../../src/files/filer';
import type { FromFiler, ToFiler } from '../../src/files/filer-protocol';
import { decode, encode } from '../../src/recording/file';
import { record, type Recording } from '../../src/recording/recording';
import { blobs, settings } from '../recording/made';

const shape = { frames: 4, height: 6, width: 8 };
const about = { model: 'made-up', prompt: 'a small red ball' };

/** A worker that answers what it is told, in the way of the real one, which browsers alone have. */
class FakeWorker implements FilerWorker {
  readonly sent: ToFiler[] = [];
  terminated = false;
  private listeners = new Map<string, (event: { readonly data: FromFiler }) => void>();
  constructor(readonly answer: () => FromFiler | 'error' | 'messageerror' | 'silence') {}
  postMessage(message: ToFiler): void {
    this.sent.push(message);
    const answer = this.answer();
    if (answer === 'silence') return;
    if (typeof answer === 'string') this.listeners.get(answer)!({ data: undefined as never });
    else this.listeners.get('message')!({ data: answer });
  }
  addEventListener(type: string, listener: (event: { readonly data: FromFiler }) => void): void {
    this.listeners.set(type, listener);
  }
  terminate(): void {
    this.terminated = true;
  }
}

const none = () => {
  throw new Error('no workers here');
};

let recording: Recording;
let file: Uint8Array;
beforeAll(async () => {
  recording = await record(blobs(shape), settings, about);
  file = await encode(recording);
});

afterEach(() => void vi.useRealTimers());

describe('a run to a file, and back, beside the page', () => {
  it('is what the worker answers, and the worker ends with it', async () => {
    const writer = new FakeWorker(() => ({ written: file }));
    expect(await writeFile(recording, () => writer)).toBe(file);
    expect(writer.sent).toEqual([{ write: recording }]);
    const reader = new FakeWorker(() => ({ recording }));
    expect(await readFile(file, () => reader)).toBe(recording);
    expect(reader.sent).toEqual([{ read: file }]);
    expect([writer.terminated, reader.terminated]).toEqual([true, true]);
  });

  it('is made by the page, to the same byte, where there is no worker or it dies', async () => {
    for (const start of [none, () => new FakeWorker(() => 'error'), () => new FakeWorker(() => 'messageerror')]) {
      expect(await writeFile(recording, start)).toEqual(file);
      expect(await readFile(file, start)).toEqual(await decode(file));
    }
  });

  it('is made by the page where a worker never answers', async () => {
    vi.useFakeTimers();
    const worker = new FakeWorker(() => 'silence');
    const saving = writeFile(recording, () => worker);
    await vi.advanceTimersByTimeAsync(179_000);
    expect(worker.terminated).toBe(false);
    vi.advanceTimersByTime(3_000);
    vi.useRealTimers();
    expect(await saving).toEqual(file);
    expect(worker.terminated).toBe(true);
  });

  it('passes on a fault with its cause and next step, and does not try again in the page', async () => {
    const fault = { name: 'RecordingError', cause: 'the recording is cut off', next: 'fetch it again' };
    const worker = new FakeWorker(() => ({ fault }));
    await expect(readFile(file, () => worker)).rejects.toMatchObject(fault);
    expect(worker.terminated).toBe(true);
    await expect(readFile(file.slice(0, 20), none)).rejects.toMatchObject({ cause: expect.any(String) as string });
  });
});
