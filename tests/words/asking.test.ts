/** What is said of a prompt before it runs: what comes next, what is left open, and prompts that nobody expects. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { world as german } from '../../src/i18n/de/world';
import { asked } from '../../src/evaluation/asked';
import { fillPrompt, hearPrompt, nextPrompt, surprises } from '../../src/words';
import { firstCount } from '../../src/world/prompt';
import { caption, draws, plots, sampleScene, vocabulary } from '../../src/world';

const next = (text: string, words = firstCount): string[] =>
  nextPrompt(text, words, 'en').phrases.map(({ phrase }) => phrase);

describe('what can come next', () => {
  it('follows the grammar of a caption', () => {
    expect(next('a ').slice(0, 2)).toEqual(['small', 'big']);
    expect(next('a small ')).not.toContain('big');
    expect(next('a small ')).toContain('blue');
    expect(next('a small blue ')).toEqual(['ball', 'box', 'star', 'ring', 'heart', 'boat', 'fish', 'rocket']);
    expect(next('a red ball ')[0]).toBe('standing still');
    expect(next('a red ball moving left ').slice(0, 2)).toEqual(['slowly', 'fast']);
    expect(next('a red ball bouncing ')).not.toContain('slowly');
    expect(next('a red ball bouncing ')).toContain('at night');
    expect(next('a red ball bouncing ')).toContain('and a');
    expect(next('a red ball bouncing and a ')).toContain('green');
    expect(next('a red ball bouncing at night ')).not.toContain('at sea');
  });

  it('offers nothing that the model never learned', () => {
    expect(next('a ball ')).not.toContain('colliding');
    expect(next('a ball ', vocabulary.length)).toContain('colliding');
    expect(next('a ball moving left ')).not.toContain('behind a wall');
    expect(next('a ball moving left ', vocabulary.length)).toContain('behind a wall');
  });

  it('says which words were never shown together', () => {
    const holes = (text: string) => nextPrompt(text, firstCount, 'en').phrases.filter(({ never }) => never).map(({ phrase, never }) => [phrase, never]); // prettier-ignore
    expect(holes('a purple ')).toEqual([['star', 'purple']]);
    expect(holes('a fish ')).toEqual([['in the desert', 'fish']]);
    expect(holes('a red ')).toEqual([]);
  });

  it('takes whatever begins like the word that is typed', () => {
    const { before, part, phrases } = nextPrompt('a ball at nig', firstCount, 'en');
    expect([before, part]).toEqual(['a ball at ', 'nig']);
    expect(phrases.map(({ phrase }) => phrase)).toContain('night');
  });

  it('bends German words as the ones before them ask', () => {
    expect(nextPrompt('ein kleiner ', firstCount, 'de').phrases[0].phrase).toBe('red');
    expect(german.next('ein kleiner ', 'red')).toBe('roter');
    expect(german.next('eine ', 'big')).toBe('große');
    expect(german.next('ein kleiner roter ', 'ball')).toBe('Ball');
    expect(german.next('ein kleiner roter ', 'rocket')).toBe(null);
    expect(german.next('ein rotes ', 'heart')).toBe('Herz');
    expect(german.next('ein roter Ball ', 'bouncing')).toBe('hüpft');
    expect(german.next('ein roter Ball ', 'the')).toBe(null);
  });
});

/** Captions of the world with words left out, as models are trained on. */
const told = fc.record({ seed: fc.nat(1_000_000), plot: fc.constantFrom(undefined, ...plots) }).map(({ seed, plot }) => {
  const draw = draws(seed);
  return caption(sampleScene(draw, { plot }), draw);
}); // prettier-ignore

describe('a short prompt made a full one', () => {
  it('keeps what was said, and leaves nothing open', () => {
    const filled = fillPrompt('A red ball.', firstCount, 7);
    expect(filled.said).toEqual(['red', 'ball']);
    expect(filled.made.map(({ part }) => part)).toEqual(expect.arrayContaining(['size', 'motion', 'setting']));
    const { objects, setting } = asked(filled.caption);
    expect(objects[0]).toMatchObject({ colour: 'red', thing: 'ball' });
    expect([objects[0].size, objects[0].motion, setting]).not.toContain(null);
  });

  it('is a caption of the world, with every made-up word in it, in no hole that nobody asked for; and full already once it is', () => {
    fc.assert(
      fc.property(told, fc.nat(1000), (short, seed) => {
        const { caption: full, made } = fillPrompt(short, vocabulary.length, seed);
        expect(hearPrompt(full)).toMatchObject({ caption: full, changed: false });
        for (const { phrase } of made) expect(full.toLowerCase()).toContain(phrase);
        expect(hearPrompt(full).holes.length).toBeLessThanOrEqual(hearPrompt(short).holes.length);
        expect(fillPrompt(full, vocabulary.length, seed + 1)).toMatchObject({ caption: full, made: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const of = (seed: number): string => fillPrompt('A ball.', firstCount, seed).caption;
    expect(of(3)).toBe(of(3));
    expect(new Set([1, 2, 3, 4, 5].map(of)).size).toBeGreaterThan(2);
  });
});

it.each([firstCount, vocabulary.length])(
  'three prompts surprise a model of %i words: a hole, a place, two things',
  (words) => {
    for (let seed = 0; seed < 60; seed++) {
      const three = surprises(words, seed);
      expect(three.map(({ why }) => why)).toEqual(['hole', 'place', 'two']);
      const [hole, place, two] = three.map(({ prompt }) => hearPrompt(prompt, { words }));
      for (const { caption: told, changed } of [hole, place, two])
        expect([told !== '', changed]).toEqual([true, false]);
      expect(hole.holes.length).toBeGreaterThan(0);
      expect([...place.holes, ...two.holes]).toEqual([]);
      expect(asked(two.caption).objects.length).toBe(2);
    }
  },
);
