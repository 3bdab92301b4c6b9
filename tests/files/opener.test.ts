/** Opening beside the page: whatever the worker does, one answer comes, and the worker is let go of. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPicture, type OpenerWorker } from '../../src/files/opener';
import type { FromOpener, ToOpener } from '../../src/files/opener-protocol';
import type { How, Opened } from '../../src/pictures/open';

const how: How = { shape: { frames: 16, height: 32, width: 32 }, rate: 8, fit: 'fill', pace: 'own' };
const file = new Blob([new Uint8Array([1, 2, 3])]);
const opened = { lasts: 1 } as Opened;

class FakeWorker implements OpenerWorker {
  ended = false;
  readonly asked: ToOpener[] = [];
  private readonly listeners = new Map<string, (event: { readonly data: FromOpener }) => void>();

  /** What it does with what it is asked. */
  constructor(private readonly answer: (worker: FakeWorker) => void) {}

  postMessage(message: ToOpener): void {
    this.asked.push(message);
    this.answer(this);
  }
  addEventListener(type: string, listener: (event: { readonly data: FromOpener }) => void): void {
    this.listeners.set(type, listener);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: FromOpener): void {
    this.listeners.get('message')?.({ data });
  }
  break(type = 'error'): void {
    this.listeners.get(type)?.({ data: { begun: true } });
  }
}

const open = (worker: OpenerWorker, given: Blob = file) => openPicture(given, how, { startWorker: () => worker });

afterEach(() => void vi.useRealTimers());

it('a worker that never begins is let go of, and the picture can be chosen once more', async () => {
  vi.useFakeTimers();
  const worker = new FakeWorker(() => {});
  const opening = expect(open(worker)).rejects.toMatchObject({ reason: 'unreadable' });
  await vi.advanceTimersByTimeAsync(121_000);
  await opening;
  expect(worker.ended).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives the worker the bytes and what is wanted of them, and hands back what comes', async () => {
  const worker = new FakeWorker((each) => (each.say({ begun: true }), each.say({ opened })));
  expect(await open(worker)).toBe(opened);
  expect([[...worker.asked[0].bytes], worker.asked[0].how, worker.ended]).toEqual([[1, 2, 3], how, true]);
});

it('lets go of a picture that takes more than two seconds once it was begun', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const worker = new FakeWorker(() => {});
  const answer = open(worker).catch((error: unknown) => error);
  await vi.waitFor(() => expect(worker.asked.length).toBe(1));
  await vi.advanceTimersByTimeAsync(60_000); // a slow network: the worker is not there yet
  worker.say({ begun: true });
  await vi.advanceTimersByTimeAsync(1990);
  expect(worker.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(20);
  expect(await answer).toMatchObject({ name: 'PictureError', reason: 'tooSlow' });
  expect(worker.ended).toBe(true);
});

describe('refuses', () => {
  it('what the worker refuses, with all that it says', async () => {
    const details = { kind: 'png', size: { width: 9, height: 9 } } as const;
    const worker = new FakeWorker((each) => each.say({ refused: { reason: 'tooManyPixels', details } }));
    await expect(open(worker)).rejects.toMatchObject({ reason: 'tooManyPixels', details });
  });

  it.each<[string, (worker: FakeWorker) => void, string]>([
    ['a worker that does not start', (worker) => worker.break(), 'unsupported'],
    ['a worker that stops on the way', (worker) => (worker.say({ begun: true }), worker.break()), 'tooSlow'],
    ['an answer that does not come through', (worker) => worker.break('messageerror'), 'unsupported'],
  ])('%s', async (_, answer, reason) => {
    const worker = new FakeWorker(answer);
    await expect(open(worker)).rejects.toMatchObject({ reason });
    expect(worker.ended).toBe(true);
  });

  it.each<[string, Blob, string]>([
    ['a file without bytes', new Blob([]), 'empty'],
    ['a file that is too large, unread', { size: 33e6, arrayBuffer: () => Promise.reject(new Error('read')) } as Blob, 'tooLarge'], // prettier-ignore
    ['a file that can’t be read', { size: 3, arrayBuffer: () => Promise.reject(new Error('gone')) } as Blob, 'unreadable'], // prettier-ignore
  ])('%s, without a worker', async (_, given, reason) => {
    const startWorker = vi.fn();
    await expect(openPicture(given, how, { startWorker })).rejects.toMatchObject({ reason });
    expect(startWorker).not.toHaveBeenCalled();
  });

  it('everything in a browser without workers', async () => {
    const startWorker = () => {
      throw new Error('no workers');
    };
    await expect(openPicture(file, how, { startWorker })).rejects.toMatchObject({ reason: 'unsupported' });
  });
});
