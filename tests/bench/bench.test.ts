/** The bench on Dawn's null backend, which computes nothing, so that counts and ratios can be promised. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../bench/measure';
import { models, operationsOf, randomTensors } from '../../bench/models';
import { pageOf, summaryOf, type Bench } from '../../bench/page-of';
import { memoryOf } from '../../src/model/graph';
import { parameterShapes } from '../../src/model/config';

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
    JSON.parse(execFileSync(process.execPath, [tsx, 'bench/node.ts', 'null', 'nano'], { encoding: 'utf8' })) as Report;

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
  const figure = (implementation: 'static graph' | 'tfjs operations', times: number) => ({
    ...{ implementation, model: 'nano' as const, tokens: 128, rows: 2, operations: 1e9, calls: 5, readBacks: 1 },
    ...{ call: spread(4 * times), javascript: spread(times), firstCall: 100, dispatches: 56 * times, submits: times },
    ...{ bytes: 1e6, shareOfPeak: 0.25 / times },
  });
  const report: Report = {
    ...{ where: 'Node 1', adapter: 'a <fast> one', kind: 'real', versions: { dawn: '2' } },
    peak: { operations: 1e12, by: 'us' },
    products: [{ model: 'nano', product: '1 x 2 x 3', shareOfPeak: 0.7 }],
    figures: [figure('static graph', 1), figure('tfjs operations', 9)],
  };
  const bench = (kind: Report['kind']): Bench => ({
    ...{ at: 'now', machine: 'this', reports: [{ ...report, kind }] },
    missing: [{ what: 'browser', why: 'there is none' }],
  });

  it('gives ratios, and says what was not measured', () => {
    const text = summaryOf(bench('real'));
    expect(text).toContain('Dispatches a call: 56.0 against 504, ratio 9.0');
    expect(text).toContain('Share of the peak: 25.0 against 2.8 %');
    expect(text).toContain('product 1 x 2 x 3: 70.0 % of the peak');
    expect(text).toContain('not measured: browser, because there is none');
  });

  it('gives no times of an adapter that has none worth reading', () => {
    for (const kind of ['null', 'emulated'] as const) expect(summaryOf(bench(kind))).not.toContain('Share of the peak');
    expect(summaryOf(bench('null'))).not.toContain('Whole call');
  });

  it('is a page that needs nothing else, with what it was told as text', () => {
    const page = pageOf(bench('real'));
    expect(page).not.toMatch(/<script|src=|href=|http/);
    expect(page).toContain('a &#60;fast&#62; one');
    expect(page).toContain('aria-label="Cost"');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
