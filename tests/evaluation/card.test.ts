/** The card of a model, read for what the page says before it runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../src/evaluation/card';

const table = `# tiny

| | |
|---|---|
| size | 3 MB |

| | tiny | 95 % | large |
|---|---|---|---|
| colour | 99 | 98 .. 100 | 12 |
| size | 70 | | 12 |
| motion | 87 | 82 .. 91 | 12 |
| speed (132 that say one) | 80 | 72 .. 86 | 12 |
| strict: everything at once | 61 | 76 .. 85 | 12 |
| two things: colours | 42 | 58 .. 66 | 12 |
| two things: strict | 3 | 0 .. 1 | |
`;

describe("a model's card", () => {
  it('says what to expect of one thing: of the words that are asked for, the weakest first', () => {
    const card = cardOf(table);
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
    const card = cardOf(table)!;
    expect(card.expected('A red ball and a blue box.')).toEqual({ things: 2, words: [{ attribute: 'colour', right: 42 }], all: 3 }); // prettier-ignore
    expect(card.expected('A ball and a box and a star.')).toEqual({ things: 3, words: [], all: null });
    expect(card.expected('At night.')).toBe(null);
  });

  it('has nothing to say where there is no such table', () => {
    expect(cardOf('# tiny\n\nA network.')).toBe(null);
    expect(cardOf('')).toBe(null);
    expect(cardOf('# tiny\n\n| strict | - |\n')).toBe(null);
  });

  it.each(['mini', 'nano'])('is there for the weights that are shipped: %s', (name) => {
    const card = cardOf(readFileSync(join(import.meta.dirname, '../../models', name, 'card.md'), 'utf8'))!;
    expect(card.model).toBe(name);
    const one = card.expected('A small red ball moving left fast at night.')!;
    expect(one.words.length).toBe(6);
    expect(one.all).toBeGreaterThan(50);
    expect(card.expected('A red ball and a blue box.')!.things).toBe(2);
  });
});
