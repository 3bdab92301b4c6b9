import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  caption,
  changed,
  draws,
  examplePrompts,
  firstWords,
  inHole,
  kinds,
  kindsOf,
  motions,
  plots,
  pose,
  render,
  sampleScene,
  tokenize,
  vocabulary,
  world,
  type Scene,
  type WorldObject,
} from '../../src/world';

interface Case {
  seed: number;
  holes: boolean;
  scene: Scene;
  in_hole: boolean;
  caption: string;
  full_caption: string;
  tokens: number[];
  plot?: string;
  frames?: number;
  height: number;
  width: number;
  pixels: string;
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/world.json'), 'utf8')) as {
  cases: Case[];
};

describe('the twin in Python', () => {
  it('has shown at least 50 scenes, with every word of the vocabulary', () => {
    expect(golden.cases.length).toBeGreaterThanOrEqual(50);
    const said = new Set(
      golden.cases.flatMap(({ caption: c, full_caption: f }) => [
        ...tokenize(`${c} ${f}`, 64, vocabulary.length).tokens,
      ]),
    );
    expect(vocabulary.filter((_, i) => !said.has(i))).toEqual([]);
  });

  it.each(golden.cases)('draws from seed $seed the same scene, and captions it alike', (expected) => {
    const draw = draws(expected.seed);
    const { holes, plot, frames } = expected;
    const scene = sampleScene(draw, { holes, plot, frames });
    expect(scene.setting).toBe(expected.scene.setting);
    expect(scene.camera).toBe(expected.scene.camera);
    expect(scene.backdrop).toBeCloseTo(expected.scene.backdrop, 12);
    expect(scene.objects.length).toBe(expected.scene.objects.length);
    scene.objects.forEach((object, i) => {
      for (const [key, value] of Object.entries(expected.scene.objects[i])) {
        const mine = object[key as keyof WorldObject];
        if (typeof value === 'number') expect(mine).toBeCloseTo(value, 9);
        else expect(mine).toBe(value);
      }
    });
    expect([scene.light, scene.picture]).toEqual([expected.scene.light, expected.scene.picture]);
    expect(scene.wall?.length).toBe(expected.scene.wall?.length);
    expected.scene.wall?.forEach((place, i) => expect(scene.wall?.[i]).toBeCloseTo(place, 9));
    expect(inHole(scene)).toBe(expected.in_hole);
    expect(caption(scene, draw)).toBe(expected.caption);
    expect(caption(scene)).toBe(expected.full_caption);
    const { length } = expected.tokens;
    expect([...tokenize(expected.caption, length, vocabulary.length).tokens]).toEqual(expected.tokens);
  });

  it.each(golden.cases)('renders scene $seed within 1/255 a channel', (expected) => {
    const { scene, height, width, pixels, frames = world.frames } = expected;
    const mine = render(scene, { frames, height, width });
    const theirs = Buffer.from(pixels, 'base64');
    const plane = height * width;
    const kept = [0, Math.floor(frames / 2) - 1, frames - 1];
    let worst = 0;
    theirs.forEach((value, i) => {
      const [channel, frame] = [Math.floor(i / plane / kept.length), kept[Math.floor(i / plane) % kept.length]];
      const at = (channel * frames + frame) * plane + (i % plane);
      worst = Math.max(worst, Math.abs(Math.round(mine[at] * 255) - value));
    });
    expect(worst).toBeLessThanOrEqual(1);
  });
});

