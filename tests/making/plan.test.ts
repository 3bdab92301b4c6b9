import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  boxHole,
  fits,
  mostCount,
  painted,
  planOf,
  planText,
  readPlan,
  sourcesOf,
  starts,
  toggled,
  type Kind,
  type Plan,
} from '../../src/making/plan';

const shape = { frames: 16, height: 32, width: 32 };
const shapes = fc.record({
  frames: fc.integer({ min: 2, max: 24 }),
  height: fc.constantFrom(4, 8, 32),
  width: fc.constantFrom(4, 8, 48),
});

const plans: fc.Arbitrary<{ plan: Plan; shape: typeof shape }> = shapes.chain((shape) => {
  const { frames, height, width } = shape;
  const bit = fc.integer({ min: 0, max: 1 });
  const hole = fc
    .tuple(
      fc.nat(frames - 1),
      fc.nat(frames - 1),
      fc.array(bit, { minLength: height * width, maxLength: height * width }),
    )
    .map(([a, b, bits]) => ({ first: Math.min(a, b), last: Math.max(a, b), pixels: Uint8Array.from(bits) }));
  return fc
    .record({
      kind: fc.constantFrom<Kind>(...starts, 'own'),
      frames: fc.array(fc.option(fc.nat(2 * frames - 1)), { minLength: frames, maxLength: frames }),
      dx: fc.integer({ min: 1 - width, max: width - 1 }),
      dy: fc.integer({ min: 1 - height, max: height - 1 }),
      hole: fc.option(hole),
    })
    .map((plan) => ({ plan, shape }));
});

describe('a ready-made plan', () => {
  const frames = (kind: (typeof starts)[number], count = 4) => planOf(kind, shape, { count, at: 7 }).frames;
  const rest = (count: number) => Array<null>(count).fill(null);

  it('gives the frames that its name says', () => {
    expect(frames('still')).toEqual([7, ...rest(15)]);
    expect(frames('forward')).toEqual([12, 13, 14, 15, ...rest(12)]);
    expect(frames('backward', 3)).toEqual([...rest(13), 0, 1, 2]);
    expect(frames('gap', 2)).toEqual([0, 1, ...rest(12), 14, 15]);
    expect(frames('loop')).toEqual([12, 13, 14, 15, ...rest(8), 0, 1, 2, 3]);
    expect(frames('connect')).toEqual([12, 13, 14, 15, ...rest(8), 16, 17, 18, 19]); // of the second film
    expect(frames('region')).toEqual([...Array(16).keys()]);
    expect(planOf('region', shape).hole!.pixels.reduce((sum, made) => sum + made, 0)).toBe(16 * 16);
    expect(planOf('shift', shape)).toMatchObject({ dx: -8, dy: 0, hole: null });
  });

  it('is one for every shape, says how many films it needs, and leaves something to make up', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(...starts), fc.nat(30), fc.nat(40), (shape, kind, count, at) => {
        const plan = planOf(kind, shape, { count, at });
        const needed = kind === 'connect' ? 2 : 1;
        expect(fits(plan, shape, needed)).toBe(true);
        expect(sourcesOf(plan)).toBe(needed);
        const made = plan.frames.includes(null) || plan.dx !== 0 || plan.hole !== null;
        if (shape.frames > 2 || !['gap', 'loop', 'connect'].includes(kind)) expect(made).toBe(true);
      }),
    );
    expect(mostCount(shape)).toBe(7);
  });
});

describe('on the strip', () => {
  it('a frame becomes made up, and given again as it was', () => {
    const forward = planOf('forward', shape);
    const without = toggled(forward, 2, 16);
    expect(without.kind).toBe('own');
    expect(without.frames.slice(0, 5)).toEqual([12, 13, null, 15, null]);
    expect(toggled(without, 2, 16).frames).toEqual(forward.frames);
  });

  it('a frame that becomes given goes on from its neighbour, but not beyond the film', () => {
    expect(toggled(planOf('backward', shape), 11, 16).frames[11]).toBe(0); // one before the first would be -1
    expect(toggled(planOf('still', shape, { at: 5 }), 3, 16).frames[3]).toBe(8);
    const none: Plan = { kind: 'own', frames: Array<null>(16).fill(null), dx: 0, dy: 0, hole: null };
    expect(toggled(none, 3, 16).frames[3]).toBe(3);
    expect(sourcesOf(none)).toBe(0);
  });

  it('a hole is painted and filled again, within its frames', () => {
    const plan = {
      ...planOf('region', shape),
      hole: { ...boxHole({ x: 0, y: 0, width: 2, height: 2 }, shape), last: 7 },
    };
    const more = painted(plan, { x: 30, y: 31, width: 9, height: 9 }, shape, false);
    expect(more.hole).toMatchObject({ first: 0, last: 7 });
    const places = [...more.hole!.pixels].flatMap((made, i) => (made ? [i] : []));
    expect(places).toEqual([0, 1, 32, 33, 1022, 1023]);
    expect(painted(more, { x: 0, y: 0, width: 32, height: 32 }, shape, true).hole).toBeNull();
  });
});

describe('as text', () => {
  it('is short where the plan is plain', () => {
    expect(planText(planOf('forward', shape))).toBe('forward.12-15.x12');
    expect(planText(planOf('still', shape))).toBe('still.0.x15');
    expect(planText(planOf('shift', shape))).toBe('shift.0-15*s.n8.0');
    expect(planText(planOf('region', shape))).toMatch(/^region\.0-15\*h\.0\.15\.[0-9a-f]{256}$/);
  });

  it('comes back as it was, in characters that a link leaves alone', () => {
    fc.assert(
      fc.property(plans, ({ plan, shape }) => {
        const text = planText(plan);
        expect(text).toMatch(/^[a-z][a-z0-9.*-]*[a-z0-9]$/);
        expect(readPlan(text)).toEqual(plan);
        expect(fits(plan, shape)).toBe(true);
      }),
    );
  });

  it('is never more than it may be, whatever stands there', () => {
    const piece = fc.constantFrom(
      'own',
      'forward',
      '.',
      '*',
      '-',
      'x',
      'h',
      's',
      'n',
      '0',
      '15',
      '9999',
      'ff',
      ' ',
      '²',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          const plan = readPlan(text);
          if (!plan) return;
          expect(plan.frames.length).toBeLessThanOrEqual(64);
          expect(readPlan(planText(plan))).toEqual(plan);
        },
      ),
      { numRuns: 2000 },
    );
    for (const text of [
      '',
      'forward',
      'forward.',
      'forward.5-4',
      'forward.0-9999',
      'what.x16',
      'own.x16*q.1',
      'own.x0',
    ])
      expect(readPlan(text)).toBeUndefined();
  });
});

test('a plan for other clips is found out', () => {
  const plan = planOf('connect', shape);
  expect(fits(plan, shape, 1)).toBe(false);
  expect(fits(plan, { ...shape, frames: 8 })).toBe(false);
  expect(fits(planOf('region', shape), { ...shape, height: 16 })).toBe(false);
  expect(fits({ ...plan, dx: 32 }, shape)).toBe(false);
  expect(fits({ ...planOf('region', shape), hole: { pixels: new Uint8Array(1024), first: 3, last: 16 } }, shape)).toBe(
    false,
  );
});
