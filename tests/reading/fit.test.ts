import { describe, expect, it } from 'vitest';
import { canvasOf, robust, saturation } from '../../src/reading/canvas';
import { drawFit, fitBest, fitPose } from '../../src/reading/fit';
import { gainAt, measure, type Pull } from '../../src/reading/gain';
import { areaOf, appearanceOf, momentsOf, turningAppearance } from '../../src/reading/appearance';
import { pictureOf, rasterOf, reduced, zoomed } from '../../src/reading/picture';
import { canvasOfScene, clipOf, pictureOfScene, sceneWith } from './scenes';

const one = { frames: 1, height: 32, width: 32 };
const truth = { x: 0.52, y: 0.41, radius: 0.2, angle: 0 };
const star = canvasOfScene(sceneWith({ ...truth, thing: 'star', colour: 'yellow' }), one);
const yellow = appearanceOf('star', 'yellow');

describe('a picture', () => {
  it('is laid out by pixels, black 0 to white 1, and knows where they lie', () => {
    const picture = pictureOf(Float32Array.from({ length: 3 * 16 * 24 }, (_, i) => Math.floor(i / 384) - 1), { frames: 1, height: 16, width: 24 }); // prettier-ignore
    expect([...picture.pixels.subarray(0, 3)]).toEqual([0, 0.5, 1]);
    const { x, y, pixels } = rasterOf(picture, 0);
    expect([x[0] + x[23], y[0] + y[15], pixels]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9), 16]);
    expect(rasterOf(zoomed(picture, [2]), 0).pixels).toBe(32);
  });

  it('made smaller has the means of its squares', () => {
    const large = pictureOfScene(sceneWith({}), one);
    const small = reduced(large, 2);
    const sum = [0, 3, 96, 99].reduce((total, at) => total + large.pixels[at], 0);
    expect(small.pixels[0]).toBeCloseTo(sum / 4, 6);
    expect([small.height, small.width]).toEqual([16, 16]);
  });
});

describe('a canvas', () => {
  it('has an error where something stands before its backdrop, and nowhere else', () => {
    expect(star.baseError[0]).toBe(0);
    expect(star.baseError[13 * 32 + 16]).toBeGreaterThan(0.1);
  });

  it('hides what something else covers and explains, not what it only covers', () => {
    const { picture, base } = star;
    const cover = new Float32Array(1024).fill(1);
    const { hidden } = canvasOf(picture, base, cover);
    expect([hidden[0], hidden[13 * 32 + 16]]).toEqual([1, 0]);
    expect(canvasOf(picture, base).hidden[0]).toBe(0);
  });

  it('lets no pixel count for more than the saturation', () => {
    expect([robust(0), robust(saturation), robust(3)]).toEqual([0, saturation / 2, expect.closeTo(0.2727, 4)]);
  });
});

describe('an appearance', () => {
  it('of a ball reaches one radius and covers a disc, of which the highlight is not its own', () => {
    expect(appearanceOf('ball', 'red').reach).toBeCloseTo(1, 1);
    expect(areaOf('ball')).toBeCloseTo(Math.PI, 1);
    expect(momentsOf('ball').area).toBeLessThan(areaOf('ball') - 0.02);
  });

  it('without its marks has fewer layers, and a thing without marks the same', () => {
    expect(appearanceOf('ball', 'red', 1, true).fields.length).toBeLessThan(appearanceOf('ball', 'red').fields.length);
    expect(appearanceOf('star', 'red', 1, true).fields).toHaveLength(yellow.fields.length);
  });

  it('that turns is half of each colour half-way', () => {
    const { turning, paints } = turningAppearance(appearanceOf('star', 'red'), 'red', 'blue', [0, 0.5, 1]);
    const [first, half, last] = turning!;
    expect(first).toEqual(paints);
    expect(last).toEqual(appearanceOf('star', 'blue').paints);
    expect(half[0]).toBeCloseTo((first[0] + last[0]) / 2, 6);
  });
});

describe('the gain', () => {
  it('is greatest where the thing is, and less for another colour or thing', () => {
    const own = gainAt(star, 0, yellow, truth);
    expect(own).toBeGreaterThan(0.9 * measure(star, 0, yellow, truth, 1).error);
    for (const other of [
      gainAt(star, 0, yellow, { ...truth, x: 0.56 }),
      gainAt(star, 0, appearanceOf('star', 'green'), truth),
      gainAt(star, 0, appearanceOf('box', 'yellow'), truth),
    ])
      expect(other).toBeLessThan(0.9 * own);
  });

  it('grows the way that its slope says, in place, size and angle', () => {
    const start = { x: 0.535, y: 0.4, radius: 0.19, angle: 0.1 };
    const pull: Pull = { steps: 4, slope: new Float64Array(4), normal: new Float64Array(16) };
    measure(star, 0, yellow, start, 2, pull);
    (['x', 'y', 'radius', 'angle'] as const).forEach((key, p) => {
      const step = 1e-5;
      const [up, down] = [step, -step].map((by) => gainAt(star, 0, yellow, { ...start, [key]: start[key] + by }, 2));
      // The gain is a sum of squares, of whose slope Gauss-Newton has half.
      expect((up - down) / (2 * step) / (2 * pull.slope[p]), key).toBeCloseTo(1, 1);
    });
  });
});

describe('a fit', () => {
  it('comes from a pixel away to a twentieth of one', () => {
    const found = fitPose(star, 0, yellow, { x: 0.55, y: 0.38, radius: 0.18, angle: 0 }, { turns: false, rounds: 8, soft: 2 }); // prettier-ignore
    expect(Math.hypot(found.x - truth.x, found.y - truth.y) * 32).toBeLessThan(0.05);
    expect(Math.abs(found.radius - truth.radius) * 32).toBeLessThan(0.15);
    expect(found.visible).toBeCloseTo(1, 1);
    expect(found.explained).toBeGreaterThan(0.95);
  });

  it('finds an angle where it is free, and keeps a radius that it is told to', () => {
    const turned = canvasOfScene(sceneWith({ ...truth, thing: 'star', motion: 'spinning', phase: 0.2 }), one);
    const start = { ...truth, angle: 0.05 };
    const found = fitPose(turned, 0, appearanceOf('star', 'red'), start, { turns: true, rounds: 8 });
    expect(found.angle).toBeCloseTo(0.2, 1);
    const small = { ...truth, radius: 0.17 };
    const kept = fitPose(star, 0, yellow, small, { turns: false, rounds: 8, keep: 1e6 });
    expect(kept.radius).toBeCloseTo(0.17, 3);
  });

  it('is the best of several starts', () => {
    const away = { ...truth, x: 0.15 };
    const options = { turns: false, rounds: 6, soft: 2 };
    expect(fitBest(star, 0, yellow, [away, { ...truth, x: 0.5 }], 1, options).x).toBeCloseTo(truth.x, 2);
  });

  it('drawn, takes the thing out of the picture', () => {
    const { picture, base } = star;
    const [drawn, cover] = [base.slice(), new Float32Array(1024)];
    drawFit(picture, drawn, cover, 0, yellow, truth);
    const left = (canvas: { baseError: Float32Array }) => canvas.baseError.reduce((a, b) => a + b, 0);
    expect(left(canvasOf(picture, drawn))).toBeLessThan(0.05 * left(star));
    expect(cover.reduce((a, b) => a + b, 0) / 32 ** 2).toBeCloseTo(areaOf('star') * truth.radius ** 2, 2);
    expect(clipOf(sceneWith(), one)).toHaveLength(3 * 1024);
  });
});
