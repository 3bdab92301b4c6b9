import { describe, expect, it } from 'vitest';
import { collide, collided } from '../../src/reading/collide';
import { consistency, hidesIn, isMissing } from '../../src/reading/identity';
import { circle, fitLaws, growthOf, weightsOf, type Path } from '../../src/reading/motion';
import type { LawFit, SeenObject, Sighting } from '../../src/reading/types';
import { colourWord, motionsOf, sizeWord, speedWord, thingWord } from '../../src/reading/words';
import { appearanceOf } from '../../src/reading/appearance';
import { motions, pose, world, type WorldObject } from '../../src/world';
import { thing } from './scenes';

/** The true path of an object, every frame fully believed. */
const pathOf = (object: Partial<WorldObject>): Path => {
  const poses = Array.from({ length: 16 }, (_, n) => pose({ ...thing, ...object }, n, 16));
  return { x: poses.map(({ x }) => x), y: poses.map(({ y }) => y), radius: poses.map(({ radius }) => radius), weight: poses.map(() => 1) }; // prettier-ignore
};
const start: Readonly<Record<string, Partial<WorldObject>>> = {
  still: {},
  left: { vx: -0.02, x: 0.7 },
  right: { vx: 0.04, x: 0.2 },
  up: { vy: -0.02, y: 0.6 },
  down: { vy: 0.018, y: 0.3 },
  falling: { y: 0.1 },
  bouncing: { y: 0.2, phase: 3 },
  orbiting: { omega: -0.5, reach: 0.2, phase: 1 },
};

describe('the law of a path', () => {
  it.each(motions.filter((motion) => !['spin', 'growth'].includes(world.motions[motion].law)))(
    '%s is its own',
    (motion) => {
      // prettier-ignore
      const path = pathOf({ motion, ...start[motion] });
      const [best, second] = fitLaws(path);
      expect(best.fit.motion).toBe(motion);
      expect(best.fit.residual).toBeLessThan(0.003);
      expect(best.judged).toBeLessThan(0.9 * second.judged);
    },
  );

  it('has its numbers, whatever they are in the world', () => {
    const fit = (motion: string, path: Path) => fitLaws(path).find(({ fit: { motion: name } }) => name === motion)!.fit;
    expect(fit('right', pathOf({ motion: 'right', vx: 0.031, x: 0.2 })).velocity[0]).toBeCloseTo(0.031, 9);
    const slow = pathOf({});
    const falls = { ...slow, y: slow.y.map((_, n) => Math.min(0.1 + 0.7 * world.gravity * n * n / 2, world.floor - 0.16)) }; // prettier-ignore
    expect(fit('falling', falls).gravity).toBeCloseTo(0.7, 1);
    const orbit = fit('orbiting', pathOf({ motion: 'orbiting', ...start.orbiting }));
    expect([orbit.spin, orbit.orbit!.radius]).toEqual([expect.closeTo(-0.5, 2), expect.closeTo(0.2, 2)]);
  });

  it('is not bent by a frame without weight', () => {
    const path = pathOf({ motion: 'right', vx: 0.04, x: 0.2 });
    const off = { ...path, x: path.x.map((x, n) => (n === 6 ? 3 : x)), weight: path.weight.map((w, n) => (n === 6 ? 0 : w)) }; // prettier-ignore
    expect(fitLaws(off)[0].fit).toMatchObject({ motion: 'right', residual: expect.closeTo(0, 6) });
  });

  it('fits none of the world where there is none', () => {
    const path = pathOf({});
    const jumps = { ...path, x: path.x.map((_, n) => ((7 * n) % 16) / 20), y: path.y.map((_, n) => ((5 * n) % 16) / 20) }; // prettier-ignore
    expect(fitLaws(jumps)[0].fit.residual).toBeGreaterThan(0.05);
  });

  it('of what grows is how its radius changes, and of a circle its arm', () => {
    const [up, down] = ['growing', 'shrinking'].map((motion) => growthOf(pathOf({ motion, radius: 0.25 })));
    const { from = 1, to = 1 } = world.motions.growing;
    expect(up).toBeCloseTo((to - from) / (to + from), 6);
    expect(down).toBeLessThan(-0.25);
    expect(growthOf(pathOf({ motion: 'right', vx: 0.04 }))).toBeCloseTo(0, 9);
    expect(circle(pathOf({ motion: 'orbiting', ...start.orbiting }), -0.5)!.radius).toBeCloseTo(0.2, 6);
    expect(circle(pathOf({}), 0)).toBeUndefined();
  });
});

