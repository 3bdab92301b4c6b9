import { describe, expect, it } from 'vitest';
import { canvasOf, type Canvas } from '../../src/reading/canvas';
import { describe as described } from '../../src/reading/describe';
import { findObjects } from '../../src/reading/find';
import { identify, type Shot } from '../../src/reading/identify';
import { sameAtBothEnds } from '../../src/reading/identity';
import { appearanceOf } from '../../src/reading/appearance';
import type { Path } from '../../src/reading/motion';
import { largestBlob, nearestColours } from '../../src/reading/segment';
import { findSpin } from '../../src/reading/spin';
import { palette } from '../../src/reading/colour';
import { follow, startFrom } from '../../src/reading/track';
import { meanExplained, readTurn } from '../../src/reading/turn';
import { fitBest, type Fit } from '../../src/reading/fit';
import { colours, pose, things, type WorldObject } from '../../src/world';
import { canvasOfScene, pictureOfScene, sceneWith, shape, thing } from './scenes';

const four = { ...shape, frames: 4 };
const shot: Shot = { noise: 0.005, pan: 0, wall: null };
const red = { colour: 'red', to: null };
const large: Partial<WorldObject> = { radius: 0.22 };

/** A canvas some of whose frames show the bare backdrop. */
function without(canvas: Canvas, gone: readonly number[]): Canvas {
  const { picture, base } = canvas;
  const pixels = picture.pixels.slice();
  const plane = 3 * picture.height * picture.width;
  for (const n of gone) pixels.set(base.subarray(n * plane, (n + 1) * plane), n * plane);
  return canvasOf({ ...picture, pixels }, base);
}

describe('which thing it is', () => {
  it.each(things)('%s is told from all others, upright', (name) => {
    const found = identify(canvasOfScene(sceneWith({ ...large, thing: name }), four), red, shot)!;
    expect([found.appearance.thing, found.turning]).toEqual([name, false]);
    expect(meanExplained(found.fits)).toBeGreaterThan(0.9);
    for (const [other, gain] of found.rivals) if (other !== name) expect(gain).toBeLessThan(0.97 * found.gain);
  });

  it('is told of what is turned, with its angle', () => {
    const found = identify(canvasOfScene(sceneWith({ ...large, thing: 'rocket', motion: 'spinning', phase: 1.2 }), four), red, shot)!; // prettier-ignore
    expect([found.appearance.thing, found.turning]).toEqual(['rocket', true]);
    for (const { angle } of found.fits) expect(Math.cos(angle - 1.2)).toBeGreaterThan(0.99);
  });

  it('is nothing where no patch shows the colour', () => {
    expect(identify(canvasOfScene(sceneWith({}), four), { colour: 'blue', to: null }, shot)).toBeUndefined();
  });
});

describe('a track', () => {
  const moving = { ...thing, motion: 'right', vx: 0.03, x: 0.25 };
  const trail = (canvas: Canvas, key: number) => {
    const labels = nearestColours(canvas, shot.noise);
    const index = colours.indexOf('red');
    const blobs = Array.from({ length: 16 }, (_, n) => largestBlob(canvas, labels, n, index, palette[index]));
    const appearance = appearanceOf('ball', 'red');
    const first = fitBest(canvas, key, appearance, [startFrom(blobs[key]!, appearance, 0)], 1, {
      turns: false,
      rounds: 6,
      soft: 2,
    });
    return { canvas, appearance, keys: new Map([[key, first]]), blobs, turns: false, walled: false };
  };
  const off = (fits: readonly Fit[]): number[] =>
    fits.map(({ x, y }, n) => Math.hypot(x - pose(moving, n).x, y - pose(moving, n).y) * 32);

  it('lies on the true path from one key frame to both ends', () => {
    const fits = follow(trail(canvasOfScene(sceneWith(moving)), 6));
    expect(Math.max(...off(fits))).toBeLessThan(0.1);
    expect(fits.every(({ explained }) => explained > 0.9)).toBe(true);
  });

  it('goes on through frames in which nothing is there, and says so', () => {
    const fits = follow(trail(without(canvasOfScene(sceneWith(moving)), [8, 9, 10]), 4));
    expect(Math.max(...off(fits))).toBeLessThan(0.3);
    expect([8, 9, 10].map((n) => fits[n].explained > 0.2)).toEqual([false, false, false]);
    expect(fits[11].explained).toBeGreaterThan(0.9);
  });

  it('goes out of the picture with its velocity', () => {
    const fast = sceneWith({ ...moving, x: 0.6, vx: 0.06 });
    const fits = follow(trail(canvasOfScene(fast), 2));
    expect(fits[15]).toMatchObject({ visible: 0, explained: 0 });
    expect(fits[15].x).toBeGreaterThan(1.2);
  });
});