describe('the laws of motion', () => {
  const still: WorldObject = {
    thing: 'ball', colour: 'red', size: 'small', motion: 'still', speed: null, radius: 0.16,
    x: 0.5, y: 0.3, vx: 0, vy: 0, omega: 0, phase: 0, reach: 0,
  }; // prettier-ignore

  it('lets a fall gain the world gravity each frame, until the floor', () => {
    const fall = { ...still, motion: 'falling', y: 0 };
    const [a, b, c] = [0, 1, 2].map((n) => pose(fall, n).y);
    expect(c - 2 * b + a).toBeCloseTo(world.gravity, 12);
    expect(pose(fall, 15).y).toBeCloseTo(world.floor - 0.16, 12);
  });

  it('lets a bounce lose speed by the restitution at the floor, and never sink below it', () => {
    const drop = 0.4;
    const ball = { ...still, motion: 'bouncing', y: world.floor - 0.16 - drop };
    const impact = Math.sqrt((2 * drop) / world.gravity);
    const step = 1e-6;
    const before = (pose(ball, impact - step).y - pose(ball, impact - 2 * step).y) / step;
    const after = (pose(ball, impact + 2 * step).y - pose(ball, impact + step).y) / step;
    expect(-after / before).toBeCloseTo(world.restitution, 3);
    for (let n = 0; n < 40; n += 0.1) expect(pose(ball, n).y).toBeLessThanOrEqual(world.floor - 0.16 + 1e-9);
  });

  it('keeps momentum and energy in a collision, and lets the balls touch just then', () => {
    for (let seed = 0; seed < 50; seed++) {
      const [a, b] = sampleScene(draws(seed), { plot: 'collision' }).objects as Required<WorldObject>[];
      const [m, n] = [a.radius ** 2, b.radius ** 2];
      expect(m * a.ux + n * b.ux).toBeCloseTo(m * a.vx + n * b.vx, 12);
      expect(m * a.uy + n * b.uy).toBeCloseTo(0, 12);
      const energy = (...[p, q, r, s]: number[]) => m * (p * p + q * q) + n * (r * r + s * s);
      expect(energy(a.ux, a.uy, b.ux, b.uy)).toBeCloseTo(energy(a.vx, a.vy, b.vx, b.vy), 12);
      const apart = (time: number) => {
        const [p, q] = [pose(a, time), pose(b, time)];
        return Math.hypot(p.x - q.x, p.y - q.y) - a.radius - b.radius;
      };
      expect(apart(a.hit)).toBeCloseTo(0, 12);
      for (const time of [0, a.hit - 1, a.hit + 1, 15]) expect(apart(time)).toBeGreaterThan(0);
    }
  });

  it('hides a thing behind a wall, whole at half time and not at all at both ends', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { objects, wall } = sampleScene(draws(seed), { plot: 'wall' });
      const [middle, top] = wall!;
      const reach = (n: number) => Math.abs(pose(objects[0], n).x - middle);
      expect(reach(7.5) + objects[0].radius).toBeLessThan(world.wall.half_width);
      for (const n of [0, 15]) expect(reach(n)).toBeGreaterThan(world.wall.half_width);
      expect(top).toBeLessThan(objects[0].y - objects[0].radius);
      expect(objects[0].y + objects[0].radius).toBeLessThan(world.wall.bottom);
    }
  });

  it('turns a colour and the light between a quarter and three quarters of a clip, whatever its length', () => {
    for (const frames of [8, 16, 24]) {
      expect([changed(0, frames), changed((frames - 1) / 2, frames), changed(frames - 1, frames)]).toEqual([0, 0.5, 1]);
      expect(changed((frames - 1) / 4, frames)).toBeCloseTo(0, 12);
    }
  });

  it('keeps an orbit at its radius and turns it by omega a frame', () => {
    const orbit = { ...still, motion: 'orbiting', omega: 0.3, reach: 0.25, phase: 1 };
    const p = pose(orbit, 4);
    expect(Math.hypot(p.x - 0.5, p.y - 0.3)).toBeCloseTo(0.25, 12);
    expect(Math.atan2(p.y - 0.3, p.x - 0.5)).toBeCloseTo(1 + 4 * 0.3, 12);
  });
});

