import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { prove, proofScene, spoiledClip } from '../../cli/proof';
import { MeasureError, readClip, undecided, type Reading } from '../../src/reading';
import { normals } from '../../src/sampling/noise';
import { cameraShift, pose, render, world, type Scene, type WorldObject } from '../../src/world';
import { clipOf, sceneWith, shape } from './scenes';

const read = (...objects: Partial<WorldObject>[]): Reading => readClip(clipOf(sceneWith(...objects)), shape);

describe('rendered clips, blurred, with 2 % noise, in 8 bits', () => {
  // The bars; the whole proof, 2,000 clips a size, is `npm run measure:proof`.
  it.each([
    [32, 40, 0.98],
    [64, 10, 0.995],
  ])('at %i pixels are read right in every attribute', (size, count, bar) => {
    const { rows, mistakes } = prove(count, size, 7_000_000);
    for (const { name, right, total } of rows)
      expect(right / total, `${name}: ${mistakes.join('; ')}`).toBeGreaterThanOrEqual(bar);
    expect(rows.map(({ name }) => name)).toEqual([
      'setting',
      'camera',
      'count',
      'colour',
      'thing',
      'size',
      'motion',
      'speed',
    ]);
  });

  it.each(['three', 'zoom', 'collision', 'wall', 'turn', 'light', 'picture'])(
    'of the plot %s are read right, too',
    (plot) => {
      const { rows, mistakes } = prove(4, 32, 7_400_004, { plot });
      for (const { name, right, total } of rows)
        expect(right / total, `${name}: ${mistakes.join('; ')}`).toBeGreaterThan(0.95);
    },
  );

  it('say what they hide under 10 % noise, rather than guess', () => {
    const { rows } = prove(10, 32, 7_050_000, { noise: 0.1 });
    for (const { name, right, decided, total } of rows) {
      expect(right / Math.max(1, decided), name).toBeGreaterThanOrEqual(0.9);
      expect(decided / total, name).toBeGreaterThan(0.5);
    }
  });

  it('would fail its bars on the clips of other scenes', () => {
    const wrong = [0, 1, 2, 3, 4, 5, 6, 7].filter((i) => {
      const { clip } = spoiledClip(proofScene(7_100_000 + i), 32, i);
      const { objects } = readClip(clip, shape);
      const other = proofScene(7_200_000 + i).objects[0];
      return !objects.some(
        ({ colour, thing: t, motion }) => colour === other.colour && t === other.thing && motion === other.motion,
      );
    });
    expect(wrong.length).toBeGreaterThan(6);
  });
});

describe('the path', () => {
  it('lies on the true one to a twentieth of a pixel, the camera taken out', () => {
    const scene: Scene = {
      ...sceneWith({ motion: 'right', speed: 'fast', vx: 0.04, x: 0.2, y: 0.35 }),
      camera: 'right',
    };
    const reading = readClip(clipOf(scene), shape);
    expect(reading.camera).toBe('right');
    expect(reading.pan).toBeCloseTo(world.pan_speed, 3);
    const [{ track }] = reading.objects;
    track.forEach(({ x, y, radius, visible }, n) => {
      const true_ = pose(scene.objects[0], n);
      if (visible < 0.9) return;
      expect(Math.hypot(x - true_.x, y - true_.y) * 32, `frame ${n}, shift ${cameraShift(scene, n, 16)}`).toBeLessThan(
        0.05,
      );
      expect(Math.abs(radius - true_.radius) * 32).toBeLessThan(0.15);
    });
  });
});

