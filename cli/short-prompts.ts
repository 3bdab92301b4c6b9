/**
 * What a short prompt costs: the same films asked for in full ("A small red ball bouncing at night.") and in short ("A red
 * ball bouncing."), and in both the words that stand in both read back. `npx tsx cli/short-prompts.ts --full report/clips/attributes`,
 * a folder that `npm run evaluate -- --suite attributes` drew; the short ones are drawn beside it, with training/sample.py.
 * `--write` puts the shares into src/words/short-prompts.json, which the page tells.
 *
 * What it is not: a suite of the report card. It asks about prompts, not about a model.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asked, clipAt, score, type Folder } from '../src/evaluation';
import { readClip } from '../src/reading';
import { drawWithPython } from './evaluate/draw';
import { drawn, prepare, readAbout, readFolder } from './evaluate/folder';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { full: { type: 'string' }, n: { type: 'string', default: '256' }, write: { type: 'boolean' } } }); // prettier-ignore
if (!values.full) throw new Error('name the folder of full prompts: --full report/clips/attributes');

const count = Number(values.n);
const path = join(resolve(values.full), '..', 'short');

/** "A red ball bouncing.": colour, thing and motion; size, speed and place are left open. */
function shortened(prompt: string): string {
  const [, colour, thing, motion] = /^An? \w+ (\w+) (\w+) (standing still|moving \w+|\w+)/.exec(prompt)!;
  return `${/^[aeiou]/.test(colour) ? 'An' : 'A'} ${colour} ${thing} ${motion}.`;
}

const full = readFolder(values.full, count);
const { suite, shape, settings, model } = full;
const items = full.items.map(({ prompt, seed }) => ({ prompt: shortened(prompt), seed }));
prepare(path, { suite, shape, settings, model, items });
if (drawn(path) < readAbout(path).items.length) await drawWithPython(root, [path], { err: process.stderr });

/** Shares, in percent, of the three words that both kinds of prompt say. */
function judged(folder: Folder): Record<'colour' | 'thing' | 'motion' | 'all', number> {
  const right = { colour: 0, thing: 0, motion: 0, all: 0 };
  items.forEach(({ prompt }, i) => {
    const { words } = score(readClip(clipAt(folder, i), folder.shape), prompt);
    const of = (name: string): boolean => words.some(({ attribute, verdict }) => attribute === name && verdict === 'right');
    for (const kind of ['colour', 'thing', 'motion'] as const) right[kind] += Number(of(kind));
    right.all += Number(['colour', 'thing', 'motion'].every(of));
  });
  const percent = (n: number): number => Math.round((100 * n) / folder.items.length);
  return { colour: percent(right.colour), thing: percent(right.thing), motion: percent(right.motion), all: percent(right.all) };
} // prettier-ignore

for (const { prompt } of items) if (asked(prompt).objects.length !== 1) throw new Error(`not one thing: ${prompt}`);
const result = { model: model.name, sha256: model.sha256, count: items.length, full: judged(full), short: judged(readFolder(path, count)) }; // prettier-ignore
console.log(JSON.stringify(result, null, 2));
if (values.write) writeFileSync(join(root, 'src/words/short-prompts.json'), `${JSON.stringify(result)}\n`);
