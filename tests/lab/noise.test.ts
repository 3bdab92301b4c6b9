import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragged } from '../../src/lab/curve';
import { areas, blended, boxBetween, boxOf, deeds, done, noiseOf, regionOf, spans, without } from '../../src/lab/noise';
import { variants } from '../../src/lab/variants';
import { changes, defaults } from '../../src/settings/settings';
import { checkCurve } from '../../src/sampling/schedule';
import { checkSettings } from '../../src/sampling/settings';
import { checkStart, mostOperations } from '../../src/sampling/start';

const shapes = [
  { frames: 16, height: 32, width: 32 },
  { frames: 6, height: 16, width: 24 },
  { frames: 1, height: 16, width: 16 },
];

describe('the noise lab', () => {
  it('offers nothing that a run refuses, whatever the part, the frames and the size of the clip', () => {
    for (const shape of shapes)
      for (const area of areas)
        for (const span of spans)
          for (const deed of deeds) {
            const region = regionOf(boxOf(area, shape), span, shape.frames - 1, shape);
            const settings = done(deed, defaults, { region, frame: shape.frames - 1, other: 8 }, shape);
            expect(settings.start).toHaveLength(1);
            checkStart(settings.start, shape);
          }
  });

  it('freezes a part: it stays what it was, and the rest is the other seed', () => {
    const [shape] = shapes;
    const region = regionOf(boxOf('left', shape), 'all', 0, shape);
    const frozen = done('freeze', defaults, { region, frame: 0, other: 8 }, shape);
    const [before, after] = [noiseOf(defaults, shape)!, noiseOf(frozen, shape)!];
    const other = noiseOf({ ...defaults, seed: 8 }, shape)!;
    after.forEach((value, i) => {
      if (value !== (i % 32 < 16 ? before : other)[i]) throw new Error(`number ${i}`);
    });
  });

  it('takes a box from any corner to any other', () => {
    expect(boxBetween([5, 2], [1, 9])).toEqual({ x: 1, y: 2, width: 5, height: 8 });
    expect(boxBetween([3, 3], [3, 3])).toEqual({ x: 3, y: 3, width: 1, height: 1 });
  });

  it('mixes, undoes, and stops where a link would be full', () => {
    const [shape] = shapes;
    const at = { region: regionOf(boxOf('whole', shape), 'all', 0, shape), frame: 0, other: 8 };
    let settings = done('blend', defaults, at, shape);
    expect(blended(settings, 0, 20).start).toEqual([{ kind: 'blend', seed: 8, percent: 20 }]);
    expect(without(settings, 0)).toEqual(defaults);
    for (let i = 0; i < 30; i++) settings = done('swap', settings, at, shape);
    expect(settings.start).toHaveLength(mostOperations);
    checkSettings(settings);
  });

  it('has no noise where the operations do not fit the clip', () => {
    const start = [{ kind: 'swap', a: 0, b: 15 } as const];
    expect(noiseOf({ ...defaults, start }, shapes[1])).toBeUndefined();
  });
});

it('a dragged schedule always rises, wherever a point is dragged to', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2), fc.double({ min: -1, max: 2, noNaN: true })), { maxLength: 30 }),
      (moves) => {
        let curve: number[] = [0.25, 0.5, 0.75];
        for (const [point, t] of moves) {
          curve = dragged(curve, point, t);
          checkCurve(curve);
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('"the same with ..." offers settings that differ, that a run accepts, and none twice', () => {
  for (const settings of [defaults, { ...defaults, steps: 1 }, { ...defaults, steps: 100 }]) {
    const offers = variants(settings);
    expect(offers.length).toBeGreaterThan(15);
    for (const offer of offers) {
      checkSettings(offer.settings);
      expect(changes(settings, offer.settings)).toContain(offer.key);
    }
    expect(new Set(offers.map((offer) => JSON.stringify(offer.settings))).size).toBe(offers.length);
  }
});