describe('two balls that run into each other', () => {
  const pair = (after: number) => {
    const ball = { motion: 'colliding', speed: 'fast', radius: 0.13, y: 0.4, hit: 7, uy: 0 };
    return read(
      { ...ball, x: 0.5 - 0.13 - 0.04 * 7, vx: 0.04, ux: -0.03 * after },
      { ...ball, colour: 'blue', x: 0.5 + 0.13 + 0.03 * 7, vx: -0.03, ux: 0.04 * after },
    );
  };

  it('keep momentum and energy where they do', () => {
    for (const { motion, speed, law } of pair(1).objects) {
      expect([motion, speed]).toEqual(['colliding', 'fast']);
      expect(law.collision?.hit).toBeCloseTo(7, 0);
      expect(law.collision?.momentum).toBeLessThan(0.02);
      expect(law.collision?.energy).toBeGreaterThan(0.95);
      expect(law.collision?.energy).toBeLessThan(1.05);
    }
  });

  it('are said to lose energy where they do, and momentum where only one of them turns', () => {
    expect(pair(0.5).objects[0].law.collision?.energy).toBeCloseTo(0.25, 1);
    const ball = { motion: 'colliding', speed: 'fast', radius: 0.13, y: 0.4, hit: 7, uy: 0 };
    const one = read({ ...ball, x: 0.23, vx: 0.02, ux: -0.04 }, { ...ball, colour: 'blue', x: 0.63, vx: 0, ux: 0.005 });
    expect(one.objects[0].law.collision?.momentum).toBeGreaterThan(0.7);
  });

  it('are not seen in two that pass each other, or stand side by side', () => {
    const passing = read({ motion: 'right', vx: 0.04, x: 0.2, y: 0.25, radius: 0.13 }, { colour: 'blue', motion: 'left', vx: -0.04, x: 0.8, y: 0.6, radius: 0.13 }); // prettier-ignore
    expect(passing.objects.map(({ motion }) => motion).sort()).toEqual(['left', 'right']);
    const beside = read({ x: 0.35, radius: 0.13 }, { colour: 'blue', x: 0.63, radius: 0.13 });
    expect(beside.objects.map(({ motion }) => motion)).toEqual(['still', 'still']);
    expect(beside.still).toBe(true);
  });
});

describe('behind a wall', () => {
  it('a thing that comes out as another is not the same', () => {
    const large = { frames: 16, height: 64, width: 64 };
    const [first, second] = ['box', 'star'].map((name) => {
      const scene = sceneWith({ thing: name, motion: 'right', speed: 'fast', vx: 0.043, x: 0.18, radius: 0.125 });
      return render({ ...scene, wall: [0.5, 0.2] }, large);
    });
    const plane = 64 * 64;
    const clip = first.map((value, i) => 2 * (Math.floor(i / plane) % 16 < 8 ? value : second[i]) - 1);
    const { objects, wall } = readClip(clip, large);
    expect(wall?.[0]).toBeCloseTo(0.5, 1);
    expect(objects[0].identity).toBe(false);
  });

  it('nothing hides where the thing passes in front, or never comes out', () => {
    const scene = {
      ...sceneWith({ motion: 'right', speed: 'fast', vx: 0.043, x: 0.18, radius: 0.125 }),
      wall: [0.5, 0.2],
    };
    const { objects } = readClip(clipOf(scene), shape);
    expect(objects[0].hides).toBe(true);
    const gone = clipOf({ ...scene, objects: [{ ...scene.objects[0], vx: 0.02 }] });
    expect(readClip(gone, shape).objects.some(({ hides }) => hides)).toBe(false);
    expect(read({ motion: 'right', vx: 0.04, x: 0.2 }).wall).toBe(null);
  });
});

describe('the law', () => {
  it('has the velocity of uniform motion', () => {
    const { law, motion, speed } = read({ motion: 'up', speed: 'slowly', vy: -0.018, y: 0.6 }).objects[0];
    expect([motion, speed]).toEqual(['up', 'slowly']);
    expect(law.velocity[1]).toBeCloseTo(-0.018, 4);
    expect(Math.abs(law.velocity[0])).toBeLessThan(1e-4);
    expect(law.residual * 32).toBeLessThan(0.05);
  });

  it('has the gravity of a fall, also when it is not the world own', () => {
    const { law, motion } = read({ motion: 'falling', y: 0.1 }).objects[0];
    expect(motion).toBe('falling');
    expect(law.gravity).toBeGreaterThan(0.97);
    expect(law.gravity).toBeLessThan(1.03);

    // Drawn frame by frame as standing still somewhere else: a fall at 0.6 g.
    const slow = fromPoses((n) => ({ y: Math.min(0.1 + (0.6 * world.gravity * n * n) / 2, world.floor - 0.16) }));
    const [object] = readClip(slow, shape).objects;
    expect(object.motion).toBe('falling');
    expect(object.law.gravity).toBeGreaterThan(0.57);
    expect(object.law.gravity).toBeLessThan(0.63);
  });

  it('has the gravity of a bounce and when it touches the floor', () => {
    const y = world.floor - 0.16 - 0.4;
    const { law, motion } = read({ motion: 'bouncing', y }).objects[0];
    expect(motion).toBe('bouncing');
    expect(law.gravity).toBeGreaterThan(0.95);
    expect(law.gravity).toBeLessThan(1.05);
    expect(law.floorHits[0]).toBeCloseTo(Math.sqrt((2 * 0.4) / world.gravity), 1);
  });

  it('has radius, period and sense of an orbit', () => {
    const { law, motion, speed } = read({ motion: 'orbiting', speed: 'fast', omega: -0.5, reach: 0.24, phase: 1 })
      .objects[0];
    expect([motion, speed]).toEqual(['orbiting', 'fast']);
    expect(law.orbit?.radius).toBeCloseTo(0.24, 2);
    expect(law.orbit?.period).toBeCloseTo((2 * Math.PI) / 0.5, 1);
    expect(law.spin).toBeCloseTo(-0.5, 2);
  });

  it('has the rate of a spin and the ratio of a growth', () => {
    const spin = read({ thing: 'fish', motion: 'spinning', speed: 'slowly', omega: 0.17, phase: 0.4, radius: 0.25 })
      .objects[0];
    expect([spin.thing, spin.motion, spin.speed]).toEqual(['fish', 'spinning', 'slowly']);
    expect(spin.law.spin).toBeCloseTo(0.17, 2);
    spin.track.forEach(({ angle }, n) => expect(Math.cos((angle ?? 0) - 0.4 - 0.17 * n)).toBeGreaterThan(0.99));

    const growth = read({ thing: 'heart', motion: 'growing', radius: 0.25 }).objects[0];
    expect([growth.motion, growth.size]).toEqual(['growing', 'big']);
    expect(growth.law.growth).toBeGreaterThan(2.9);
    expect(growth.law.growth).toBeLessThan(3.4);
  });
});

