/**
 * What each part of the network does, measured by doing without it: the six films that the page opens with, drawn again
 * from the same noise, and read by machine. `npx tsx cli/ablations.ts [model] [ablation ...]`; without any, a list of its own.
 * Writes a table (docs/reference/ablations.md has it) to the standard output.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { score } from '../src/evaluation/score';
import { TransformerDenoiser } from '../src/model/denoiser';
import { readClip } from '../src/reading';
import { decode } from '../src/recording/file';
import { readAblation } from '../src/sampling/ablation';
import { run } from '../src/sampling/run';
import type { RunSettings } from '../src/sampling/types';
import { tokenize } from '../src/world/prompt';
import { openModel, type OpenModel } from './model';
import { outliveReaders } from './terminal';

const root = join(import.meta.dirname, '..');
const recordings = join(root, 'public/recordings');

/** What is tried where nobody says: all kinds, and every block by itself. */
const usual = (depth: number) => [
  'time',
  'space',
  'words.0',
  `words.${depth / 2}`,
  'shuffle.1',
  ...Array.from({ length: depth }, (_, i) => `block.${i}`),
];

interface Film {
  readonly prompt: string;
  readonly settings: RunSettings;
}

interface Seen {
  readonly flicker: number; // of the empty backdrop
  readonly right: number; // words
  readonly asked: number;
  readonly same: boolean; // there is a thing, and it stays the same one
}

async function drawn({ model, words }: OpenModel, { prompt, settings }: Film, text: string): Promise<Seen> {
  const ablation = readAblation(text);
  const { tokens } = tokenize(prompt, model.config.text_length, words);
  const denoiser = new TransformerDenoiser(model, tokens, { ablation });
  let clip: Float32Array | undefined;
  for await (const { guess } of run(denoiser, { ...settings, ablation })) clip = guess;
  denoiser.dispose();
  const reading = readClip(clip!, model.config);
  const { words: marks } = score(reading, prompt);
  return {
    flicker: reading.flicker,
    right: marks.filter(({ verdict }) => verdict === 'right').length,
    asked: marks.length,
    same: reading.objects.length > 0 && reading.objects.every(({ identity }) => identity === true),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** One line of the table: the flicker beside that of the whole network, film by film. */
function line(name: string, seen: readonly Seen[], whole: readonly Seen[]): string {
  const times = seen.map(({ flicker }, i) => flicker / whole[i].flicker).sort((a, b) => a - b);
  const cells = [
    name || 'nothing: the whole network',
    mean(seen.map(({ flicker }) => flicker)).toFixed(4),
    `${(mean(seen.map(({ flicker }) => flicker)) / mean(whole.map(({ flicker }) => flicker))).toFixed(1)} (${times[0].toFixed(1)} to ${times.at(-1)!.toFixed(1)})`,
    `${sum(seen.map(({ right }) => right))} of ${sum(seen.map(({ asked }) => asked))}`,
    `${seen.filter(({ same }) => same).length} of ${seen.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

async function measure(name: string, asked: readonly string[]): Promise<void> {
  const open = await openModel(join(root, 'models', name), 'wasm', (error) => {
    throw error;
  });
  const index = JSON.parse(await readFile(join(recordings, 'index.json'), 'utf8')) as { readonly file: string }[];
  const films: Film[] = [];
  for (const { file } of index) films.push(await decode(await readFile(join(recordings, file))));
  console.log('| without | flicker | times as much (least to most) | words right | stays the same thing |');
  console.log('| --- | --- | --- | --- | --- |');
  let whole: readonly Seen[] | undefined;
  for (const text of ['', ...(asked.length > 0 ? asked : usual(open.model.config.depth))]) {
    const seen: Seen[] = [];
    for (const film of films) seen.push(await drawn(open, film, text));
    whole ??= seen;
    console.log(line(text, seen, whole));
  }
}

outliveReaders();
const [model = 'mini', ...asked] = process.argv.slice(2);
await measure(model, asked);
