/**
 * THIRD-PARTY.txt: every package of which something went into the built page, with its version and licence.
 *
 * What counts is what the bundler put into a chunk, not what package.json asks for: the former is what we hand on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the package that a module belongs to ("…/node_modules/@scope/name"), or undefined for our own. */
export function packageOf(module) {
  return /^(?:\0|\/@fs)?(.*\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*)\//.exec(module.replaceAll('\\', '/'))?.[1];
}

/** What our own lists of words were made from: src/words/licences, each with its title and two lines about it first. */
function sourcesOfWords() {
  const folder = join(import.meta.dirname, '../src/words/licences');
  return readdirSync(folder).map((name) => {
    const [title, about, what, ...text] = readFileSync(join(folder, name), 'utf8').split('\n');
    return { title, about: `${about}\n${what}`, text: text.join('\n').trim() };
  });
}

/** Throws where a package has no licence that can be told. */
export function thirdParty(folders) {
  const entries = [...new Set(folders)].map((folder) => {
    const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { title: `${name} ${version}`, about: [license, homepage].filter(Boolean).join(', '), text: textOf(folder) };
  });
  entries.push(...sourcesOfWords());
  entries.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  return [
    'Snowglobe is made with these packages. Our thanks to all who wrote them.',
    entries.map(({ title }) => title).join('\n'),
    ...entries.map(({ title, about, text }) => `${'='.repeat(title.length)}\n${title}\n${about}\n\n${text}`),
  ].join('\n\n');
}

/** The file of the licence, or its section in the README, or the head of its source, or the text that its name stands for. */
function textOf(folder) {
  const names = readdirSync(folder);
  const read = (pattern) => {
    const name = names.find((candidate) => pattern.test(candidate));
    return name && readFileSync(join(folder, name), 'utf8').trim();
  };
  const file = read(/^(licen[cs]e|copying)(\.(md|txt))?$/i);
  if (file) return file;
  const section = read(/^readme(\.md)?$/i)?.match(/^(#+ *|)(the )?licen[cs]e\b.*\n[^]{400,}/im)?.[0];
  if (section) return section;
  const { license, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const head = main && /^(?:\/\/.*\n)+/.exec(readFileSync(join(folder, main), 'utf8'))?.[0].replace(/^\/\/ ?/gm, '');
  if (head?.includes('Permission is hereby granted')) return head.trim();
  // Packages of TensorFlow come without the text; TypeScript, which is always here, has the same one.
  if (license === 'Apache-2.0') return readFileSync('node_modules/typescript/LICENSE.txt', 'utf8').trim();
  throw new Error(`${folder} has no licence text: add one to scripts/licences.mjs`);
}
