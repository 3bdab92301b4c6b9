/** Own words: what is promised of every text, and the 100 prompts that nobody tuned to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked } from '../../src/evaluation/asked';
import { hearPrompt, lexicon, nearPrompt, type Hearing, type Token } from '../../src/words';
import own from '../../src/words/own.json';
import table from '../../src/words/table.json';
import { caption, draws, plots, sampleScene, tokenize, vocabulary, world } from '../../src/world';
import { character } from '../characters';
import kinds from './kinds.json';
import prompts from './prompts.json';

const firstWords = world.first_words;
const plainly = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
const find = (hearing: Hearing, text: string): Token | undefined => hearing.tokens.find((token) => token.text === text);

type Meant = readonly [text: string, caption: string, negative?: string];
const all = [prompts.english, prompts.german, prompts.slips, prompts.odd].flat() as unknown as Meant[];
const kept = (at: number): boolean => at % 4 === 3;
const isMeant = ([text, meant, negative = '']: Meant): boolean => {
  const heard = hearPrompt(text);
  return plainly(heard.caption) === plainly(meant) && heard.negative === negative;
};

describe('the 400 prompts', () => {
  it('are 300 to work on and 100 to judge by', () => {
    expect(all.length).toBe(400);
    expect(all.filter((_, at) => kept(at)).length).toBe(100);
  });

  it('of those kept to judge by, at least 95 are heard as they are meant', () => {
    const right = all.filter((each, at) => kept(at) && isMeant(each)).length; // which ones fail is nobody's business
    expect(right).toBeGreaterThanOrEqual(95);
  });

  it('of those worked on, at least 95 in a hundred', () => {
    const worked = all.filter((_, at) => !kept(at));
    expect(worked.filter(isMeant).length / worked.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe.each(Object.entries(kinds.kinds))('%s', (_, sentences) => {
  it.each(sentences)('%s', (text, meant, negative = '') => {
    expect(hearPrompt(text)).toMatchObject({ caption: meant, negative });
  });
});

/** Anything that can be typed or pasted, and words of the lists between it. */
const anything = fc.oneof(
  fc.string({ unit: character, maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.oneof(fc.constantFrom(...all.flatMap(([text]) => text.split(' '))), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 20 }).map((words) => words.join(' ')),
); // prettier-ignore

describe('of any text', () => {
  it('every visible character is in exactly one token, and the tokens are in order', () => {
    fc.assert(
      fc.property(anything, (text) => {
        let end = 0;
        for (const token of hearPrompt(text).tokens) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(end, token.start).trim()).toBe('');
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.text).toBe(text.slice(token.start, token.end));
          end = token.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('what is heard stands in the sentence: no word passes for heard that found no room in it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { caption: told, negative, tokens } = hearPrompt(text);
        const said = new Set(plainly(`${told} ${negative}`).split(' '));
        for (const { state, as } of tokens)
          if (state === 'as' || state === 'near' || state === 'not')
            for (const word of plainly(as).split(' ')) if (word !== '') expect([...said], text).toContain(word);
      }),
      { numRuns: 2000 },
    );
  });

  it('every token that is not heard as it is says what became of it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { state, how, why, as, distance } of hearPrompt(text).tokens) {
          if (state === 'near') expect(how).not.toBe(null);
          if (state === 'out' || state === 'never') expect(why).not.toBe(null);
          if (state === 'not') expect(as).not.toBe('');
          expect(distance).toBeGreaterThanOrEqual(0);
          expect(distance).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([firstWords, vocabulary.length])('the caption holds only words that a model of %i words knows', (words) => {
    fc.assert(
      fc.property(anything, (text) => {
        const { caption: told, negative } = hearPrompt(text, { words });
        expect(tokenize(`${told} ${negative}`, 64, words).unknown).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a caption heard again stays as it is', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const told = hearPrompt(text).caption;
        if (told !== '') expect(hearPrompt(told)).toMatchObject({ caption: told, negative: '', changed: false });
      }),
      { numRuns: 1000 },
    );
  });
});

/** Captions as models are trained on: every plot, long, short, with words left out. */
const captions = fc.record({ seed: fc.nat(1_000_000), plot: fc.constantFrom(undefined, ...plots), varied: fc.boolean() }).map(({ seed, plot, varied }) => {
  const draw = draws(seed);
  return caption(sampleScene(draw, { plot }), varied ? draw : undefined);
}); // prettier-ignore

describe('captions of the world', () => {
  it('pass through unchanged, so that links and recordings mean what they meant', () => {
    fc.assert(
      fc.property(captions, (text) => {
        const heard = hearPrompt(text);
        expect(heard).toMatchObject({ caption: text, negative: '', changed: false });
        expect(heard.tokens.every(({ state }) => state === 'as')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('ask for the same when they are read word by word', () => {
    fc.assert(
      fc.property(captions, (text) => {
        expect(asked(hearPrompt(`please, ${text}`).caption)).toEqual(asked(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what became of the words', () => {
  it('says which, why and how near', () => {
    const heard = hearPrompt('the crimson puppies hop quikly');
    expect(find(heard, 'the')).toMatchObject({ state: 'out', why: 'small' });
    expect(find(heard, 'crimson')).toMatchObject({ state: 'near', as: 'red', how: 'like' });
    expect(find(heard, 'puppies')).toMatchObject({ state: 'never', why: 'animal', choices: ['fish'] });
    expect(find(heard, 'hop')).toMatchObject({ state: 'near', as: 'bouncing', how: 'like' });
    expect(find(heard, 'quikly')).toMatchObject({ state: 'out', why: 'speed' });
    expect(find(hearPrompt('a baall'), 'baall')).toMatchObject({ state: 'near', as: 'ball', how: 'slip' });
    expect(find(hearPrompt('a ball bounces'), 'bounces')).toMatchObject({ as: 'bouncing', how: 'form', distance: 0.1 });
    expect(find(hearPrompt('ein roter Ball'), 'roter')).toMatchObject({ as: 'red', how: 'tongue' });
    expect(find(hearPrompt('a ball sails'), 'sails')).toMatchObject({ as: 'moving right', how: 'open' });
    expect(find(hearPrompt('a cerise ball'), 'cerise')).toMatchObject({ state: 'near', as: 'red', how: 'colour' });
  });

  it('is nothing that nobody can press on, or about what it was typed as', () => {
    const { tokens } = hearPrompt('A small red ball, bouncing at night!');
    expect(tokens.every(({ state, choices }) => state === 'as' && choices.length === 0)).toBe(true);
  });

  it('can be taken back, and chosen anew', () => {
    const text = 'a crimson ball';
    expect(hearPrompt(text, { picks: { crimson: 'pink' } })).toMatchObject({ caption: 'A pink ball.' });
    const back = hearPrompt(text, { picks: { crimson: '' } });
    expect(back.caption).toBe('A ball.');
    expect(find(back, 'crimson')).toMatchObject({ state: 'out', why: 'back' });
    expect(hearPrompt('a puppy', { picks: { puppy: 'fish' } })).toMatchObject({ caption: 'A fish.' });
    expect(hearPrompt(text, { picks: { crimson: 'no such phrase' } }).caption).toBe('A red ball.');
    expect(hearPrompt('constructor __proto__', { picks: {} }).caption).toBe('');
  });

  it('tells a word that the world has from one that the model has', () => {
    const heard = hearPrompt('two balls collide', { words: firstWords });
    expect(heard.caption).toBe('A ball and a ball.');
    expect(find(heard, 'collide')).toMatchObject({ state: 'never', why: 'model' });
  });

  it('names the holes', () => {
    expect(hearPrompt('a violet star').holes).toEqual([['purple', 'star']]);
    expect(hearPrompt('a fish in the dunes').holes).toEqual([['fish', 'desert']]);
    expect(hearPrompt('a purple ball and a star').holes).toEqual([]);
  });

  it('leaves whole words whole, in every script', () => {
    const texts = (text: string): string[] => hearPrompt(text).tokens.map((token) => token.text);
    expect(texts('एक लाल गेंद')).toEqual(['एक', 'लाल', 'गेंद']);
    expect(texts('красный шар 🚀 ❤️ 4k')).toEqual(['красный', 'шар', '🚀', '❤️', '4k']);
    expect(texts("don't naïve")).toEqual(["don't", 'naïve']);
  });
});

it('offers words that a begun one could become, with what they are heard as', () => {
  expect(nearPrompt('crims', vocabulary.length, 'en')).toContainEqual({ word: 'crimson', as: 'red' });
  expect(nearPrompt('zeppel', firstWords, 'en').every(({ as }) => as !== '')).toBe(true);
  expect(nearPrompt('', firstWords, 'en')).toEqual([]);
});

describe('the lists', () => {
  it('are small, and known by their licences', () => {
    const bytes = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../src/words', name));
    expect(bytes('table.json').length + bytes('own.json').length).toBeLessThan(150_000);
    expect(bytes('licences/wordnet.txt').toString()).toContain('Princeton University');
    expect(bytes('licences/color-name-list.txt').toString()).toContain('MIT License');
    expect(lexicon.size).toBeGreaterThan(5000);
  });

  it('give a reason on every line, and mean something that the world has or says that it lacks', () => {
    for (const [means, how, why, words] of [...own, ...table]) {
      expect(['same', 'kind', 'like', 'colour', 'slip', 'far']).toContain(how);
      expect(why.length).toBeGreaterThan(2);
      expect(words.length).toBeGreaterThan(0);
      for (const meaning of means.split(', ')) {
        const [kind, value] = meaning.split(' ');
        if (kind === 'colour') expect(Object.keys(world.colours)).toContain(value);
        if (kind === 'thing') expect([...Object.keys(world.things), 'thing']).toContain(value);
        if (kind === 'setting') expect(Object.keys(world.settings)).toContain(value);
        if (kind === 'motion') expect([...Object.keys(world.motions), 'moving']).toContain(value);
      }
    }
  });

  it('hold every word of the world that a prompt can say', () => {
    for (const word of vocabulary.slice(2)) {
      const [token] = hearPrompt(word).tokens;
      expect(token.state === 'never' ? word : '').toBe('');
    }
  });
});

it('hears a keystroke in a small share of what three milliseconds can do', () => {
  const text = 'Bitte zeig mir einen kleinen purpurroten Bal, der ganz langsam hinter einer Mauer verschwindet, and then a hugee turquoise zeppelin drifts over the ocean at dusk, no boats, please, and it never stops!';
  let sum = 0;
  const work = (): void => { for (let i = 0; i < 1_000_000; i++) sum = (sum * 31 + i) % 65_521; }; // some 3 ms where hearing takes 0.3
  const time = (act: () => void): number => { const from = performance.now(); act(); return performance.now() - from; };
  const [heard, worked]: [number[], number[]] = [[], []];
  for (let end = 1; end <= text.length; end++) {
    heard.push(time(() => hearPrompt(text.slice(0, end))));
    worked.push(time(work));
  }
  const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1];
  expect(sum).toBeGreaterThan(-1);
  expect(median(heard)).toBeLessThan(median(worked));
}); // prettier-ignore
