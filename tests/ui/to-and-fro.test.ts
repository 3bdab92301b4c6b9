/** A shake is a shake: to and fro, far and fast enough, and nothing else. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToAndFro } from '../../src/ui/to-and-fro';

/** How often it is shaken by a hand that goes from place to place, in so many steps each, so many milliseconds apart. */
function shakes(places: readonly number[], pause = 50, steps = 4): number {
  const hand = new ToAndFro(40);
  hand.begin(places[0]);
  let [count, now] = [0, 0];
  for (let i = 1; i < places.length; i++)
    for (let step = 1; step <= steps; step++)
      if (hand.at(places[i - 1] + ((places[i] - places[i - 1]) * step) / steps, (now += pause))) count++;
  return count;
}

describe('to and fro', () => {
  it('three turns are a shake, two are not', () => {
    expect(shakes([0, 100, 0, 100, 0])).toBe(1);
    expect(shakes([0, 100, 0, 100])).toBe(0);
  });

  it('slowly it is none, and neither is a tremble', () => {
    expect(shakes([0, 100, 0, 100, 0, 100], 400)).toBe(0);
    expect(shakes([0, 30, 0, 30, 0, 30, 0, 30])).toBe(0);
  });

  it('going one way is none, however it goes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 2, maxLength: 40 }), (places) => {
        expect(shakes([...places].sort((a, b) => a - b))).toBe(0);
      }),
    );
  });

  it('whoever goes on is counted again', () => {
    expect(shakes([0, 100, 0, 100, 0, 100, 0, 100, 0])).toBe(2);
  });
});
