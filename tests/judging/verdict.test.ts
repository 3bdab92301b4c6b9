import { describe, expect, it } from 'vitest';
import { curvesOf } from '../../src/judging/curves';
import { verdictOf, verdictsOf } from '../../src/judging/verdict';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { asked, sceneOf } from '../../src/evaluation';
import { readClip, undecided, type LawFit, type SeenObject } from '../../src/reading';
import { sayVerdict } from '../../src/ui/say-verdict';
import { render, world } from '../../src/world';
import { blank, law, thing, trackAlong } from './fake-reading';

const shape = { frames: 16, height: 32, width: 32 };
const say = (of: Partial<LawFit>, over: Partial<SeenObject> = {}, strings = en) =>
  sayVerdict(verdictOf(thing({ motion: of.motion, law: { ...law, ...of }, ...over }), 32), strings);
const down = (g: number) => ({
  motion: 'falling',
  gravity: g,
  path: Array.from({ length: 16 }, (_, n) => [0.5, Math.min(0.1 + (g * world.gravity * n * n) / 2, 0.77)] as const),
});

describe('the sentence on a path', () => {
  it('names the gravity of a fall, and whether it lands', () => {
    expect(say(down(1.01))).toBe('Falls at 1.0 g, as everything here does, and lands.');
    expect(say(down(0.7))).toBe('Falls, but at 0.7 g, and lands.');
    expect(say(down(0.3))).toBe('Falls, but at 0.3 g.');
    expect(say(down(0.7), {}, de)).toBe('Fällt, aber mit 0,7 g, und landet.');
  });

  it('names way, speed and pace of an even motion', () => {
    const left = { motion: 'left', velocity: [-0.04, 0] as const };
    const along = (x: (n: number) => number) => ({ track: trackAlong(() => 0.5, x) });
    expect(say(left, { speed: 'fast', ...along((n) => 0.9 - 0.04 * n) })).toBe('Moves left, fast, and steadily: 1.3 pixels a frame.'); // prettier-ignore
    expect(say(left, { speed: undecided, ...along((n) => 0.9 - 0.04 * n) })).toContain('neither slowly nor fast');
    expect(say(left, { speed: 'fast', ...along((n) => 0.9 - 0.08 * n + 0.002 * n * n) })).toContain('but slows down');
    expect(say(left, { speed: 'fast', ...along((n) => 0.9 - 0.02 * n - 0.002 * n * n) })).toContain('but speeds up');
    expect(say(left, { speed: 'fast', ...along((n) => 0.9 - 0.04 * n + (n % 2) * 0.05) })).toContain(
      'in fits and starts',
    );
    expect(say(left, { speed: 'fast', ...along((n) => 0.9 - 0.04 * n) }, de)).toBe('Bewegt sich nach links, schnell, und gleichmäßig: 1,3 Pixel pro Bild.'); // prettier-ignore
  });

  it('counts bounces, and says what the thing keeps only where it was measured', () => {
    const bounce = (hits: number[]) => ({ motion: 'bouncing', gravity: 1, floorHits: hits });
    expect(say(bounce([3, 8, 12]))).toMatch(/^Bounces three times/);
    expect(say(bounce([14.5]))).toBe('Bounces once at 1.0 g.');
    expect(say({ ...bounce([14.5]), residual: 0.03 })).toBe('Bounces once.'); // that law has bent its gravity to fit
    expect(say(bounce([]))).toContain('does not come down');
    const track = trackAlong((n) => {
      const tau = Math.abs(n - 7.5);
      return 0.76 - (n < 7.5 ? 0.11 : 0.066) * tau + (0.5 * 0.016 * tau ** 2) / 2;
    });
    expect(say(bounce([7.5]), { track })).toBe('Bounces once, but at 0.5 g: keeps 60\u00a0% of its speed (it should be 85\u00a0%).'); // prettier-ignore
    expect(say(bounce([7.5]), { track }, de)).toBe('Springt einmal, aber mit 0,5 g: behält 60\u00a0% seines Tempos (es sollten 85\u00a0% sein).'); // prettier-ignore
  });

  it('names turns and growth', () => {
    const orbit = { x: 0.5, y: 0.4, radius: 0.2, period: 24.2 };
    expect(say({ motion: 'orbiting', orbit, spin: 0.26 })).toBe(
      'Goes round in a circle, clockwise, once in 24 frames.',
    );
    expect(say({ motion: 'spinning', spin: -0.4 })).toBe('Turns on the spot, counter-clockwise, once in 16 frames.');
    expect(say({ motion: 'growing', growth: 3.14 })).toBe('Grows to 3.1 times its size.');
    expect(say({ motion: 'shrinking', growth: 0.32 })).toBe('Shrinks to 32\u00a0% of its size.');
    expect(say({ motion: 'still' })).toBe('Stands still.');
  });

  it('says plainly where it cannot tell', () => {
    expect(say({ motion: 'left' }, { motion: undecided })).toBe('Can’t tell how it moves: its path fits no law.');
    expect(verdictsOf(blank)).toEqual([]);
  });

  it('says of true films what is true, in both languages', () => {
    const read = (prompt: string, seed: number) =>
      verdictsOf(
        readClip(
          render(sceneOf(asked(prompt), seed), shape).map((value) => 2 * value - 1),
          shape,
        ),
      )[0];
    for (const [prompt, pattern] of [
      ['A small red ball falling at night.', /^Falls at 1.0 g, as everything here does/],
      ['A small blue boat moving left fast at sea.', /^Moves left, fast, and steadily/],
      ['A small red ball bouncing at night.', /^Bounces (once|twice).* at 1.0 g/],
      ['A small pink heart orbiting slowly at sunset.', /^Goes round in a circle/],
      ['A big yellow star spinning fast in the desert.', /^Turns on the spot/],
      ['A big yellow ball growing at night.', /^Grows to 3/],
    ] as const) {
      const verdict = read(prompt, 3);
      expect(sayVerdict(verdict, en)).toMatch(pattern);
      expect(sayVerdict(verdict, de)).toMatch(/^[A-ZÄÖÜ].*\.$/);
    }
  });
});