/** A small red ball in each frame where `at` says, by drawing one still scene a frame. */
function fromPoses(at: (n: number) => Partial<WorldObject> | null): Float32Array {
  const plane = shape.height * shape.width;
  const clip = new Float32Array(3 * shape.frames * plane);
  for (let n = 0; n < shape.frames; n++) {
    const where = at(n);
    const still = clipOf(where ? sceneWith(where) : sceneWith(), { ...shape, frames: 1 });
    for (let c = 0; c < 3; c++) clip.set(still.subarray(c * plane, (c + 1) * plane), (c * shape.frames + n) * plane);
  }
  return clip;
}

describe('clips that break the world', () => {
  it('says undecided of a path that follows no law, and keeps the rest', () => {
    const jumps = [0.2, 0.7, 0.3, 0.8, 0.5, 0.2, 0.75, 0.4, 0.25, 0.8, 0.3, 0.6, 0.2, 0.7, 0.5, 0.3];
    const [object] = readClip(
      fromPoses((n) => ({ x: jumps[n], y: 0.2 + 0.03 * ((7 * n) % 16) })),
      shape,
    ).objects;
    expect(object.motion).toBe(undecided);
    expect([object.colour, object.thing]).toEqual(['red', 'ball']);
    expect(object.law.residual).toBeGreaterThan(0.05);
  });

  it('sees a thing that is not there at first, or not to the end', () => {
    const late = readClip(
      fromPoses((n) => (n < 6 ? null : { y: 0.4 })),
      shape,
    );
    expect([late.appeared, late.vanished]).toEqual([1, 0]);
    const early = readClip(
      fromPoses((n) => (n > 9 ? null : { y: 0.4 })),
      shape,
    );
    expect([early.appeared, early.vanished]).toEqual([0, 1]);
    expect(early.objects[0].consistency).toBeLessThan(0.75);
  });

  it('sees that what began as one thing ends as another', () => {
    const changed = readClip(
      fromPoses((n) => (n < 8 ? { radius: 0.25 } : { thing: 'star', radius: 0.25 })),
      shape,
    );
    expect(changed.objects[0].identity).toBe(false);
    expect(read({ radius: 0.25 }).objects[0].identity).toBe(true);
  });

  it('tells a restless picture from a quiet one', () => {
    const quiet = clipOf(sceneWith({}));
    const restless = quiet.map((value, i) => value + 0.1 * Math.sin(12.9898 * i * i));
    expect(readClip(restless, shape).flicker).toBeGreaterThan(5 * readClip(quiet, shape).flicker + 0.01);
  });

  it('reads a scene without objects, and one colour twice', () => {
    expect(read().objects).toEqual([]);
    expect(read().setting).toBe('meadow');
    const pair = read({ x: 0.2, radius: 0.13 }, { x: 0.75, thing: 'box', radius: 0.13 });
    expect(pair.objects.map(({ colour, thing: t }) => `${colour} ${t}`).sort()).toEqual(['red ball', 'red box']);
  });

  it('reads colours that are a little off and edges that are soft', () => {
    const clip = clipOf(sceneWith({ thing: 'star', colour: 'green', size: 'big', radius: 0.25 })).map(
      (value) => 0.9 * value + 0.04,
    );
    const { objects, setting } = readClip(clip, shape);
    expect(setting).toBe('meadow');
    expect(objects.map(({ colour, thing: t, size, motion }) => `${size} ${colour} ${t} ${motion}`)).toEqual([
      'big green star still',
    ]);
  });
});

