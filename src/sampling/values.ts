/**
 * One value of a setting: a text as a number, and whether a number or a name is one that may stand there.
 *
 * What it is not: it knows no setting. The table of them is settings.ts.
 */
import { SettingsError } from './errors';
import type { Range } from './settings';

/** Characters: more is no number that anybody means, and thousands of digits take a tenth of a second to read. */
const longestNumber = 100;

/**
 * Text to a number, or undefined where it is none, or could be two. Written as people write numbers: 2.5 and 2,5; what must
 * be `whole` also in groups, 1,000 and 1.000 and 1 000. A value like 1,234 that need not be whole is 1.234 to one reader and
 * a thousand to another, so it is refused.
 */
export function readNumber(text: string, whole = false): number | undefined {
  if (text.length > longestNumber || /\p{No}/u.test(text)) return undefined; // 5² and ½
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[\u2212\u2013]/, '-');
  const groups = /^[+-]?[1-9]\d{0,2}(?:([., '\u2019])\d{3})(?:\1\d{3})*$/.exec(plain);
  if (groups && groups[1] === ',' && !whole) return undefined;
  const digits = groups && whole ? plain.replaceAll(groups[1], '') : plain.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
}

/** Throws a SettingsError. */
export function checkNumber(setting: string, value: number, { min, max, whole }: Range): void {
  // The comparisons are false for NaN. A file may hold anything, a text that looks like a number, too.
  if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return;
  const given = typeof value === 'number' ? value : JSON.stringify(value);
  if (min === max) throw new SettingsError(setting, given, `${min}, for the student has its guidance built in`);
  throw new SettingsError(setting, given, `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
}

/** Throws a SettingsError. */
export function checkName(setting: string, value: string, options: readonly string[]): void {
  if (!options.includes(value)) throw new SettingsError(setting, value, options.join(', '));
}
