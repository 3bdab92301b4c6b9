import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, askedOf, bootstrap, sceneOf, score, wilson } from '../../src/evaluation';
import { MeasureError, readClip, type Reading } from '../../src/reading';
import { caption, draws, examplePrompts, plots, render, sampleScene, vocabulary, world } from '../../src/world';

const none = { size: null, colour: null, to: null, thing: null, motion: null, speed: null };
const steady = { light: null, wall: false, picture: false };
const scenesOf = (seed: number) => [undefined, ...plots].map((plot) => (draw = draws(seed)) => ({ draw, scene: sampleScene(draw, { plot, holes: true }) })); // prettier-ignore

describe('what a prompt asks', () => {
  it('is what its scene has, for every full caption', () => {
    for (let seed = 0; seed < 60; seed++)
      for (const next of scenesOf(seed)) {
        const { scene } = next();
        expect(asked(caption(scene)), caption(scene)).toEqual(askedOf(scene));
      }
  });

  it('is never more than its scene has, for shortened captions', () => {
    for (const next of Array.from({ length: 60 }, (_, seed) => scenesOf(seed)).flat()) {
      const { draw, scene } = next();
      const text = caption(scene, draw);
      const want = asked(text);
      const truth = askedOf(scene);
      expect(want.objects.length, text).toBe(scene.objects.length);
      expect([null, truth.setting]).toContain(want.setting);
      expect([null, truth.camera]).toContain(want.camera);
      expect([null, truth.light], text).toContain(want.light);
      expect([false, truth.wall], text).toContain(want.wall);
      expect(want.picture, text).toBe(truth.picture);
      want.objects.forEach((object, i) => {
        for (const key of ['size', 'colour', 'to', 'thing', 'motion', 'speed'] as const)
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
    ['Something big red bouncing at night.', [{ size: 'big', colour: 'red', motion: 'bouncing' }], 'night', null],
    ['a thing, red box', [{}, { colour: 'red', thing: 'box' }], null, null],
  ] as const)('"%s"', (prompt, objects, setting, camera) => {
    const all = objects.map((object) => ({ ...none, ...object }));
    expect(asked(prompt)).toEqual({ objects: all, count: all.length || null, setting, camera, ...steady });
  });

  it.each([
    ['A ball in the meadow, the camera zooms in.', { setting: 'meadow', camera: 'in', objects: [{ thing: 'ball' }] }],
    ['the camera zooms out in the snow', { setting: 'snow', camera: 'out' }],
    ['the camera pans left in the sea', { setting: 'sea', camera: 'left' }],
    ['the camera pans left, a ball moving right', { camera: 'left', objects: [{ thing: 'ball', motion: 'right' }] }],
    ['the camera in the desert', { setting: 'desert', camera: null }],
    ['a fish at sea, day turns into night', { setting: 'sea', light: 'dusk', objects: [{ thing: 'fish' }] }],
    ['the night turns into the day', { setting: null, light: 'dawn' }],
    ['a boat at night', { setting: 'night', light: null, objects: [{ thing: 'boat' }] }],
    ['a red star turns blue at night', { setting: 'night', objects: [{ colour: 'red', to: 'blue', thing: 'star' }] }],
    ['a ball turns from red to blue', { objects: [{ colour: 'red', to: 'blue', thing: 'ball' }] }],
    ['a ball turns to pink and a green box', { objects: [{ to: 'pink', thing: 'ball' }, { colour: 'green', thing: 'box' }] }], // prettier-ignore
    ['a ball moving left behind a wall and a box', { wall: true, objects: [{ thing: 'ball', motion: 'left' }, { thing: 'box' }] }], // prettier-ignore
    ['a photo of a ball', { picture: true, objects: [{ thing: 'ball' }] }],
    ['a red ball and a big blue ball collide fast', { objects: [
      { colour: 'red', thing: 'ball', motion: 'colliding', speed: 'fast' },
      { size: 'big', colour: 'blue', thing: 'ball', motion: 'colliding', speed: 'fast' },
    ] }], // prettier-ignore
    ['a ball colliding', { count: null, objects: [{ thing: 'ball', motion: 'colliding' }] }],
  ] as const)('"%s", with the words that only later models know', (prompt, want) => {
    const { objects = [], ...rest } = want as { objects?: readonly object[] };
    const all = objects.map((object) => ({ ...none, ...object }));
    const seen = asked(prompt);
    expect(seen.objects).toEqual(all);
    expect(seen).toMatchObject({ ...steady, count: all.length || null, ...rest });
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

const later = [
  'A small red ball and a big blue ball colliding slowly in the snow.',
  'A small cyan ball moving left fast behind a wall in the desert.',
  'A big star falling turns from green to pink at sea.',
  'A big orange boat bouncing in the meadow, day turns into night.',
  'A small red ring standing still at sunset, the camera zooms out.',
  'A picture of a small blue fish and a big pink heart and a small yellow box at sea.',
];

const shape = { frames: 16, height: 32, width: 32 };
const readingOf = (prompt: string, seed = 1): Reading =>
  readClip(render(sceneOf(asked(prompt), seed), shape).map((value) => 2 * value - 1), shape); // prettier-ignore

describe('a true scene of a prompt', () => {
  it('has what is asked, whatever is left open', () => {
    for (const prompt of [
      ...examplePrompts,
      'a thing',
      '',
      'a red ball and a green box at night',
      'something fast',
      ...later,
    ])
      for (let seed = 0; seed < 20; seed++) {
        const scene = sceneOf(asked(prompt), seed);
        const truth = askedOf(scene);
        asked(prompt).objects.forEach((object, i) => {
          for (const [key, word] of Object.entries(object))
            if (word !== null) expect(truth.objects[i][key as 'size'], `${key} of "${prompt}"`).toBe(word);
        });
        const { light, wall, camera } = asked(prompt);
        expect([truth.light, truth.wall, truth.camera]).toEqual([light, wall, camera]);
        if (prompt.includes('at night')) expect(scene.setting).toBe('night');
      }
  });

  it.each([...examplePrompts, ...later])('scores everything right: %s', (prompt) => {
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
