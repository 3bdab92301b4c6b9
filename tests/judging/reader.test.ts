import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReader, type ReaderWorker } from '../../src/judging/reader';
import type { FromReader, ToReader } from '../../src/judging/reader-protocol';
import { asked, sceneOf } from '../../src/evaluation';
import { readClip } from '../../src/reading';
import { render } from '../../src/world';
import { reading } from './fake-reading';

const shape = { frames: 16, height: 32, width: 32 };
const clip = render(sceneOf(asked('A small red ball bouncing at night.'), 5), shape).map((value) => 2 * value - 1);
const now = () => Promise.resolve();

class FakeWorker implements ReaderWorker {
  readonly sent: ToReader[] = [];
  terminated = false;
  private listeners = new Map<string, (event: { readonly data: FromReader }) => void>();
  postMessage(message: ToReader): void {
    this.sent.push(message);
  }
  addEventListener(type: string, listener: (event: { readonly data: FromReader }) => void): void {
    this.listeners.set(type, listener);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(type: string, data?: FromReader): void {
    this.listeners.get(type)!({ data: data! });
  }
}

afterEach(() => void vi.useRealTimers());

describe('the reader beside the page', () => {
  it('hands each answer to whoever asked, and a fault as an error with its next step', async () => {
    const worker = new FakeWorker();
    const reader = createReader(() => worker, now);
    const [first, second] = [reader.read(clip, shape), reader.read(clip, shape)];
    const seen = reading([{}]);
    worker.say('message', { id: worker.sent[1].id, reading: seen });
    worker.say('message', { id: worker.sent[0].id, fault: { name: 'MeasureError', cause: 'too short', next: 'wait' } });
    expect(await second).toBe(seen);
    await expect(first).rejects.toMatchObject({ name: 'MeasureError', cause: 'too short', next: 'wait' });
  });

  it('reads in the page itself where there is no worker', async () => {
    const none = () => {
      throw new Error('no workers here');
    };
    const reader = createReader(none, now);
    expect(await reader.read(clip, shape)).toEqual(readClip(clip, shape));
    await expect(reader.read(clip.subarray(1), shape)).rejects.toMatchObject({ name: 'MeasureError' });
  });

  it('reads in the page itself what a worker left undone when it died', async () => {
    const worker = new FakeWorker();
    const reader = createReader(() => worker, now);
    const pending = reader.read(clip, shape);
    worker.say('error');
    expect((await pending).objects[0]).toMatchObject({ colour: 'red', thing: 'ball', motion: 'bouncing' });
    expect(worker.terminated).toBe(true);
    await reader.read(clip, shape);
    expect(worker.sent).toHaveLength(1);
  });

  it('reads in the page itself what a worker leaves undone that never speaks again', async () => {
    vi.useFakeTimers();
    const worker = new FakeWorker();
    const reader = createReader(() => worker, now);
    vi.advanceTimersByTime(600_000); // nobody waits for it
    const pending = reader.read(clip, shape);
    vi.advanceTimersByTime(59_000);
    expect(worker.terminated).toBe(false);
    vi.advanceTimersByTime(3_000);
    expect(worker.terminated).toBe(true);
    vi.useRealTimers();
    expect((await pending).objects[0]).toMatchObject({ colour: 'red', thing: 'ball' });
    reader.dispose();
  });
});