describe('the curves of a thing', () => {
  const read = (prompt: string) =>
    readClip(
      render(sceneOf(asked(prompt), 3), shape).map((value) => 2 * value - 1),
      shape,
    ).objects[0];

  it('of a falling thing: height and speed go down, and its acceleration is the gravity', () => {
    const { quantity, acceleration, speed, position } = curvesOf(read('A small red ball falling at night.'), shape);
    expect(quantity).toBe('height');
    const flight = acceleration.measured.findIndex((value, n) => value !== null && (speed.measured[n] ?? 0) < -0.5);
    expect(acceleration.measured[flight]).toBeCloseTo(-32 * world.gravity, 1);
    expect(acceleration.law![flight]).toBeCloseTo(-32 * world.gravity, 1);
    expect(position.measured).toHaveLength(16);
    expect(position.measured[0]!).toBeGreaterThan(position.measured[15]!);
  });

  it('of an even motion: measured and law agree, speed is constant, and there is no acceleration', () => {
    const object = read('A small blue boat moving left fast at sea.');
    const { quantity, position, speed, acceleration } = curvesOf(object, shape);
    expect(quantity).toBe('across');
    position.measured.forEach((value, n) => value !== null && expect(value).toBeCloseTo(position.law![n]!, 0));
    const known = speed.measured.filter((value) => value !== null);
    expect(known).toHaveLength(12); // none at either end
    for (const value of known) expect(Math.abs(value - 32 * object.law.velocity[0])).toBeLessThan(0.1);
    for (const value of acceleration.law!.slice(2, -2)) expect(value).toBeCloseTo(0, 6);
  });

  it('of a spinning thing: an angle that grows without jumps', () => {
    const { quantity, position } = curvesOf(read('A big yellow star spinning fast in the desert.'), shape);
    expect(quantity).toBe('angle');
    const steps = position.measured.slice(1).map((value, n) => Math.abs(value! - position.measured[n]!));
    for (const step of steps) expect(step).toBeLessThan(40);
  });

  it('leave out the frames that show nothing, and the law where none is clear', () => {
    const track = trackAlong(() => 0.5).map((at, n) => ({ ...at, visible: n === 7 ? 0 : 1 }));
    const { position, speed } = curvesOf(thing({ motion: undecided, track }), shape);
    expect(position.measured[7]).toBeNull();
    expect(position.law).toBeNull();
    expect(speed.measured.slice(5, 10)).toEqual([null, null, null, null, null]);
  });
});
