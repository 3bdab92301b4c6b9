import { describe, expect, it } from 'vitest';
import { areApart, damageOf } from '../../src/lab/damage';
import { markOf } from '../../src/lab/judge';
import type { Mark } from '../../src/lab/race';
import { defaults } from '../../src/settings/settings';
import type { Run } from '../../src/app/state';
import { obeys, type Verdict } from '../../src/judging/verdict';
import { lab as de } from '../../src/i18n/de/lab';
import { lab as en } from '../../src/i18n/en/lab';
import { reading, thing, trackAlong } from '../judging/fake-reading';

const shape = { frames: 2, height: 2, width: 2 };

/** A run that ends in a film of one grey. */
function film(grey: number, over: Partial<Run> = {}): Run {
  const guess = new Float32Array(24).fill(grey);
  const step = { index: 0, steps: 1, t: 0, tNext: 1, x: guess, guess, calls: 1, milliseconds: 1 };
  return {
    source: 'live',
    model: 'fake',
    prompt: 'a red ball',
    settings: defaults,
    shape,
    steps: [step],
    phase: 'done',
    ...over,
  };
}

const mark: Mark = { right: 6, asked: 6, lawful: true, clarity: 0.9, flicker: 0.006, same: true };

describe('what a break did', () => {
  it('is how much differs, the words, the flicker and the law, before and now', () => {
    const now: Mark = { ...mark, right: 2, lawful: false, flicker: 0.018 };
    const damage = damageOf(film(0), film(0.9), { before: mark, now });
    expect(damage).toMatchObject({
      share: 1,
      words: { before: 6, now: 2, asked: 6 },
      flicker: { change: 'more' },
      lawful: { before: true, now: false },
    });
    expect(damage!.flicker!.times).toBeCloseTo(3, 6);
  });

  it('is no flicker where the backdrop is as calm, and less where it stands stiller', () => {
    const flicker = (now: number, before = 0.006) =>
      damageOf(film(0), film(0), { before: { ...mark, flicker: before }, now: { ...mark, flicker: now } })!.flicker!
        .change;
    expect([flicker(0.007), flicker(0.02), flicker(0.004, 0.012), flicker(0.0002, 0.0001)]).toEqual(['same', 'more', 'less', 'same']); // prettier-ignore
  });

  it('says only what was read, and nothing of films that have another reason to differ', () => {
    expect(damageOf(film(0), film(0), { before: mark, now: null })).toEqual({ share: 0, words: null, flicker: null, lawful: null }); // prettier-ignore
    expect(damageOf(film(0), film(0), { before: { ...mark, asked: 0 }, now: mark })!.words).toBeNull();
    for (const other of [
      { prompt: 'a star' },
      { settings: { ...defaults, seed: 8 } },
      { shape: { ...shape, frames: 1 } },
    ]) {
      expect(areApart(film(0), film(0, other))).toBe(true);
      expect(damageOf(film(0), film(0, other), { before: mark, now: mark })).toBeNull();
    }
    expect(damageOf(film(0), film(0, { steps: [], phase: 'stopped' }), { before: mark, now: mark })).toBeNull();
  });

  it('is one sentence in both languages', () => {
    const damage = {
      share: 0.82,
      words: { before: 6, now: 2, asked: 6 },
      flicker: { change: 'more', times: 3.14 },
      lawful: { before: true, now: false },
    } as const;
    expect(en.broke(damage)).toBe(
      '82\u00a0% of the film looks different; 2 of 6 words are right, and were 6 before; the backdrop flickers 3.1 times as much; and not everything moves as its law says any more.',
    );
    expect(de.broke(damage)).toBe(
      '82\u00a0% des Films sehen anders aus; 2 von 6 Wörtern stimmen, vorher waren es 6; der Hintergrund flackert 3,1-mal so stark; und nicht mehr alles bewegt sich nach seinem Gesetz.',
    );
    const calm = { ...damage, share: 0, words: { before: 6, now: 6, asked: 6 }, flicker: { change: 'same', times: 1 }, lawful: { before: true, now: true } } as const; // prettier-ignore
    expect(en.broke(calm)).toBe('Nobody can see a difference; 6 of 6 words are right, as before; the backdrop is as calm as before.'); // prettier-ignore
    expect(en.broke({ share: 0.5, words: null, flicker: null, lawful: null })).toBe('50\u00a0% of the film looks different.'); // prettier-ignore
    expect(en.broke({ ...damage, lawful: { before: true, now: null } })).toContain('no thing any more');
    expect(en.broke({ ...damage, lawful: { before: false, now: true } })).toContain('now everything moves');
  });
});

describe('what the reader makes of a film', () => {
  it('counts words, judges motion by its law, and says how clearly things are drawn', () => {
    const track = trackAlong(() => 0.5, (n) => 0.1 + 0.05 * n); // prettier-ignore
    const moving = thing({
      motion: 'right',
      speed: 'fast',
      track,
      law: { ...thing().law, motion: 'right', velocity: [0.05, 0] },
    });
    expect(markOf(reading([moving], { flicker: 0.01 }), 'a red ball moving right at night')).toEqual({
      right: 5, // colour, thing, motion, setting, and one of it
      asked: 5,
      lawful: true,
      clarity: expect.closeTo(0.9, 6),
      flicker: 0.01,
      same: true,
    });
    const hidden = track.map((at, n) => (n < 8 ? { ...at, visible: 0.2, explained: 0 } : at));
    expect(markOf(reading([{ ...moving, track: hidden }]), 'a red ball').clarity).toBeCloseTo(0.9, 6);
    expect(markOf(reading([]), 'a red ball')).toMatchObject({ lawful: null, clarity: null });
  });

  it.each([
    [[true, true], true],
    [[true, false], false],
    [['undecided', false], false], // one that is another at the end is enough
    [['undecided', true], null],
    [[], null],
  ] as const)('says of things %j whether they stay the same ones: %s', (identities, same) => {
    const objects = identities.map((identity) => thing({ identity }));
    expect(markOf(reading(objects), 'a red ball').same).toBe(same);
  });

  it.each<[Verdict, boolean]>([
    [{ kind: 'unclear' }, false],
    [{ kind: 'still' }, true],
    [{ kind: 'falls', g: 1.1, lands: true }, true],
    [{ kind: 'falls', g: 0.6, lands: true }, false],
    [{ kind: 'bounces', times: 2, g: null, kept: null, due: 0.85 }, true],
    [{ kind: 'bounces', times: 2, g: 1, kept: 0.4, due: 0.85 }, false],
    [{ kind: 'bounces', times: 2, g: 1.5, kept: 0.85, due: 0.85 }, false],
    [{ kind: 'moves', way: 'left', speed: null, pace: 'steady', pixels: 1 }, true],
    [{ kind: 'moves', way: 'left', speed: null, pace: 'slower', pixels: 1 }, false],
    [{ kind: 'collides', momentum: 0.5, energy: 1 }, false],
  ])('%o obeys its law: %s', (verdict, does) => expect(obeys(verdict)).toBe(does));
});
