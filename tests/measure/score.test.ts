import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asked,
  askedOf,
  bootstrap,
  MeasureError,
  readClip,
  sceneOf,
  score,
  wilson,
  type Reading,
} from '../../src/measure';
import { caption, draws, examplePrompts, render, sampleScene, vocabulary, world } from '../../src/world';

const none = { size: null, colour: null, thing: null, motion: null, speed: null };

describe('what a prompt asks', () => {
  it('is what its scene has, for every full caption', () => {
    for (let seed = 0; seed < 500; seed++) {
      const scene = sampleScene(draws(seed), { holes: true });
      expect(asked(caption(scene)), caption(scene)).toEqual(askedOf(scene));
    }
  });

  it('is never more than its scene has, for shortened captions', () => {
    for (let seed = 0; seed < 500; seed++) {
      const draw = draws(seed);
      const scene = sampleScene(draw);
      const text = caption(scene, draw);
      const want = asked(text);
      const truth = askedOf(scene);
      expect(want.objects.length, text).toBe(scene.objects.length);
      expect([null, truth.setting]).toContain(want.setting);
      expect([null, truth.camera]).toContain(want.camera);
      want.objects.forEach((object, i) => {
        for (const key of ['size', 'colour', 'thing', 'motion', 'speed'] as const)
          expect([null, truth.objects[i][key]], `${key} of ${text}`).toContain(object[key]);
      });
    }
  });

  it.each([
    ['', [], null, null],
    ['night', [], 'night', null],
    ['xyzzy', [], null, null],
    ['red ball', [{ colour: 'red', thing: 'ball' }], null, null],
    [
      'A TINY Red square falls quickly',
      [{ size: 'small', colour: 'red', thing: 'box', motion: 'falling', speed: 'fast' }],
      null,
      null,
    ],
    [
      'red ball and blue box',
      [
        { colour: 'red', thing: 'ball' },
        { colour: 'blue', thing: 'box' },
      ],
      null,
      null,
    ],
    ['a bouncing green heart at sea', [{ colour: 'green', thing: 'heart', motion: 'bouncing' }], 'sea', null],
    ['a ball bouncing and spinning', [{ thing: 'ball', motion: 'bouncing' }], null, null],
    ['a ball moving left, the camera pans right', [{ thing: 'ball', motion: 'left' }], null, 'right'],
    ['something and a thing', [{}, {}], null, null],
  ] as const)('"%s"', (prompt, objects, setting, camera) => {
    const all = objects.map((object) => ({ ...none, ...object }));
    expect(asked(prompt)).toEqual({ objects: all, count: all.length || null, setting, camera });
  });

  it('is always words of the world', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...vocabulary), fc.string()), { maxLength: 40 }), (words) => {
        const want = asked(words.join(' '));
        for (const { motion, thing } of want.objects) {
          if (motion !== null) expect(world.motions).toHaveProperty([motion]);
          if (thing !== null) expect(world.things).toHaveProperty([thing]);
        }
        if (want.setting !== null) expect(world.settings).toHaveProperty([want.setting]);
      }),
      { seed: 5 },
    );
    expect(() => asked(undefined as unknown as string)).toThrow(MeasureError);
  });
});

const shape = { frames: 16, height: 32, width: 32 };
const readingOf = (prompt: string, seed = 1): Reading =>
  readClip(render(sceneOf(asked(prompt), seed), shape).map((value) => 2 * value - 1), shape); // prettier-ignore

describe('a true scene of a prompt', () => {
  it('has what is asked, whatever is left open', () => {
    for (const prompt of [...examplePrompts, 'a thing', '', 'a red ball and a green box at night', 'something fast'])
      for (let seed = 0; seed < 20; seed++) {
        const scene = sceneOf(asked(prompt), seed);
        const truth = askedOf(scene);
        asked(prompt).objects.forEach((object, i) => {
          for (const [key, word] of Object.entries(object))
            if (word !== null) expect(truth.objects[i][key as 'size'], `${key} of "${prompt}"`).toBe(word);
        });
        if (prompt.includes('night')) expect(scene.setting).toBe('night');
      }
  });

  it.each(examplePrompts)('scores everything right: %s', (prompt) => {
    const result = score(readingOf(prompt), prompt);
    expect(result.words.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
    expect([result.strict, result.binding, result.identity]).toEqual([true, true, 'right']);
    expect(result.consistency).toBe(1);
  });
});

describe('a score', () => {
  const two = readingOf('A small red ball moving left slowly and a big blue box standing still in the desert.', 4);

  it('pairs what is asked with what is seen, in any order', () => {
    const result = score(two, 'A big blue box standing still and a small red ball moving left slowly in the desert.');
    expect(result.strict).toBe(true);
    expect([...result.pairs].sort()).toEqual([0, 1]);
  });

  it('tells swapped colours: every word is there, but on the wrong thing', () => {
    const result = score(two, 'A small blue ball moving left slowly and a big red box standing still in the desert.');
    expect(result.binding).toBe(false);
    expect(result.strict).toBe(false);
    expect(result.words.filter(({ verdict }) => verdict === 'wrong').length).toBe(2);
  });

  it('counts: one thing too many is wrong, though all that is asked is there', () => {
    const result = score(two, 'a red ball');
    expect(result.words.map(({ attribute, verdict }) => `${attribute} ${verdict}`)).toEqual([
      'colour right',
      'thing right',
      'count wrong',
    ]);
    expect(result.strict).toBe(false);
  });

  it('finds nothing of a missing object', () => {
    const result = score(readingOf('a red ball standing still', 2), 'a red ball standing still and a blue box');
    const missing = result.words.filter(({ object }) => object === 1);
    expect(missing.map(({ seen, verdict }) => [seen, verdict])).toEqual([[null, 'wrong'], [null, 'wrong']]); // prettier-ignore
    expect(result.pairs).toEqual([0, null]);
  });

  it('of a blank clip has nothing right', () => {
    const blank = readClip(new Float32Array(3 * 16 * 32 * 32), shape);
    const result = score(blank, 'A small red ball bouncing at night.');
    expect(result.words.map(({ verdict }) => verdict)).not.toContain('right');
    expect([result.strict, result.consistency, result.identity]).toEqual([false, null, null]);
  });
});

describe('intervals', () => {
  it('are those of Wilson, by his formula solved the other way', () => {
    for (const [right, total] of [
      [0, 10],
      [1, 1],
      [50, 100],
      [997, 1000],
    ]) {
      // prettier-ignore
      const z = 1.959964;
      // Both ends are the shares from which the observed one is z standard errors away.
      for (const end of wilson(right, total)) {
        if (end === 0 || end === 1) continue;
        expect(Math.abs(right / total - end)).toBeCloseTo(z * Math.sqrt((end * (1 - end)) / total), 9);
      }
    }
    expect(wilson(0, 0)).toEqual([0, 1]);
    expect(() => wilson(3, 2)).toThrow(MeasureError);
    expect(() => wilson(NaN, 2)).toThrow(MeasureError);
  });

  it('of the bootstrap hold the mean about as often as they say', () => {
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const draw = draws(1000 + seed);
      const values = Array.from({ length: 40 }, () => draw());
      const [low, high] = bootstrap(values, { rounds: 300, seed });
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    expect(held).toBeGreaterThan(175);
    expect(held).toBeLessThan(200);
    expect(bootstrap([1, 2, 3])).toEqual(bootstrap([1, 2, 3]));
    expect(() => bootstrap([])).toThrow(MeasureError);
    expect(() => bootstrap([NaN])).toThrow(MeasureError);
  });
});
