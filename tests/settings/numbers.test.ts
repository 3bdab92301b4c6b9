/** Numbers as people write them: read as they were meant, or said to be unreadable; never another number. */
import { expect, it } from 'vitest';
import { readNumber } from '../../src/settings/settings';

const anyValue = { min: -10, max: 1e7, whole: false };
const count = { min: 0, max: 1e7, whole: true };

it.each([
  ['2.5', 2.5],
  ['2,5', 2.5],
  [' 0,05 ', 0.05],
  ['0,125', 0.125],
  ['1.234', 1.234],
  ['−2,5', -2.5],
  ['２．５', 2.5],
  ['1e-2', 0.01],
  [',5', 0.5],
])('%s is %d', (text, value) => expect(readNumber(text, anyValue)).toEqual({ value, clamped: false }));

it.each([
  ['1000', 1000],
  ['1,000', 1000],
  ['1.000', 1000],
  ['1 000', 1000],
  ['1\u00a0234\u00a0567', 1234567],
  ['1’000', 1000],
  ["1'000", 1000],
])('%s of a count is %d', (text, value) => expect(readNumber(text, count)).toEqual({ value, clamped: false }));

it('a count with a fraction is rounded, and that is said', () =>
  expect(readNumber('2,5', count)).toEqual({ value: 3, clamped: true }));

it.each([
  '1,234',
  '1,2,3',
  '1.000,5',
  '1,000.5',
  '2;5',
  '2..5',
  '',
  ',',
  '5 %',
  '1/2',
  '½',
  '5²',
  'zwei',
  '9'.repeat(101),
])('%s is no number, or could be two', (text) => expect(readNumber(text, anyValue)).toBeUndefined());
