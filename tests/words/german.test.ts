/** German captions of the world: made by the strings, heard by the words as the very captions that they were made of. */
import { describe, expect, it } from 'vitest';
import { world as german } from '../../src/i18n/de/world';
import { world as english } from '../../src/i18n/en/world';
import { hearPrompt } from '../../src/words';
import { caption, draws, examplePrompts, kindsOf, laterExamples, sampleScene, vocabulary } from '../../src/world';

describe('a caption in German', () => {
  it.each([
    ['A small red ball bouncing at night.', 'Ein kleiner roter Ball hüpft bei Nacht.'],
    [
      'A big orange fish moving right slowly at sea.',
      'Ein großer orange Fisch bewegt sich langsam nach rechts auf dem Meer.',
    ],
    [
      'A small purple rocket moving up fast at night.',
      'Eine kleine lila Rakete bewegt sich schnell nach oben bei Nacht.',
    ],
    ['A picture of a big pink heart in the meadow.', 'Ein Bild von einem großen rosa Herz auf der Wiese.'],
    [
      laterExamples[0],
      'Ein kleiner roter Ball und ein großer blauer Ball stoßen schnell zusammen bei Sonnenuntergang.',
    ],
    ['A night at the opera.', 'A night at the opera.'],
  ])('%s', (told, said) => {
    expect(german.sentence(told)).toBe(said);
    expect(english.sentence(told)).toBe(told);
  });

  it('is heard as the caption that it was made of: every example, and 300 scenes of every plot', () => {
    const scenes = Array.from({ length: 300 }, (_, seed) => caption(sampleScene(draws(seed))));
    for (const told of [...examplePrompts, ...laterExamples, ...scenes]) {
      const said = german.sentence(told);
      expect(said, told).not.toBe(told);
      expect(hearPrompt(said, { words: vocabulary.length }).caption, said).toBe(told);
    }
  });

  it('has a word for everything that can be chosen', () => {
    const phrases = Object.values(kindsOf(vocabulary.length)).flat();
    expect(phrases.filter((phrase) => phrase !== 'orange' && german.phrase(phrase) === phrase)).toEqual([]);
  });

  it('names a thing by its colour, as far as it can be told', () => {
    expect(german.named('red', 'box')).toBe('rote Kiste');
    expect(german.named(null, 'box')).toBe('Kiste');
    expect(german.named('blue', null)).toBe('blaues Ding');
    expect(english.named('red', 'box')).toBe('red box');
    expect(english.named(null, null)).toBe('thing');
  });
});
