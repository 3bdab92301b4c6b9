/**
 * Every reader of bytes or text from outside, a thousand changed inputs each, after all that were found before: each ends in
 * a value or in one of our own errors, soon, and without memory that the input does not pay for. `npm run fuzz` tries more.
 */
import { expect, it } from 'vitest';
import { cases } from './changes';
import { attack } from './engine';
import { kinds } from './kinds';

it.each(kinds.map((kind) => [kind.name, kind] as const))('%s', { timeout: 120_000 }, async (_, kind) => {
  const report = await attack(kind, { seed: 1, cases });
  expect(report.cases).toBe(cases);
  expect(report.answers).toBeGreaterThan(2); // else nothing was tried that matters
});