describe('a collision', () => {
  const ball = { motion: 'colliding', radius: 0.13, hit: 7, uy: 0 };
  const hit = (share: number): [Path, Path] => [
    pathOf({ ...ball, x: 0.37 - 0.04 * 7, vx: 0.04, ux: -0.03 * share }),
    pathOf({ ...ball, x: 0.63 + 0.03 * 7, vx: -0.03, ux: 0.04 * share }),
  ];

  it('is when two paths have a kink and touch, with what is kept', () => {
    const { residual, laws } = collide(hit(1), [0.13, 0.13])!;
    expect(residual).toBeCloseTo(0, 6);
    const { collision } = laws[0];
    expect(collision).toMatchObject({ other: 1, hit: expect.closeTo(7, 1), momentum: expect.closeTo(0, 2), energy: expect.closeTo(1, 2) }); // prettier-ignore
    expect(collide(hit(0.5), [0.13, 0.13])!.laws[1].collision!.energy).toBeCloseTo(0.25, 2);
  });

  it('is none where they pass by, are far apart, or have too few frames on one side', () => {
    const past = (): [Path, Path] => [pathOf({ motion: 'right', vx: 0.04, x: 0.2 }), pathOf({ motion: 'left', vx: -0.04, x: 0.8 })]; // prettier-ignore
    expect(collide(past(), [0.1, 0.1])).toBeUndefined();
    expect(collide(hit(1), [0.05, 0.05])).toBeUndefined();
    const [a, b] = hit(1);
    expect(collide([{ ...a, weight: a.weight.map((_, n) => (n < 7 ? 0 : 1)) }, b], [0.13, 0.13])).toBeUndefined();
  });

  it('is said of the two that it joins, and of no third', () => {
    const seen = (path: Path, motion: string): SeenObject =>
      ({
        track: path.x.map((x, n) => ({ x, y: path.y[n], radius: 0.13, angle: 0, visible: 1, explained: 1 })),
        radius: 0.13,
        motion,
        law: { motion, residual: 0.05 },
        residuals: {},
        confidence: {},
      }) as unknown as SeenObject;
    const [a, b] = hit(1);
    const objects = collided([seen(a, 'left'), seen(pathOf({ x: 0.95, y: 0.1 }), 'still'), seen(b, 'right')]);
    expect(objects.map(({ motion }) => motion)).toEqual(['colliding', 'still', 'colliding']);
    expect(objects.map(({ law }) => law.collision?.other)).toEqual([2, undefined, 0]);
  });
});

describe('a track', () => {
  const at = (visible: number, explained: number): Sighting => ({ x: 0, y: 0, radius: 0.1, angle: 0, visible, explained }); // prettier-ignore
  const seen = at(1, 0.9);

  it('is believed as far as it shows and explains the thing', () => {
    expect(weightsOf([at(1, 0.5), at(0.1, 1), at(1, -1)])).toEqual([0.5, 0, 0]);
  });

  it('is consistent where the thing is when it should be seen', () => {
    expect(consistency([seen, at(1, 0.1), at(0.1, 0), seen])).toBeCloseTo(2 / 3, 9);
    expect(consistency([at(0, 0)])).toBe(0);
  });

  it('begins with something missing, or does not', () => {
    expect(isMissing([at(1, 0), at(1, 0.1), seen, seen])).toBe(true);
    expect(isMissing([at(0.2, 0), at(1, 0), seen, seen])).toBe(false); // it comes in from the side
  });

  it('hides where it is seen, then not, then seen again', () => {
    expect(hidesIn([seen, at(0.1, 0), seen])).toBe(true);
    expect(hidesIn([seen, at(0.1, 0), at(0.1, 0)])).toBe(false);
    expect(hidesIn([at(0.1, 0), seen])).toBe(false);
  });
});

describe('a word', () => {
  it('of size has its border half-way, smaller in company, and is no word on it', () => {
    const { small, big } = world.sizes;
    const border = (small + big) / 2;
    expect([sizeWord(small, 1)[0], sizeWord(big, 1)[0]]).toEqual(['small', 'big']);
    expect(sizeWord(1.001 * border, 1)[1]).toBe(0);
    expect(sizeWord(0.95 * border, 1)[0]).toBe('small');
    expect(sizeWord(0.95 * border, 2)[0]).toBe('big');
  });

  it('of speed is one of the motion, undecided in the middle of the gap, and none where it has none', () => {
    const law = (motion: string, rate: number): LawFit => ({ motion, velocity: [rate, 0], spin: null }) as unknown as LawFit; // prettier-ignore
    const { slowly, fast } = world.motions.right.speeds!;
    expect([speedWord(law('right', slowly[0]))[0], speedWord(law('right', fast[1]))[0]]).toEqual(['slowly', 'fast']);
    expect(speedWord(law('right', (slowly[1] + fast[0]) / 2))[0]).toBe('undecided');
    expect(speedWord(law('still', 0))[0]).toBe(null);
  });

  it('of colour is sure on the palette, and not between two of it', () => {
    const { red, orange, yellow } = world.colours;
    expect(colourWord(red)).toEqual(['red', 1]);
    expect(colourWord(orange.map((c, i) => (c + yellow[i]) / 2))[1]).toBe(0);
  });

  it('of a thing is as sure as its lead over the next', () => {
    const sure = (rival: number) => thingWord(appearanceOf('ball', 'red'), new Map([['ball', 10], ['ring', rival]]))[1]; // prettier-ignore
    expect([sure(9.9), sure(5)]).toEqual([0, 1]);
  });

  it('of a law is every motion that has it, of growth the way it goes', () => {
    expect(motionsOf('spin')).toEqual(['spinning']);
    expect([motionsOf('growth', 0.4), motionsOf('growth', -0.4)]).toEqual([['growing'], ['shrinking']]);
  });
});
