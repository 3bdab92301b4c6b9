import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { promptTokens } from '../../src/app/settings';
import { chosen, complete, examples, kinds, put, readPrompt, type Kind } from '../../src/app/words';

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

  it('writes only words that the model knows, all of which it can read', () => {
    for (const kind of Object.keys(kinds) as Kind[])
      for (const phrase of kinds[kind]) {
        const { unknown, truncated } = readPrompt(put('A big red ball moving left at sea.', kind, phrase));
        expect(unknown).toEqual([]);
        expect(truncated).toBe(false);
      }
  });
});

describe('completion', () => {
  it('goes on from what is typed', () => {
    expect(complete('')).toEqual(examples);
    expect(complete('a small re')).toEqual(['a small red']);
    expect(complete('a small ')).toContain('a small blue');
    expect(complete('a red ball ')).toContain('a red ball bouncing');
    expect(complete('a red ball bouncing ')).toContain('a red ball bouncing at night');
    expect(complete('a zebra')).toEqual([]);
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