describe('clips drawn by hand', () => {
  type Paint = readonly number[];
  /** A clip from a rule for each pixel, colours 0 .. 255, hard edges, no marks. */
  const drawn = (rule: (n: number, x: number, y: number) => Paint): Float32Array => {
    const { frames, height, width } = shape;
    return Float32Array.from({ length: 3 * frames * height * width }, (_, i) => {
      const [x, y, n] = [i % width, Math.floor(i / width) % height, Math.floor(i / (width * height)) % frames];
      return rule(n, x, y)[Math.floor(i / (width * height * frames))] / 127.5 - 1;
    });
  };
  const night = (y: number): Paint => (y < 26 ? [10 + y, 13 + y, 36 + 1.7 * y] : [12, 14, 32]);
  const seen = (clip: Float32Array): string[] =>
    readClip(clip, shape).objects.map(({ colour, thing: t, motion, speed }) => [colour, t, motion, speed].filter(Boolean).join(' ')); // prettier-ignore

  it('are read by shape, colour and motion, on a sky that is nearly ours', () => {
    const disc = drawn((n, x, y) => (Math.hypot(x - (8 + 0.6 * n), y - 12) < 5 ? [220, 30, 30] : night(y)));
    expect(readClip(disc, shape).setting).toBe('night');
    expect(seen(disc)).toEqual(['red ball right slowly']);
    const steps = drawn((n, x, y) => (Math.hypot(x - Math.round(26 - 1.4 * n), y - 12) < 5 ? [180, 30, 30] : night(y)));
    expect(seen(steps)).toEqual(['red ball left fast']);
    const round = drawn((n, x, y) => (Math.hypot(x - 16 - 8 * Math.cos(n / 2), y - 14 - 8 * Math.sin(n / 2)) < 5 ? [250, 220, 50] : night(y))); // prettier-ignore
    expect(seen(round)).toEqual(['yellow ball orbiting fast']);
  });

  it('are read on a plain wall as well, whose setting is undecided', () => {
    const still = drawn((_, x, y) => (Math.abs(x - 16) < 7 && Math.abs(y - 14) < 7 ? [30, 160, 60] : [128, 128, 128]));
    const reading = readClip(still, shape);
    expect([reading.seen, reading.setting, reading.camera]).toEqual([true, undecided, undecided]);
    expect(seen(still)).toEqual(['green box still']);
    const falls = drawn((n, x, y) =>
      Math.abs(x - 16) < 4.6 && Math.abs(y - Math.min(3 + 0.256 * n * n, 24.5)) < 4.6 ? [30, 80, 230] : [200, 200, 200],
    );
    expect(seen(falls)).toEqual(['blue box falling']);
  });

  it('show nothing where there is only noise, stripes or a gradient', () => {
    expect(readClip(normals(3, 7, 3 * 16 * 32 * 32), shape).seen).toBe(false);
    expect(seen(drawn((_, x) => (x % 8 < 4 ? [220, 30, 30] : [30, 80, 220])))).toEqual([]);
    expect(seen(drawn((_, _x, y) => [8 * y, 8 * y, 8 * y]))).toEqual([]);
  });

  it('that are shapeless keep colour and motion, and no thing', () => {
    const shapeless = drawn((n, x, y) => {
      const [dx, dy] = [x - 6 - 1.3 * n, y - 12];
      const blob = (dx % 3 < 1 || dy % 4 < 2) && Math.hypot(dx, dy) < 6 + 2 * Math.sin(x * 3 + y * 5 + n);
      return blob ? [36, 206, 216] : night(y);
    });
    const [object] = readClip(shapeless, shape).objects;
    expect([object.colour, object.thing, object.motion, object.identity]).toEqual([
      'cyan',
      undecided,
      'right',
      undecided,
    ]);
  });
});

