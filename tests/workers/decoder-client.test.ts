/** The page's hand on the decoder against a worker that the test plays. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DecoderClient, type DecoderWorker } from '../../src/workers/decoder-client';
import type { DecoderInfo, DrawRequest, FromDecoder, Picture, ToDecoder } from '../../src/engine/decoder-protocol';

class FakeWorker implements DecoderWorker {
  readonly heard: ToDecoder[] = [];
  terminated = false;
  private readonly listeners: Record<string, ((event: never) => void)[]> = {};

  postMessage(message: ToDecoder): void {
    this.heard.push(structuredClone(message));
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    (this.listeners[type] ??= []).push(listener);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: FromDecoder): void {
    this.listeners.message.forEach((listener) => listener({ data } as never));
  }
  crash(message: string): void {
    this.listeners.error.forEach((listener) => listener({ message } as never));
  }
}

const info = (backend: DecoderInfo['backend']): DecoderInfo => ({
  backend,
  whyNot: [],
  reason: 'A test.',
  name: 'tiny',
  parameters: 1,
});
const request: DrawRequest = {
  clip: new Float32Array(3 * 16).fill(0.5),
  shape: { frames: 1, height: 4, width: 4 },
  prompt: 'a ball',
  frames: [0],
};
const picture = (): Picture => ({ width: 16, height: 16, rgba: new Uint8ClampedArray(4 * 256) });
const lost = { name: 'DeviceLostError', cause: 'The graphics processor was lost.', next: 'Load it again.' };

let workers: FakeWorker[];
let decoder: DecoderClient;
const worker = () => workers.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'https://school.example/snow/index.html' });
  workers = [];
  decoder = new DecoderClient('models/decoder/', () => {
    workers.push(new FakeWorker());
    return worker();
  });
});

afterEach(() => {
  decoder.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function loaded(backend: DecoderInfo['backend'] = 'webgpu'): Promise<void> {
  const loading = decoder.load();
  worker().say({ type: 'ready', info: info(backend) });
  await loading;
}

it('rejects, for good, where the browser starts no worker', async () => {
  const none = new DecoderClient('models/decoder/', () => {
    throw new DOMException('Access is denied.', 'SecurityError');
  });
  const refused = { name: 'NoWorkerError', cause: expect.stringContaining('Access is denied.') as string };
  await expect(none.draw(request)).rejects.toMatchObject(refused);
  await expect(none.load()).rejects.toMatchObject(refused);
});

it('loads once, beside the page, and draws what is asked, one request at a time', async () => {
  const drawing = decoder.draw(request); // loads by itself
  expect(worker().heard).toEqual([
    {
      type: 'load',
      modelUrl: 'https://school.example/snow/models/decoder/',
      wasmUrl: 'https://school.example/snow/wasm/',
    },
  ]);
  worker().say({ type: 'ready', info: info('wasm') });
  expect(worker().heard[1]).toEqual({ type: 'draw', ...request });
  expect(() => decoder.draw(request)).toThrow('One request at a time.');
  const pictures = [picture()];
  worker().say({ type: 'drawn', pictures });
  expect(await drawing).toBe(pictures);
  expect(await decoder.load()).toEqual(info('wasm'));
  const second = decoder.draw(request);
  worker().say({ type: 'drawn', pictures });
  await second;
  expect(workers.length).toBe(1);
});

it('passes on what cannot be drawn, and draws on', async () => {
  await loaded();
  const first = decoder.draw(request);
  worker().say({ type: 'not-drawn', fault: { name: 'RangeError', cause: 'Height is 3.', next: 'Take 4.' } });
  await expect(first).rejects.toMatchObject({ name: 'RangeError', cause: 'Height is 3.' });
  const second = decoder.draw(request);
  worker().say({ type: 'drawn', pictures: [] });
  expect(await second).toEqual([]);
});

describe('when it dies', () => {
  it.each([
    ['in a call', () => worker().say({ type: 'failed', fault: lost })],
    ['by a crash', () => worker().crash('kaputt')],
    ['without a word', () => vi.advanceTimersByTime(40_000)],
  ])('%s, it starts once more, on the next slower backend, and draws what was asked', async (_, die) => {
    await loaded();
    const drawing = decoder.draw(request);
    die();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(worker().heard).toMatchObject([{ type: 'load', backend: 'wasm', because: /^the decoder broke: the / }]);
    worker().say({ type: 'ready', info: info('wasm') });
    expect(worker().heard[1]).toEqual({ type: 'draw', ...request });
    worker().say({ type: 'drawn', pictures: [picture()] });
    expect((await drawing).length).toBe(1);
    expect((await decoder.load()).backend).toBe('wasm');
  });

  it('with nobody waiting, it starts again as well', async () => {
    await loaded('wasm');
    worker().say({ type: 'failed', fault: lost });
    expect(worker().heard).toMatchObject([{ type: 'load', backend: 'cpu' }]);
    worker().say({ type: 'ready', info: info('cpu') });
    expect((await decoder.load()).backend).toBe('cpu');
  });

  it('while it loads, whoever waits for it gets the second one', async () => {
    const loading = decoder.load();
    worker().say({ type: 'failed', fault: lost });
    worker().say({ type: 'ready', info: info('wasm') });
    expect((await loading).backend).toBe('wasm');
  });

  it('a second time, that is the end: nothing starts by itself any more', async () => {
    await loaded();
    worker().say({ type: 'failed', fault: lost });
    const drawing = decoder.draw(request);
    worker().crash('again');
    await expect(drawing).rejects.toMatchObject({ name: 'WorkerError' });
    await expect(decoder.load()).rejects.toMatchObject({ name: 'WorkerError' });
    expect(workers.length).toBe(2);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
  });

  it('on the slowest backend, that is the end', async () => {
    await loaded('cpu');
    worker().crash('kaputt');
    await expect(decoder.load()).rejects.toMatchObject({ name: 'WorkerError' });
    expect(workers.length).toBe(1);
  });

  it('says nothing of a worker that was given up', async () => {
    await loaded();
    worker().crash('kaputt');
    workers[0].say({ type: 'failed', fault: lost });
    expect(workers[1].terminated).toBe(false);
  });
});

it('a damaged or missing folder is not asked for twice', async () => {
  const loading = decoder.load();
  const fault = { name: 'WeightsError', cause: 'manifest.json could not be downloaded: the server answered 404.', next: 'Upload it.' }; // prettier-ignore
  worker().say({ type: 'failed', fault });
  await expect(loading).rejects.toMatchObject(fault);
  await expect(decoder.draw(request)).rejects.toMatchObject(fault);
  expect(workers.length).toBe(1);
});

it('put away, it ends its worker and whatever waits', async () => {
  await loaded();
  const drawing = decoder.draw(request);
  decoder.dispose();
  await expect(drawing).rejects.toMatchObject({ name: 'DisposedError' });
  expect(worker().terminated).toBe(true);
});
