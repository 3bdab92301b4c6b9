/** What a reader of the repository relies on: links lead somewhere, lists are whole, and names in the glossary exist. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkKeys } from '../src/settings/link';
import { rules } from '../src/sampling/guidance';
import { schedules } from '../src/sampling/schedule';
import { solvers } from '../src/sampling/solvers';
import { codeNames, glossaryPage, page as glossary } from '../scripts/glossary';

const notOurs = new Set([
  'node_modules',
  '.git',
  '.venv',
  '__pycache__',
  'dist',
  'runs',
  'coverage',
  'report',
  'golden',
]);

/** Every file under a folder that is ours. */
function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (notOurs.has(entry.name)) continue;
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

const files = [...filesIn('.')];
const pages = files.filter((file) => file.endsWith('.md'));
const read = (file: string) => readFileSync(file, 'utf8');

/** As GitHub names a heading's place. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
const placesOf = (file: string) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));

/** Relative links of a page with this text: as they stand, the file that they lead to, and the place in it. */
function linksOf(file: string, text: string) {
  const prose = text.replaceAll(/^```.*?^```/gms, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  const ours = targets.filter((target) => !/^[a-z]+:/.test(target)); // of no other host
  return ours.map((target) => {
    const [path, place] = target.split('#');
    return { target, to: path ? normalize(join(dirname(file), path)) : file, place };
  });
}

/** Those that lead nowhere. */
const deadLinks = (file: string, text: string) =>
  linksOf(file, text)
    .filter(({ to, place }) => !existsSync(to) || (place && statSync(to).isFile() && !placesOf(to).includes(place)))
    .map(({ target }) => target);

describe('links', () => {
  it.each(pages)('of %s lead to files and headings that are there', (file) => {
    expect(deadLinks(file, read(file))).toEqual([]);
  });

  it('that lead nowhere are found', () => {
    const text =
      '[a](gone.md) [b](../README.md) [c](../README.md#no-such-heading) [d](#here) [e](https://gone.example)';
    expect(deadLinks('docs/README.md', text)).toEqual(['gone.md', '../README.md#no-such-heading', '#here']);
  });

  it('in comments and messages name pages that are there', () => {
    // Not in a model's card: that is as old as its weights.
    const sources = files.filter((file) => /\.(ts|mjs|js|py|toml|html|yml)$/.test(file));
    const named = sources.flatMap((file) => (read(file).match(/\bdocs\/[\w./-]+\.(md|png|gif)\b/g) ?? []).map((name) => ({ file, name }))); // prettier-ignore
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name }) => !existsSync(name))).toEqual([]);
  });
});

describe('pages', () => {
  const docs = pages.filter((file) => file.startsWith('docs'));

  it('are no longer than 250 lines', () => {
    const written = docs.filter((file) => !file.includes('reference/api/')); // those are made, to look things up in
    expect(written.filter((file) => read(file).split('\n').length > 251)).toEqual([]);
  });

  it('are all found from docs/README.md', () => {
    const found = new Set([normalize('docs/README.md')]);
    for (const file of found)
      // grows on the way
      for (const { to } of linksOf(file, read(file))) if (to.endsWith('.md') && existsSync(to)) found.add(to);
    expect(docs.map(normalize).filter((file) => !found.has(file))).toEqual([]);
  });

  it('that say a decision are in the list, with their date', () => {
    const index = read('docs/decisions/README.md');
    const decisions = docs.map(normalize).filter((file) => /decisions[\\/](?!README)/.test(file));
    expect(decisions.length).toBeGreaterThan(10);
    for (const file of decisions) {
      const [, title, date] = /^# (.+)\n\n\D+(\d{4}-\d\d-\d\d)/.exec(read(file)) ?? [];
      expect(index.replaceAll(/ +/g, ' ')).toContain(`| ${date} | [${title}](${file.replace(/.*[\\/]/, '')}) |`);
    }
  });

  it('on links and sampling name every key, sampler, schedule and rule', () => {
    const link = read('docs/reference/link.md');
    expect(linkKeys.filter((key) => !link.includes(`\`${key}\``))).toEqual([]);
    const sampling = read('docs/reference/sampling.md');
    const names = [solvers, schedules, rules].flatMap((list) => Object.keys(list));
    expect(names.filter((name) => !sampling.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the glossary', () => {
  it('is as its sources are', async () => expect(read(glossary)).toBe(await glossaryPage()));

  it('names what the code names', () => {
    for (const [name, file] of Object.values(codeNames).flat())
      expect(read(`src/${file}`), `${name} in src/${file}`).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