describe('what is found', () => {
  const backdrop = pictureOfScene(sceneWith(), four).pixels;
  const find = (...objects: Partial<WorldObject>[]) =>
    findObjects(pictureOfScene(sceneWith(...objects), four), backdrop, shot).map(({ object }) => object);

  it('is nothing before a bare backdrop, and each thing once', () => {
    expect(find()).toEqual([]);
    expect(find({}).map(({ colour, appearance }) => [colour, appearance.thing])).toEqual([['red', 'ball']]);
    const names = find({ x: 0.2, radius: 0.13 }, { x: 0.78, thing: 'box', colour: 'blue', radius: 0.15 });
    expect(names.map(({ colour, appearance }) => `${colour} ${appearance.thing}`).sort()).toEqual([
      'blue box',
      'red ball',
    ]);
  });

  it('stands before the others, whichever of them is in front', () => {
    const both = [{ x: 0.42 }, { x: 0.6, thing: 'box', colour: 'blue' }];
    for (const order of [both, [...both].reverse()]) {
      const found = findObjects(pictureOfScene(sceneWith(...order), four), backdrop, shot);
      expect(found.map(({ object: { colour, appearance } }) => `${colour} ${appearance.thing}`).sort()).toEqual(['blue box', 'red ball']); // prettier-ignore
      for (const { object, canvas } of found) {
        expect(object.fits[0].x).toBeCloseTo(object.colour === 'red' ? 0.42 : 0.6, 1);
        expect(canvas.base).not.toEqual(backdrop);
      }
    }
  });

  it('turns from one colour into another, and is not taken for two things', () => {
    const canvas = canvasOfScene(sceneWith({ ...large, to: 'blue' }));
    const hue = { colour: 'red', to: 'blue' };
    expect(readTurn(canvas, hue, shot)).toMatchObject(hue);
    expect(readTurn(canvasOfScene(sceneWith(large)), hue, shot)).toBeUndefined();
  });
});

describe('turning on the spot', () => {
  const spin = (object: Partial<WorldObject>) => {
    const canvas = canvasOfScene(sceneWith({ ...large, thing: 'star', motion: 'spinning', ...object }));
    const found = identify(canvas, red, shot)!;
    const path: Path = {
      x: found.fits.map(({ x }) => x),
      y: found.fits.map(({ y }) => y),
      radius: found.fits.map(({ radius }) => radius),
      weight: found.fits.map(() => 1),
    };
    return findSpin(found, canvas, path);
  };

  it('is seen, its rate and its sense', () => {
    for (const omega of [0.17, -0.4]) expect(spin({ omega, phase: 0.3 })!.omega).toBeCloseTo(omega, 2);
  });

  it('is not seen in what stands upright', () => {
    expect(spin({ omega: 0 })).toBeUndefined();
  });
});

describe('what is said of an object', () => {
  const say = (object: Partial<WorldObject>, canvas = canvasOfScene(sceneWith({ ...large, ...object }))) =>
    described(identify(canvas, red, shot)!, canvas, 0, 1, false);

  it('is its words, its law and a track for every frame', () => {
    const seen = say({ thing: 'heart', motion: 'up', speed: 'slowly', vy: -0.018, y: 0.6 });
    expect(seen).toMatchObject({ colour: 'red', to: null, thing: 'heart', size: 'big', motion: 'up', speed: 'slowly' });
    expect(seen).toMatchObject({ consistency: 1, identity: true, hides: false });
    expect(seen.law.velocity[1]).toBeCloseTo(-0.018, 3);
    expect(seen.track).toHaveLength(16);
  });

  it('is growing where the radius grows, and the size without that', () => {
    const seen = say({ thing: 'heart', motion: 'growing', radius: 0.25 });
    expect([seen.motion, seen.size]).toEqual(['growing', 'big']);
    expect(seen.radius).toBeCloseTo(0.25, 2);
  });

  it('is no motion where fewer than four frames show it', () => {
    const canvas = without(canvasOfScene(sceneWith(large)), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(say({}, canvas).motion).toBe('undecided');
  });

  it('is not the same at both ends where the last frames show another thing', () => {
    const [first, second] = ['ball', 'star'].map((name) => canvasOfScene(sceneWith({ ...large, thing: name })));
    const pixels = first.picture.pixels.slice();
    pixels.set(second.picture.pixels.subarray(pixels.length / 2), pixels.length / 2);
    const canvas = canvasOf({ ...first.picture, pixels }, first.base);
    const same = (on: Canvas) => {
      const found = identify(on, red, shot)!;
      return sameAtBothEnds(on, found, found.appearance, found.fits, false);
    };
    expect([same(canvas), same(first), same(without(first, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]))]).toEqual([false, true, 'undecided']); // prettier-ignore
  });
});
