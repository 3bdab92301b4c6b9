/** The report of a model, read for what the page says before it runs, and made of what the reader judged. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelReport } from '../../cli/report';
import { cardOf } from '../../src/evaluation/card';

const shape = { frames: 16, height: 32, width: 32 };
const about = { network: 'tiny', decoded: false, clips: 100, seeds: [0, 99], shape, settings: { steps: 24, sampler: 'heun' } }; // prettier-ignore
const set = (name: string, scores: object, more = {}) => ({ name, ...about, scores, ...more });
const report = (...sets: unknown[]) => ({ version: 1, model: 'tiny', sha256: '0', command: '', sets });
const one = set('one thing', {
  colour: [99, 100],
  size: [7, 10],
  motion: [87, 100],
  speed: [33, 41],
  strict: [61, 100],
});
const all = report(
  set('one thing', { strict: [1, 100], motion: [1, 100] }, { network: 'student' }),
  set('one thing', { strict: [2, 100], motion: [2, 100] }, { decoded: true }),
  one,
  set('two things', { colour: [84, 200], strict: [3, 100] }),
);

describe("a model's card", () => {
  it('says what to expect of one thing: of the words that are asked for, the weakest first', () => {
    const card = cardOf(all);
    expect(card?.model).toBe('tiny');
    expect(card?.expected('A red ball moving left fast.')).toEqual({
      things: 1,
      words: [
        { attribute: 'speed', right: 80 },
        { attribute: 'motion', right: 87 },
        { attribute: 'colour', right: 99 },
      ],
      all: 61,
    });
  });

  it('says of two things what was measured of two, and of three that nothing was', () => {
    const card = cardOf(all)!;
    expect(card.expected('A red ball and a blue box.')).toEqual({ things: 2, words: [{ attribute: 'colour', right: 42 }], all: 3 }); // prettier-ignore
    expect(card.expected('A ball and a box and a star.')).toEqual({ things: 3, words: [], all: null });
    expect(card.expected('At night.')).toBe(null);
  });

  it('has nothing to say where nobody has measured it, or of a report of another version', () => {
    for (const none of [
      null,
      'x',
      {},
      report(),
      report(set('one thing', {})),
      { ...all, version: 2 },
      report({ ...one, scores: 7 }),
    ])
      expect(cardOf(none)).toBe(null);
  });

  it('is there for the weights that are shipped', () => {
    const card = cardOf(JSON.parse(readFileSync('models/mini/report.json', 'utf8')))!;
    const { words, all } = card.expected('A small red ball moving left fast at night.')!;
    expect([card.model, words.length]).toEqual(['mini', 6]);
    expect(all).toBeGreaterThan(50);
    expect(card.expected('A red ball and a blue box.')!.words.length).toBe(1);
  });
});

it('a report is of the weights that lie there, and of no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'snowglobe-report-'));
  const { sha256, sets } = JSON.parse(readFileSync('models/mini/report.json', 'utf8')) as { sha256: string; sets: { scores: object }[] }; // prettier-ignore
  const bars = { clips: { strict: { right: 3, total: 4 }, to: { right: 0, total: 0 } } };
  const judged = {
    model: { sha256 },
    decoder: null,
    settings: { steps: 1, sampler: 'euler' },
    shape,
    sets: [],
    binding: null,
  };
  const write = (change = {}) =>
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ ...judged, attributes: { judgement: { bars, items: [{ seed: 5 }, { seed: 6 }] } }, ...change })); // prettier-ignore
  write();
  expect(modelReport('models/mini', [folder])).toMatchObject({
    model: 'mini',
    sha256,
    sets: [{ name: 'one thing', network: 'mini', decoded: false, clips: 2, seeds: [5, 6], scores: { strict: [3, 4] } }],
  });
  write({ model: { sha256: 'f'.repeat(64) } });
  expect(() => modelReport('models/mini', [folder])).toThrow('other weights');
  rmSync(folder, { recursive: true });
  expect(sets.length).toBeGreaterThan(1);
});
