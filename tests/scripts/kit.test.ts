/** The teacher's kit: the same each time, true of what lies here, in every language, and with links that lead somewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { articleInDocs, docsArticle, wordsOf } from '../../scripts/kit/article';
import { groundOf, readMeasured } from '../../scripts/kit/ground';
import { kit } from '../../scripts/kit/kit';
import { checksumOf, sources } from '../../scripts/kit/measure';
import { names } from '../../scripts/kit/plan';
import { decodeLink } from '../../src/settings/link';
import type { Language } from '../../src/i18n';
import { languages } from '../../src/i18n/all';
import { kit as de } from '../../src/i18n/de/kit';
import { kit as en, type KitStrings } from '../../src/i18n/en/kit';
import { figureNames } from '../../src/i18n/en/article';
import { examplePrompts } from '../../src/world/prompt';
import { fleschKincaidGrade, wienerSachtext } from '../lessons/reading-level';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 }); // a busy machine is slow, not red
const all = Object.keys(languages) as Language[];
const hardest = 8; // school years
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  files = await kit();
});

const documents = () => [...files].filter(([name]) => name !== 'index.html');
const attributes = (text: string) => [...text.matchAll(/\b(?:href|src|data-code)="([^"]*)"/g)].map(([, value]) => value.replaceAll('&amp;', '&')); // prettier-ignore

it('was measured on the recordings and the weights that lie here: else npm run kit -- --measure', () => {
  expect(readMeasured().from).toEqual(Object.fromEntries(sources.map((file) => [file, checksumOf(file)])));
});

it('made again it is the same to the last byte', async () => {
  const sum = (made: ReadonlyMap<string, string>) =>
    createHash('sha256')
      .update(JSON.stringify([...made]))
      .digest('hex');
  expect(sum(await kit())).toBe(sum(files));
});

it('has every document in every language', () => {
  const wanted = all.flatMap((language) => [...names, 'index'].map((name) => `${language}/${name}.html`));
  expect([...files.keys()].sort()).toEqual([...wanted, 'index.html'].sort());
});

it('leaves no value out', () => {
  for (const [name, text] of files) {
    const said = text.replace(/<script type="module">[^]*?<\/script>|<style>[^]*?<\/style>|data:[^"]*/g, '');
    expect(said, name).not.toMatch(/undefined|\bNaN\b|[>"]null\b|\[object/);
  }
});

it('asks for nothing outside the document', () => {
  for (const [name, text] of documents()) {
    expect(text, name).toContain(`Content-Security-Policy" content="default-src 'none'`);
    for (const source of attributes(text.replace(/<iframe[^>]*>/g, '')).filter((value) => /^[a-z]+:/.test(value)))
      expect(source.slice(0, 22), name).toBe('data:image/png;base64,');
  }
});

describe('links', () => {
  it('to the page are read without a remark, in the language of the document', () => {
    let count = 0;
    for (const [name, text] of documents())
      for (const link of attributes(text).filter((value) => value.startsWith('../../'))) {
        const url = new URL(link, 'https://school.test/snowglobe/kit/en/');
        expect(url.pathname).toBe('/snowglobe/');
        expect(url.searchParams.get('lang')).toBe(name.split('/')[0]);
        const { state, notices } = decodeLink(url.hash, examplePrompts[0]);
        expect(notices, link).toEqual([]);
        if (url.hash.includes('chapter=')) expect([state.view, state.chapter]).toEqual(['story', Number(/chapter=(\d)/.exec(url.hash)![1])]); // prettier-ignore
        count++;
      }
    expect(count).toBeGreaterThan(40);
  });

  it('within the kit lead to documents that are there', () => {
    for (const [name, text] of files)
      for (const link of attributes(text).filter((value) => /^(?!\.\.\/\.\.\/)[\w./-]+\.html$/.test(value)))
        expect([...files.keys()], `${link} in ${name}`).toContain(join(name, '..', link));
  });
});

describe.each(all)('in %s', (language) => {
  const of = (name: string) => files.get(`${language}/${name}.html`)!;

  it('the slides are eight, and ask before they show', () => {
    const slides = of('slides').split('<section class="slide">').slice(1);
    expect(slides.length).toBe(8);
    for (const slide of slides.slice(1, -1)) {
      expect(slide.indexOf('class="choices"')).toBeGreaterThan(0);
      expect(slide.indexOf('class="choices"')).toBeLessThan(slide.indexOf('<details>'));
      expect(slide.replace(/<details>[^]*<\/details>/, '')).not.toContain('class="sentence"');
    }
  });

  it('the worksheet gives nothing away, the answer key does', () => {
    expect(of('worksheet')).not.toMatch(/class="(came|sentence)"/);
    expect(of('answers').match(/<li class="came">/g)!.length).toBeGreaterThanOrEqual(9);
    expect(of('answers').match(/class="sentence"/g)!.length).toBe(8);
  });

  it('what pupils hold in their hands is read with ease', () => {
    const strings: KitStrings = { en, de }[language];
    const texts = (value: unknown): string[] =>
      typeof value === 'string' ? [/[.?!:]$/.test(value) ? value : `${value}.`] : typeof value === 'object' && value ? Object.values(value).flatMap(texts) : []; // prettier-ignore
    const { bridge: _, ...starter } = strings.starter; // for the teacher
    for (const part of [strings.worksheet, starter, strings.homework]) {
      const text = texts(part).join(' ');
      expect(language === 'de' ? wienerSachtext(text) : fleschKincaidGrade(text)).toBeLessThanOrEqual(hardest);
    }
  });

  it('the article has 1,500 to 2,500 words and six figures, each with its picture', async () => {
    const text = wordsOf(await groundOf(language));
    const { length } = text.split(/\s+/);
    expect(length).toBeGreaterThanOrEqual(1500);
    expect(length).toBeLessThanOrEqual(2500);
    const figures = of('article').split('<figure>').slice(1);
    expect(figures.length).toBe(figureNames.length);
    for (const figure of figures)
      expect(figure).toMatch(/^\s*(?:<div class="two">\s*)?<(img|svg)[^]*<details[^]*<iframe loading="lazy"/);
  });
});

it('docs/article.md is the article: else npm run kit -- --docs', async () => {
  expect(readFileSync(docsArticle, 'utf8')).toBe(await articleInDocs(await groundOf('en')));
});