describe('scenes that training may see', () => {
  const scenes = Array.from({ length: 3000 }, (_, seed) => sampleScene(draws(seed)));

  it('never show a pair from the holes', () => {
    expect(scenes.filter(inHole)).toEqual([]);
  });

  it('never move at a speed inside the gap', () => {
    for (const motion of motions) {
      const { speeds, law } = world.motions[motion];
      if (!speeds) continue;
      const rates = scenes.flatMap((s) => s.objects).filter((o) => o.motion === motion)
        .map((o) => (law === 'uniform' ? Math.hypot(o.vx, o.vy) : Math.abs(o.omega))); // prettier-ignore
      expect(rates.length).toBeGreaterThan(100);
      expect(rates.filter((r) => r > speeds.slowly[1] + 1e-9 && r < speeds.fast[0] - 1e-9)).toEqual([]);
    }
  });

  it('let a spin begin nearly upright, whichever way it leans, and go clockwise', () => {
    const spins = scenes.flatMap(({ objects }) => objects).filter(({ motion }) => motion === 'spinning');
    const leans = spins.map(({ phase }) => phase);
    expect(Math.min(...leans)).toBeLessThan(-0.1);
    expect(Math.max(...leans)).toBeGreaterThan(0.1);
    expect(Math.max(...leans.map(Math.abs))).toBeLessThanOrEqual(0.15);
    for (const spin of spins) expect(pose(spin, 15).angle).toBeGreaterThan(pose(spin, 0).angle + 15 * 0.14 - 1e-9);
  });

  it('show every other pair of colour, thing, motion and setting', () => {
    const seen = new Set(
      scenes.flatMap((s) => s.objects.flatMap((o) => [`${o.colour} ${o.thing}`, `${o.thing} ${s.setting}`])),
    );
    const open = (a: string, b: string) => !world.holes.pairs.some((p) => p.includes(a) && p.includes(b));
    for (const thing of Object.keys(world.things)) {
      for (const colour of Object.keys(world.colours)) expect(seen.has(`${colour} ${thing}`)).toBe(open(colour, thing));
      for (const setting of Object.keys(world.settings))
        expect(seen.has(`${thing} ${setting}`)).toBe(open(thing, setting));
    }
  });

  it('fit their longest caption into 28 tokens', () => {
    for (const scene of scenes) expect(tokenize(caption(scene), 28).truncated).toBe(false);
  });

  it.each(plots)('of the plot "%s" fit theirs into 32, with words that the world knows', (plot) => {
    for (let seed = 0; seed < 100; seed++) {
      const draw = draws(seed);
      const scene = sampleScene(draw, { plot });
      expect(inHole(scene)).toBe(false);
      for (const text of [caption(scene), caption(scene, draw)]) {
        const { unknown, truncated } = tokenize(text, 32, vocabulary.length);
        expect([unknown, truncated]).toEqual([[], false]);
      }
    }
  });
});

describe('prompts', () => {
  it('are made of known words only, where the page offers them', () => {
    for (const phrase of [...Object.values(kinds).flat(), ...examplePrompts]) {
      expect(tokenize(phrase, 28)).toMatchObject({ unknown: [], truncated: false });
    }
  });

  it('are offered from words that a model knows, colours and things too', () => {
    const last = vocabulary.indexOf('pink');
    expect(kindsOf(last + 1).colours).toContain('pink');
    expect(kindsOf(last).colours).not.toContain('pink');
    expect(kindsOf(last).things).toEqual([]); // their words come later
  });

  it('name every word that the model never learned, and learn nothing from it', () => {
    const result = tokenize('A small green dinosaur dancing at night', 28);
    expect(result.unknown).toEqual(['dinosaur', 'dancing']);
    expect([...result.tokens]).toEqual([...tokenize('a small green at night', 28).tokens]);
  });

  it('are words in every script, with the marks that belong to a letter', () => {
    const words = 'हिन्दी नीली e\u0301toile\u20dd';
    expect(tokenize(words, 8).unknown).toEqual(words.normalize('NFC').split(' '));
  });

  it('say a word that came later only to models that learned it', () => {
    const prompt = 'A picture of a ball';
    expect(tokenize(prompt, 8).unknown).toEqual(['picture', 'of']);
    expect([...tokenize(prompt, 8).tokens]).toEqual([...tokenize('a a ball', 8).tokens]);
    expect(tokenize(prompt, 8, vocabulary.length).unknown).toEqual([]);
    expect(firstWords.every((word, i) => word === vocabulary[i])).toBe(true);
  });

  it('take aliases for the words they stand for', () => {
    expect(tokenize('a tiny ball', 8).tokens).toEqual(tokenize('a small ball', 8).tokens);
  });

  it('never fail, whatever is typed, and say so when they are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { tokens } = tokenize(text, 28);
        expect(tokens.length).toBe(28);
        expect(tokens[0]).toBe(1);
        expect([...tokens].every((t) => t >= 0 && t < vocabulary.length)).toBe(true);
      }),
    );
    expect(tokenize('red '.repeat(28), 28).truncated).toBe(true);
    expect(tokenize('__proto__ constructor toString', 8).unknown.length).toBe(2 + 1);
  });
});
