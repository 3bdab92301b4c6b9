/** The page's hand on the worker: answers, progress, giving up, a worker that dies, and none at all. */
import { describe, expect, it, vi } from 'vitest';
import { Exporter, type ExportWorker } from '../../src/export/client';
import type { FromExporter, Job, ToExporter } from '../../src/export/protocol';
import { recipe, worldFilm } from './made';

const job: Job = { recipe, format: 'gif', source: { pictures: worldFilm(1) }, prompt: 'a ball' };

class FakeWorker implements ExportWorker {
  readonly asked: ToExporter[] = [];
  ended = false;
  private heard: (event: { readonly data: FromExporter }) => void = () => {};
  private broken: () => void = () => {};

  postMessage(message: ToExporter): void {
    this.asked.push(message);
  }

  addEventListener(type: string, listener: (event: { readonly data: FromExporter }) => void): void {
    if (type === 'message') this.heard = listener;
    else this.broken = listener as () => void;
  }

  terminate(): void {
    this.ended = true;
  }

  say = (data: FromExporter) => this.heard({ data });
  die = () => this.broken();
}

function started() {
  const workers: FakeWorker[] = [];
  const exporter = new Exporter(() => {
    workers.push(new FakeWorker());
    return workers[workers.length - 1];
  });
  return { exporter, workers };
}

const never = new AbortController().signal;

describe('a worker', () => {
  it('is asked, tells how far it is, and answers', async () => {
    const { exporter, workers } = started();
    const heard = vi.fn();
    const made = exporter.make(job, heard, never);
    expect(workers[0].asked).toEqual([{ type: 'make', job }]);
    workers[0].say({ type: 'progress', done: 2, total: 16 });
    workers[0].say({ type: 'made', bytes: Uint8Array.of(7) });
    expect(await made).toEqual(Uint8Array.of(7));
    expect(heard.mock.calls).toEqual([[2, 16]]);
  });

  it('that never answers is missed, and the next request has another; one that is slow is not', async () => {
    vi.useFakeTimers();
    const { exporter, workers } = started();
    const made = exporter.make(job, () => {}, never);
    const missed = expect(made).rejects.toMatchObject({ name: 'WorkerError' });
    await vi.advanceTimersByTimeAsync(100_000);
    workers[0].say({ type: 'progress', done: 1, total: 16 });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(workers[0].ended).toBe(false);
    await vi.advanceTimersByTimeAsync(30_000);
    await missed;
    expect(workers[0].ended).toBe(true);
    const again = exporter.make(job, () => {}, never);
    workers[1].say({ type: 'made', bytes: Uint8Array.of(7) });
    await again;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('whose work is given up is ended, and the next request has another', async () => {
    const { exporter, workers } = started();
    const abort = new AbortController();
    const made = exporter.make(job, () => {}, abort.signal);
    abort.abort(new Error('enough'));
    await expect(made).rejects.toThrow('enough');
    expect(workers[0].ended).toBe(true);
    workers[0].say({ type: 'made', bytes: Uint8Array.of(7) }); // too late
    const opened = exporter.open(Uint8Array.of(1));
    workers[1].say({ type: 'opened', opened: { label: false } });
    expect(await opened).toEqual({ label: false });
  });

  it('that says what went wrong, or dies, rejects with a sentence', async () => {
    const { exporter, workers } = started();
    const first = exporter.make(job, () => {}, never);
    workers[0].say({ type: 'fault', fault: { name: 'NoEncoderError', cause: 'None.', next: 'Save it as a GIF.' } });
    await expect(first).rejects.toMatchObject({ name: 'NoEncoderError', cause: 'None.', next: 'Save it as a GIF.' });
    const second = exporter.make(job, () => {}, never);
    workers[0].die();
    await expect(second).rejects.toMatchObject({ name: 'WorkerError' });
    exporter.dispose();
  });
});

it('where no worker may be started, the page does it itself', async () => {
  const exporter = new Exporter(() => {
    throw new DOMException('The frame is sandboxed.', 'SecurityError');
  });
  const bytes = await exporter.make(job, () => {}, never);
  expect(await exporter.open(bytes)).toEqual({ format: 'gif', label: true, recipe });
});
