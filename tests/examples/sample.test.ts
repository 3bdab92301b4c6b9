/** The example that samples the real network in Node: it ends with what was asked for. */
import { expect, it, vi } from 'vitest';

it('draws in Node what it is asked for', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  await import('../../examples/sample');
  vi.restoreAllMocks();
  expect(lines.length).toBe(12);
  expect(lines.at(-1)).toMatch(/^step 12 of 12, t 0\.\d\d: pink /); // the thing depends on the weights, the colour never did
}, 240_000);
