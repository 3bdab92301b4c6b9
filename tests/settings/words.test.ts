import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaults, promptTokens } from '../../src/settings/settings';
import { State } from '../../src/app/state';
import { chosen, firstWords, put, readPrompt, wordsOf, type Kind } from '../../src/settings/words';
import { vocabulary } from '../../src/world';
import { info, shape } from '../app/fake-run';

const { examples, kinds } = firstWords;
const later = wordsOf(vocabulary.length);

describe('choosing words', () => {
  it('finds the phrases of a prompt', () => {
    expect(chosen('A small red ball is bouncing slowly at night, the camera pans left.')).toEqual({
      sizes: 'small',
      colours: 'red',
      things: 'ball',
      motions: 'bouncing',
      speeds: 'slowly',
      settings: 'at night',
      cameras: 'the camera pans left',
    });
    expect(chosen('a reddish balloon')).toEqual({});
  });

  it('puts a phrase in, exchanges it and takes it out', () => {
    expect(put('', 'things', 'boat')).toBe('A boat.');
    expect(put('A boat.', 'colours', 'orange')).toBe('An orange boat.');
    expect(put('An orange boat.', 'sizes', 'big')).toBe('A big orange boat.');
    expect(put('A big orange boat.', 'cameras', 'the camera pans right')).toBe(
      'A big orange boat, the camera pans right.',
    );
    expect(put('A big orange boat, the camera pans right.', 'settings', 'at sea')).toBe(
      'A big orange boat at sea, the camera pans right.',
    );
    expect(put('A big orange boat at sea.', 'colours', '')).toBe('A big boat at sea.');
    expect(put('A boat at sea.', 'things', '')).toBe('At sea.');
    expect(put('At sea.', 'settings', '')).toBe('');
    expect(put('', 'motions', 'bouncing')).toBe('A thing bouncing.');
  });

  it('leaves a second thing alone', () => {
    expect(put('A red ball falling and a blue star spinning at night.', 'settings', 'in the snow')).toBe(
      'A red ball falling and a blue star spinning in the snow.',
    );
    expect(put('A red ball and a blue star.', 'sizes', 'small')).toBe('A small red ball and a blue star.');
  });

  it('leaves every example as it is when a phrase is exchanged for itself', () => {
    for (const example of examples)
      for (const kind of Object.keys(kinds) as Kind[])
        expect(put(example, kind, chosen(example)[kind] ?? '')).toBe(example);
  });

  it.each([firstWords, later])('writes only words that the model knows, all of which it can read', (words) => {
    for (const kind of Object.keys(words.kinds) as Kind[])
      for (const phrase of words.kinds[kind]) {
        const { unknown, truncated } = readPrompt(put('A big red ball moving left at sea.', kind, phrase), words.count);
        expect(unknown).toEqual([]);
        expect(truncated).toBe(false);
      }
    for (const text of words.examples) expect(readPrompt(text, words.count).unknown).toEqual([]);
  });

  it('offers what is new only to a model that knows it', () => {
    expect(kinds.motions).not.toContain('colliding');
    expect([kinds.walls, kinds.lights, kinds.pictures]).toEqual([[], [], []]);
    expect(kinds.cameras).toEqual(['the camera pans left', 'the camera pans right']);
    expect(later.kinds.motions).toContain('colliding');
    expect(later.kinds.cameras).toContain('the camera zooms in');
    expect(later.kinds.lights).toEqual(['day turns into night', 'night turns into day']);
    expect(later.examples.length).toBeGreaterThan(examples.length);
  });

  it('puts walls, light and pictures where a caption has them', () => {
    expect(put('A red ball moving left at sea.', 'walls', 'behind a wall')).toBe(
      'A red ball moving left behind a wall at sea.',
    );
    expect(put('A red ball at sea, the camera pans left.', 'lights', 'day turns into night')).toBe('A red ball at sea, the camera pans left, day turns into night.'); // prettier-ignore
    expect(put('A red ball at sea.', 'pictures', 'a picture of')).toBe('A picture of a red ball at sea.');
    expect(put('A picture of a red ball at sea.', 'pictures', '')).toBe('A red ball at sea.');
    for (const example of later.examples)
      for (const kind of ['walls', 'cameras', 'lights'] as const)
        expect(put(example, kind, chosen(example)[kind] ?? '')).toBe(example);
  });
});

describe('reading', () => {
  it('says which words the model never learned', () => {
    const { words, unknown } = readPrompt('a red zebra');
    expect(words.map(({ known }) => known)).toEqual([true, true, false]);
    expect(unknown).toEqual(['zebra']);
  });
});

it('counts as many tokens as the model that we ship reads', () => {
  const config = readFileSync(join(import.meta.dirname, '../../models/nano/config.json'), 'utf8');
  expect((JSON.parse(config) as { model: { text_length: number } }).model.text_length).toBe(promptTokens);
});

describe('with another model', () => {
  it('the page speaks the words of the one that is loaded, and says whose film a recording is', () => {
    const state = new State();
    expect(state.words.value).toBe(firstWords);
    state.prompt.value = 'A ball at sea, day turns into night.';
    expect(state.reading.value.unknown).toEqual(['day', 'turns', 'into']);
    expect(state.otherModel.value).toBe(null);
    state.engine.value = { phase: 'ready', info };
    state.run.value = { source: 'recording', model: 'small', prompt: state.prompt.value, settings: defaults, shape, steps: [], phase: 'done' }; // prettier-ignore
    expect(state.otherModel.value).toBe('small');
    state.engine.value = { phase: 'ready', info: { ...info, model: 'small', words: vocabulary.length, tokens: 32 } };
    expect(state.words.value).toBe(later);
    expect(state.reading.value.unknown).toEqual([]);
    expect(state.otherModel.value).toBe(null);
  });
});