describe('what is no clip', () => {
  test.each([0, 1, -1, 0.5])('a blank clip of %d shows nothing', (value) => {
    const reading = readClip(new Float32Array(3 * 16 * 32 * 32).fill(value), shape);
    expect(reading.seen).toBe(false);
    expect(reading.objects).toEqual([]);
    expect(reading.setting).toBe(undecided);
  });

  it('one frame shows things, but no motion', () => {
    const one = { ...shape, frames: 1 };
    const reading = readClip(clipOf(sceneWith({ radius: 0.25 }), one), one);
    expect(reading.setting).toBe('meadow');
    expect(reading.camera).toBe(undecided);
    for (const { motion } of reading.objects) expect(motion).toBe(undecided);
  });

  it('is refused with the cause and the next step', () => {
    const clip = clipOf(sceneWith({}));
    const broken = clip.slice();
    broken[777] = NaN;
    expect(() => readClip(broken, shape)).toThrow(/NaN: .+/);
    broken[777] = -Infinity;
    expect(() => readClip(broken, shape)).toThrow(/-Infinity: .+/);
    expect(() => readClip(clip.subarray(1), shape)).toThrow(/49151 numbers where 3 x 16 x 32 x 32 = 49152 belong: .+/);
    expect(() => readClip(clip, { ...shape, height: 31.5 })).toThrow(MeasureError);
    expect(() => readClip(clip, { ...shape, frames: 0 })).toThrow(MeasureError);
  });

  it('never ends in an error without a type, whatever it is', () => {
    const number = fc.oneof(
      { weight: 20, arbitrary: fc.double({ min: -1.5, max: 1.5, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e30, -0) },
    );
    const size = fc.record({
      frames: fc.constantFrom(0, 1, 2, 3, 5, 16),
      height: fc.constantFrom(0, 15, 16, 17, 24, 32),
      width: fc.constantFrom(16, 17, 33, NaN, -4),
    });
    fc.assert(
      fc.property(
        size,
        fc.array(number, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -1, max: 1 }),
        (s, values, extra) => {
          const wanted = 3 * s.frames * s.height * s.width;
          const length = Number.isFinite(wanted) ? Math.max(0, wanted + (extra === 1 ? 1 : 0)) : 64;
          // Few numbers, repeated: stripes and patches, which look more like things than pure noise does.
          const clip = Float32Array.from(
            { length },
            (_, i) => values[Math.floor(i / (1 + (values.length % 7))) % values.length],
          );
          try {
            const reading = readClip(clip, s);
            for (const { confidence, consistency, track } of reading.objects) {
              for (const sure of [...Object.values(confidence), consistency]) {
                expect(sure).toBeGreaterThanOrEqual(0);
                expect(sure).toBeLessThanOrEqual(1);
              }
              for (const { x, y, radius } of track) expect([x, y, radius].every(Number.isFinite)).toBe(true);
            }
          } catch (error) {
            if (!(error instanceof MeasureError)) throw error;
          }
        },
      ),
      { numRuns: 15, seed: 3 },
    );
  });

  it('keeps its figures in range for true clips that were cut up', () => {
    const plane = shape.height * shape.width;
    const damage = fc.record({
      seed: fc.integer({ min: 7_300_000, max: 7_300_040 }),
      order: fc.array(fc.integer({ min: -1, max: 15 }), { minLength: 16, maxLength: 16 }), // which frame comes when; -1 is black
      gain: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(damage, ({ seed, order, gain }) => {
        const whole = clipOf(proofScene(seed));
        const clip = new Float32Array(whole.length).fill(-1);
        for (let c = 0; c < 3; c++)
          order.forEach((from, to) => {
            if (from >= 0)
              clip.set(
                whole.subarray((16 * c + from) * plane, (16 * c + from + 1) * plane).map((x) => gain * x),
                (16 * c + to) * plane,
              );
          });
        const { objects, noise, flicker } = readClip(clip, shape);
        expect([noise, flicker].every(Number.isFinite)).toBe(true);
        expect(objects.length).toBeLessThanOrEqual(3);
        for (const { consistency, confidence, track, law, radius } of objects) {
          for (const sure of [...Object.values(confidence), consistency]) {
            expect(sure).toBeGreaterThanOrEqual(0);
            expect(sure).toBeLessThanOrEqual(1);
          }
          expect(
            [radius, law.residual, ...law.velocity, ...law.path.flat(), ...track.flatMap(({ x, y }) => [x, y])].every(
              Number.isFinite,
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  it('reads clips that are wider than high, and of other lengths', () => {
    const wide = { frames: 9, height: 32, width: 48 };
    const { objects } = readClip(
      clipOf(sceneWith({ x: 0.9, radius: 0.25, motion: 'down', vy: 0.04, y: 0.3 }), wide),
      wide,
    );
    expect(objects.map(({ colour, thing: t, motion }) => `${colour} ${t} ${motion}`)).toEqual(['red ball down']);
  });
});
