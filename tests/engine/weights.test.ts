import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checksum, sha256 } from '../../src/engine/sha256';
import { fetchFrom, readModel, type ReadFile } from '../../src/engine/weights';
import { WeightsError } from '../../src/model/errors';

const folder = 'tests/golden/model-tiny';
/** Bytes of its weights. */
const total = statSync(`${folder}/model.safetensors`).size;
const onDisk = async (name: string) => new Uint8Array(await readFile(`${folder}/${name}`));
const fromDisk: ReadFile = async function* (name, { from }) {
  yield (await onDisk(name)).subarray(from);
};

/** Reads the tiny model, but one file of it is changed: in every copy, or only in the one that a cache holds. */
function withChanged(file: string, change: (data: Uint8Array) => Uint8Array, onlyCached = false): ReadFile {
  return async function* (name, { fresh }) {
    const data = await onDisk(name);
    yield name === file && !(onlyCached && fresh) ? change(data) : data;
  };
}

const flip = (data: Uint8Array) => data.map((byte, i) => (i === 5000 ? byte ^ 1 : byte));

describe('sha256', () => {
  it('is that of Node, for every length around a block and for any bytes', () => {
    const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    for (let length = 0; length < 200; length++) {
      const data = new Uint8Array(length).fill(length);
      expect(sha256(data)).toBe(digest(data));
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (data) => sha256(data) === digest(data)));
  });

  it('is the same where the browser has none of its own, as without https', async () => {
    const data = Uint8Array.from([1, 2, 3]);
    const [own, other] = [await checksum(data), sha256(data)];
    vi.stubGlobal('crypto', {});
    expect([own, await checksum(data)]).toEqual([other, other]);
    vi.unstubAllGlobals();
  });
});

