/** The bench on Dawn's null backend, which computes nothing, so that counts and ratios can be promised. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Figures, Report } from '../../bench/measure';
import { barsOf } from '../../bench/bars';
import { costModel, models, operationsOf, randomTensors, withTokens } from '../../bench/models';
import type { Opening } from '../../bench/opening';
import { onnxOf } from '../../bench/onnx';
import { pageOf, summaryOf, type Bench } from '../../bench/page-of';
import { memoryOf } from '../../src/model/graph';
import { parameterShapes, tokensOf } from '../../src/model/config';

/** Dawn brings its program for the usual systems; on another one the bench says so, and there is nothing to test. */
function dawnLoads(): boolean {
  try {
    createRequire(import.meta.url).resolve('webgpu');
    execFileSync(process.execPath, ['--input-type=module', '-e', 'await import("webgpu"); process.exit(0)'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!dawnLoads())('a step of nano, beside plain tfjs operations', () => {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const run = () =>
    JSON.parse(
      execFileSync(process.execPath, [tsx, 'bench/node.ts', 'null', 'nano', '--short'], { encoding: 'utf8' }),
    ) as Report;

  it('costs a third of the JavaScript and of the dispatches at most, and one submit', () => {
    const { figures, kind } = run();
    expect(kind).toBe('null');
    for (const rows of [1, 2]) {
      const [ours, theirs] = figures.filter((figure) => figure.rows === rows);
      expect([ours.implementation, theirs.implementation]).toEqual(['static graph', 'tfjs operations']);
      expect([ours.submits, ours.readBacks]).toEqual([1, 1]);
      expect(ours.dispatches).toBe(56);
      expect(theirs.dispatches / ours.dispatches).toBeGreaterThanOrEqual(3);
      // Processor time, which other work on the machine does not lengthen.
      expect(theirs.processor!.median / ours.processor!.median).toBeGreaterThanOrEqual(3);
      // Buffers of the graph, one prompt, and nothing else.
      expect(ours.bytes).toBe(memoryOf(models.nano));
    }
  });
});

describe('what a call costs', () => {
  it('is two operations for each weight that a token meets, and four D for each query and key', () => {
    const { tokens, D } = { tokens: 128, D: 192 };
    const shapes = parameterShapes(models.nano);
    const sizes = [...shapes].filter(([name]) => /^(blocks\.\d+\.(qkv|out|mlp)|head\.)/.test(name));
    const weights = sizes.reduce((sum, [, [out, inner = 0]]) => sum + out * inner, 0);
    const attention = 6 * 4 * tokens * (tokens + 28) * D;
    expect(operationsOf(models.nano, 2) - operationsOf(models.nano, 1)).toBe(2 * tokens * weights + attention);
  });

  it('is, by the cost model, 2NP + 4N²d a row', () => {
    const [N, D, M] = [128, 192, 512];
    const block = 3 * D * D + D * D + 2 * M * D + M * D; // qkv, out, and the two of the MLP
    const P = 512 * 192 + 192 * D + 6 * block + 2 * M * D + 384 * M; // and the patches' two, and the head's
    expect(costModel(models.nano, 2)).toBe(2 * (2 * N * P + 4 * N ** 2 * 6 * D));
    // What it leaves out, the words and that the patches are embedded once for all rows, is little.
    for (const model of [models.nano, models.small])
      for (const tokens of [128, 1024]) {
        const config = withTokens(model, tokens);
        expect(operationsOf(config, 2) / costModel(config, 2)).toBeCloseTo(1, 1);
      }
  });

  it('is measured on clips of as many tokens as were asked for', () => {
    for (const model of [models.nano, models.small])
      for (const tokens of [128, 256, 512, 1024]) expect(tokensOf(withTokens(model, tokens))).toBe(tokens);
    expect(withTokens(models.nano, 128)).toEqual(models.nano);
    expect(withTokens(models.small, 512)).toEqual(models.small);
    expect(withTokens(models.tiny, 72)).toEqual(models.tiny);
  });

  it('is measured with weights of the right shapes', () => {
    const tensors = randomTensors(models.tiny);
    for (const [name, shape] of parameterShapes(models.tiny)) {
      expect(tensors.get(name)!.shape).toEqual(shape);
      expect(tensors.get(name)!.data.length).toBe(shape.reduce((a, b) => a * b, 1));
    }
  });
});

describe('the report', () => {
  const spread = (median: number) => ({ median, low: median / 2, high: 2 * median });
  const figure = (implementation: Figures['implementation'], times: number, tokens = 128): Figures => ({
    ...{ implementation, model: 'nano' as const, tokens, rows: 2, operations: 1e9, cost: 1e9, error: 1e-7, calls: 5 },
    ...{ call: spread(4 * times), javascript: spread(times), firstCall: 100, dispatches: 56 * times, submits: times },
    ...{ bytes: 1e6, shareOfPeak: 0.25 / times, processor: spread(times / 2), readBacks: 1 },
  });
  const report: Report = {
    ...{ where: 'Node 1', adapter: 'a <fast> one', kind: 'real', versions: { dawn: '2' } },
    peak: { operations: 1e12, by: 'us' },
    products: [{ model: 'nano', product: '1 x 2 x 3', shareOfPeak: 0.7 }],
    figures: [
      figure('static graph', 1),
      figure('tfjs operations', 9),
      figure('onnxruntime-web', 1.2),
      figure('static graph', 2, 256),
      figure('tfjs operations', 20, 256),
    ],
  };
  const bench = (kind: Report['kind']): Bench => ({
    ...{ format: 2, snowglobe: '0.1.0', at: 'now', machine: 'this', reports: [{ ...report, kind }] },
    bars: barsOf([{ ...report, kind }]),
    missing: [{ what: 'browser', why: 'there is none' }],
  });

  it('gives ratios, and says what was not measured', () => {
    const text = summaryOf(bench('real'));
    expect(text).toContain('Dispatches a call: 56.0 static graph, 504 tfjs operations, ratio 9.0');
    expect(text).toContain('Share of the peak: 25.0 % static graph, 2.8 % tfjs operations');
    expect(text).toContain('product 1 x 2 x 3: 70.0 % of the peak');
    expect(text).toContain('not measured: browser, because there is none');
  });

  it('gives no times of a device that has none worth reading', () => {
    expect(summaryOf(bench('null'))).not.toMatch(/Whole call|Share of the peak/);
    expect(summaryOf(bench('processor'))).not.toMatch(/Dispatches|GPU memory/);
  });

  it('is a page that needs nothing else, with what it was told as text', () => {
    for (const kind of ['real', 'processor', 'emulated', 'null'] as const) {
      const page = pageOf(bench(kind));
      expect(page).not.toMatch(/<script|src=|href=|http/);
      expect(page).toContain('a &#60;fast&#62; one');
      expect(page).toContain('aria-label="Cost of nano, 2 rows"');
      expect(page).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('holds each bar against what was measured, and against nothing else', () => {
    const opening: Opening = {
      ...{ where: 'a browser', backend: 'wasm', openings: 5, ownSteps: 24, bytes: { page: 1e5, engine: 2e5, recordings: 0, weights: 9 } }, // prettier-ignore
      ...{ picture: spread(300), moving: spread(900), ownStep: spread(2000), ownClip: spread(9000), live: spread(800) },
    };
    const verdicts = (...given: Parameters<typeof barsOf>) => barsOf(...given).map(({ verdict }) => verdict);
    const unknown = 'not measurable here';
    //                                     tfjs, onnxruntime, products, JavaScript of two, fallback, size, moving, Live
    expect(verdicts([])).toEqual(Array(9).fill(unknown));
    expect(verdicts([report], opening)).toEqual(
      ['met', 'missed', 'met', unknown, unknown, unknown, 'missed', 'met', 'missed'], // prettier-ignore
    );
    expect(verdicts([{ ...report, kind: 'null' }])[3]).toBe('met');
    expect(verdicts([{ ...report, kind: 'processor', threads: 1 }])[5]).toBe('met');
    for (const kind of ['null', 'emulated', 'processor'] as const)
      expect(verdicts([{ ...report, kind }]).slice(0, 3)).toEqual(Array(3).fill(unknown));
  });
});

describe('the ONNX file', () => {
  /** Fields of a message of protocol buffers: number, and an integer or bytes. */
  function* fields(bytes: Uint8Array): Generator<readonly [number, number | Uint8Array]> {
    let at = 0;
    const varint = () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = BigInt(bytes[at++]);
        value |= (byte & 127n) << shift;
        if (byte < 128n) return Number(BigInt.asIntN(64, value));
      }
    };
    while (at < bytes.length) {
      const key = varint();
      const value = varint();
      yield [key >> 3, key & 7 ? bytes.subarray(at, (at += value)) : value];
    }
  }
  const all = (bytes: Uint8Array, field: number) =>
    [...fields(bytes)].filter(([number]) => number === field).map(([, value]) => value as Uint8Array);
  const word = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('is a graph whose operations use only what was there before them, with the weights as they are', async () => {
    const { tiny: config } = models;
    const tensors = randomTensors(config);
    const { heads, dim, text_length, depth } = config;
    const made = (shape: number[]) => ({ shape, data: async () => new Float32Array(shape.reduce((a, b) => a * b)) });
    const each = () => Array.from({ length: depth }, () => made([2, heads, text_length, dim / heads]));
    const words = { keys: each(), values: each(), caption: made([2, 1, dim]) };
    const { file, output } = await onnxOf(config, tensors, words);
    const [graph] = all(file, 7);
    const known = new Set([...all(graph, 5).map((it) => word(all(it, 8)[0])), ...all(graph, 11).map((it) => word(all(it, 1)[0]))]); // prettier-ignore
    const types = new Map<string, number>();
    for (const node of all(graph, 1)) {
      for (const input of all(node, 1)) expect(known).toContain(word(input));
      for (const result of all(node, 2)) known.add(word(result));
      const type = word(all(node, 4)[0]);
      types.set(type, (types.get(type) ?? 0) + 1);
    }
    expect(known).toContain(output);
    expect(types.get('Softmax')).toBe(depth);
    expect(types.get('MatMul')).toBe(7 + 6 * depth); // 2 time, 1 modulation, 2 patches, 2 head; 4 linear, 2 attention
    const numbers = all(graph, 5).map((it) => all(it, 9)[0]);
    const { data } = tensors.get('embed_up.bias')!;
    const bias = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    expect(numbers.some((raw) => Buffer.from(raw).equals(bias))).toBe(true);
  });
});