describe('the files of a model', () => {
  it('come through whole, with their hash', async () => {
    const { config, weights, sha256: hash } = await readModel(fromDisk);
    expect(JSON.parse(new TextDecoder().decode(config)).name).toBe('tiny');
    expect(hash).toBe(createHash('sha256').update(weights).digest('hex'));
  });

  it('that a cache spoilt are fetched once more, past it', async () => {
    const weights = Buffer.from((await readModel(withChanged('model.safetensors', flip, true))).weights);
    expect(weights.equals(await onDisk('model.safetensors'))).toBe(true);
  });

  it.each<[string, string, (data: Uint8Array) => Uint8Array, RegExp]>([
    ['one bit of the weights', 'model.safetensors', flip, /^model\.safetensors is damaged or another version/],
    [
      'the end of the weights',
      'model.safetensors',
      (data) => data.subarray(0, 9000),
      /^model\.safetensors is cut off: 9000 bytes of \d+/,
    ],
    [
      'the end, filled with zeros',
      'model.safetensors',
      (data) => data.slice().fill(0, 9000),
      /^model\.safetensors is damaged/,
    ],
    ['more than there should be', 'config.json', (data) => new Uint8Array([...data, 32]), /^config\.json is too long/],
    [
      'a manifest that is no JSON',
      'manifest.json',
      () => new TextEncoder().encode('<html>'),
      /^manifest\.json does not list/,
    ],
    [
      'a manifest of nothing',
      'manifest.json',
      () => new TextEncoder().encode('{"files":[]}'),
      /^manifest\.json does not list config\.json/,
    ],
    [
      'a manifest whose weak copy lies elsewhere',
      'manifest.json',
      (data) => new TextEncoder().encode(new TextDecoder().decode(data).replace('{', '{"weak": "../../other",')),
      /^manifest\.json does not list/,
    ],
    [
      'a manifest of nonsense',
      'manifest.json',
      () => new TextEncoder().encode('{"files":[null]}'),
      /^manifest\.json does not list/,
    ],
    [
      'a manifest of half a megabyte in one piece',
      'manifest.json',
      () => new Uint8Array(500_000).fill(32),
      /^manifest\.json does not list/,
    ],
    [
      'a manifest that claims a gigabyte, for which room would be made at once',
      'manifest.json',
      (data) =>
        new TextEncoder().encode(new TextDecoder().decode(data).replace(/"bytes": *\d+/g, '"bytes": 1000000000')),
      /^manifest\.json claims that config\.json has 1000000000 bytes/,
    ],
  ])('are refused when changed: %s', async (_, file, change, message) => {
    const error = await readModel(withChanged(file, change)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(WeightsError);
    expect((error as WeightsError).message).toMatch(message);
    expect((error as WeightsError).next).toMatch(/reload the page/);
  });
});

describe('over http', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function listen(handler: RequestListener): Promise<string> {
    server = createServer(handler);
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/tiny/`;
  }

  const serveTiny: RequestListener = (request, response) =>
    void onDisk(request.url!.split('/').at(-1)!).then((data) => {
      response.setHeader('Content-Type', 'application/octet-stream');
      response.write(data.subarray(0, 100));
      setTimeout(() => response.end(data.subarray(100)), 5);
    });

  it('they arrive with progress that never falls and ends at the whole', async () => {
    const seen: [number, number][] = [];
    await readModel(fetchFrom(await listen(serveTiny)), { onProgress: (done, total) => seen.push([done, total]) });
    const total = seen[0][1];
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.every((entry, i) => entry[1] === total && (i === 0 || entry[0] >= seen[i - 1][0]))).toBe(true);
    expect(seen.at(-1)).toEqual([total, total]);
  });

  const answer =
    (status: number, type: string): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end('<!doctype html>');
    };
  const breakOff: RequestListener = (request, response) => {
    if (!request.url!.endsWith('model.safetensors')) return serveTiny(request, response);
    response.writeHead(200, { 'Content-Length': String(total) });
    response.write(new Uint8Array(1000));
    setTimeout(() => response.destroy(), 20);
  };

  it.each<[string, RequestListener, RegExp]>([
    [
      'is not there',
      answer(404, 'text/plain'),
      /the server answered 404: check that the whole model folder was uploaded/,
    ],
    [
      'answers with a page that it calls data',
      (request, response) =>
        request.url!.endsWith('.safetensors') ? void response.end('<!DOCTYPE html>Oops') : serveTiny(request, response),
      /sent a web page instead: check that the whole/,
    ],
    ['answers with a page', answer(200, 'text/html; charset=utf-8'), /sent a web page instead: check that the whole/],
    ['breaks off', breakOff, /the connection broke off: check the connection/],
  ])('each failure has its own sentence: the server %s', async (_, handler, message) => {
    const error = await readModel(fetchFrom(await listen(handler)), { pauses: [1] }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(WeightsError);
    expect((error as WeightsError).message).toMatch(message);
  });

  /** Gives the weights in parts of so many bytes and breaks off after each, as a bad connection does. */
  const inParts =
    (bytes: number, ranges: boolean, asked: (string | undefined)[]): RequestListener =>
    (request, response) =>
      void onDisk(request.url!.split('/').at(-1)!).then((data) => {
        if (!request.url!.endsWith('model.safetensors')) return response.end(data);
        asked.push(request.headers.range);
        const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
        response.writeHead(from ? 206 : 200, {
          'Content-Length': data.length - from,
          ...(from ? { 'Content-Range': `bytes ${from}-${data.length - 1}/${data.length}` } : {}),
        });
        const end = from + bytes * (ranges ? 1 : asked.length);
        if (end >= data.length) return response.end(data.subarray(from));
        response.write(data.subarray(from, end));
        setTimeout(() => response.destroy(), 20);
      });

  it.each([true, false])('what broke off goes on where it was; with ranges: %s', async (ranges) => {
    const whole = await onDisk('model.safetensors');
    const asked: (string | undefined)[] = [];
    const part = Math.ceil(whole.length / 4);
    const url = await listen(inParts(part, ranges, asked));
    const weights = Buffer.from((await readModel(fetchFrom(url), { pauses: [1] })).weights);
    expect(weights.equals(whole)).toBe(true);
    expect(asked).toEqual([undefined, `bytes=${part}-`, `bytes=${2 * part}-`, `bytes=${3 * part}-`]);
  });

  /** Breaks off in the middle once, and answers whoever asks for the rest with `refuse`. */
  const restRefused =
    (refuse: RequestListener): RequestListener =>
    (request, response) => {
      if (!request.url!.endsWith('model.safetensors')) return serveTiny(request, response);
      if (request.headers.range) return refuse(request, response);
      void onDisk('model.safetensors').then((data) => {
        response.writeHead(200, { 'Content-Length': data.length });
        if (broke++ > 0) return response.end(data);
        response.write(data.subarray(0, 50_000));
        setTimeout(() => response.destroy(), 20);
      });
    };
  let broke = 0;

  it.each<[string, RequestListener]>([
    ...[400, 403, 404, 416, 500].map((status) => [`answers ${status}`, answer(status, 'text/plain')] as [string, RequestListener]), // prettier-ignore
    ['sends a page', answer(200, 'text/html')],
    ['sends another part', (_, response) => void response.writeHead(206, { 'Content-Range': `bytes 0-9/${total}` }).end('0123456789')], // prettier-ignore
    ['sends compressed bytes', (request, response) => void response.writeHead(206, { 'Content-Range': `${request.headers.range!.replace('=', ' ')}${total - 1}/${total}`, 'Content-Encoding': 'gzip' }).end(gzipSync('rest'))], // prettier-ignore
  ])('a host that %s where the rest is asked for is asked for the whole', async (_, refuse) => {
    broke = 0;
    const { weights } = await readModel(fetchFrom(await listen(restRefused(refuse))), { pauses: [1] });
    expect(Buffer.from(weights).equals(await onDisk('model.safetensors'))).toBe(true);
  });

  it('a host that never gives the rest, and always breaks off, is left with a sentence and not asked for ever', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (!request.url!.endsWith('model.safetensors')) return serveTiny(request, response);
      requests++;
      return request.headers.range ? answer(416, 'text/plain')(request, response) : breakOff(request, response);
    });
    const error = await readModel(fetchFrom(url), { pauses: [1, 1, 1] }).catch((error: unknown) => error);
    expect((error as WeightsError).message).toMatch(/the server answered 416|the connection broke off/);
    expect(requests).toBeLessThan(12);
  });

  it('a connection that is reset before the first byte is tried again', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (!request.url!.endsWith('model.safetensors') || requests++ > 1) return serveTiny(request, response);
      response.writeHead(200, { 'Content-Length': String(total) });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 20);
    });
    const { weights } = await readModel(fetchFrom(url), { pauses: [1, 1, 1] });
    expect(weights.length).toBe(total);
  });

  it('a server that falls silent is left, and asked again', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (request.url!.endsWith('model.safetensors') && requests++ === 0)
        void onDisk('model.safetensors').then((data) => response.write(data.subarray(0, 5000)));
      else serveTiny(request, response);
    });
    const weights = Buffer.from((await readModel(fetchFrom(url, 200), { pauses: [1] })).weights);
    expect(weights.equals(await onDisk('model.safetensors'))).toBe(true);
    expect(requests).toBe(2);
  });

  it('a server that is gone has its own sentence, too', async () => {
    const url = await listen(serveTiny);
    await new Promise((resolve) => server!.close(resolve));
    await expect(readModel(fetchFrom(url))).rejects.toThrow(/manifest\.json .*did not answer: check the connection/);
  });
});
