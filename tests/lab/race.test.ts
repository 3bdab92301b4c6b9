/** The rules of the race: whom it crowns, on made-up figures and on runs of a denoiser that is a formula. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowned, distanceOf, outcomeOf, type Candidate } from '../../src/lab/crown';
import {
  agenda,
  callsLeft,
  continued,
  filmCounts,
  raceOf,
  withFilm,
  type Entry,
  type Mark,
  type Race,
} from '../../src/lab/race';
import { firstEntrants } from '../../src/settings/race';
import { runRace } from '../../src/lab/racing';
import { distance } from '../../src/lab/trajectory';
import { defaults } from '../../src/settings/settings';
import { run } from '../../src/sampling/run';
import type { Denoiser } from '../../src/sampling/types';

const films = 3;
const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    calls: fc.integer({ min: 1, max: 24 }), // few, so that many cost the same
    left: fc.integer({ min: 0, max: 3 }),
    right: fc.integer({ min: 0, max: films }),
    blurred: fc.boolean(),
    lawless: fc.boolean(),
    distance: fc.oneof(
      { weight: 4, arbitrary: fc.double({ min: 0, max: 2, noNaN: true }) },
      { weight: 3, arbitrary: fc.constantFrom(0, 0.1, 0.11, 0.2, 0.22) }, // ties, and just a tenth farther
      { weight: 1, arbitrary: fc.constantFrom(null, NaN, Infinity) },
    ),
  })
  .map(({ left, ...rest }) => ({ ...rest, heat: rest.calls + left }));
const candidates = fc.array(candidate, { maxLength: 30 });
const measured = (all: readonly Candidate[]) =>
  all.flatMap((each) =>
    each.distance !== null && Number.isFinite(each.distance) ? [{ ...each, distance: each.distance }] : [],
  );

describe('the crown', () => {
  it('goes to nobody who is farther than a tenth beyond the least distance among equal or fewer model calls', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const crown = crowned(all, films);
        if (!crown) return;
        expect(Number.isFinite(crown.distance)).toBe(true);
        for (const other of measured(all))
          if (other.calls <= crown.calls) expect(crown.distance).toBeLessThanOrEqual(1.1 * other.distance + 1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes to nobody who is blurred, breaks the law, or is wrong in half of the films', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 5 }), (all, of) => {
        const crown = crowned(all, of);
        if (crown) expect([crown.right > of / 2, crown.blurred, crown.lawless]).toEqual([true, false, false]);
      }),
    );
  });

  it('goes to the cheapest who may have it, of these to the nearest, whatever the order', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const may = measured(all).filter(
          ({ heat, right, blurred, lawless, distance }) =>
            right > films / 2 &&
            !blurred &&
            !lawless &&
            measured(all).every((other) => other.calls > heat || distance <= 1.1 * other.distance),
        );
        const crown = crowned(all, films);
        expect(crown === undefined).toBe(may.length === 0);
        if (!crown) return;
        const cheapest = Math.min(...may.map(({ calls }) => calls));
        const equals = may.filter(({ calls }) => calls === cheapest).map(({ distance }) => distance);
        expect([crown.calls, crown.distance]).toEqual([cheapest, Math.min(...equals)]);
        const turned = crowned([...all].reverse(), films)!;
        expect([turned.calls, turned.distance]).toEqual([crown.calls, crown.distance]);
      }),
    );
  });

  it('is not lost to anybody who costs more', () => {
    fc.assert(
      fc.property(candidates, candidate, (all, late) => {
        const crown = crowned(all, films);
        if (crown) expect(crowned([...all, { ...late, calls: 28, heat: 28 }], films)).toBe(crown);
      }),
    );
  });

  it('is given for the words, the looks and the motion, not for one of them alone', () => {
    const good = { calls: 16, heat: 16, right: 2, blurred: false, lawless: false, distance: 0.21 };
    const blur = { ...good, calls: 4, heat: 4, right: 3, blurred: true, distance: 0.4 };
    const far = { ...good, calls: 3, heat: 4, right: 3, distance: 0.5 };
    const wrong = { ...good, calls: 8, heat: 8, right: 1, distance: 0.2 };
    const floats = { ...good, calls: 8, heat: 8, right: 3, lawless: true, distance: 0.2 };
    expect(crowned([blur, far, wrong, floats, good], films)).toBe(good);
    expect(crowned([blur, far, wrong, floats], films)).toBeUndefined();
    expect(crowned([], films)).toBeUndefined();
    expect(crowned([{ ...good, right: NaN }], films)).toBeUndefined();
  });
});

// ------------------------------------------------------------------------------------------------ runs of a formula

const shape = { frames: 1, height: 2, width: 2 };
const size = 12;

/** Its data are some clips, and its guess is their mean, each as likely as the noisy clip makes it: no network could do better. */
function formula(clips: readonly Float32Array[]): Denoiser {
  return {
    shape,
    async guess(x, levels, rows) {
      const t = levels[0];
      const logs = clips.map((clip) => -clip.reduce((sum, c, i) => sum + (x[i] - t * c) ** 2, 0) / (2 * (1 - t) ** 2));
      const most = Math.max(...logs);
      const weights = logs.map((log) => Math.exp(log - most));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const guess = new Float32Array(size).map((_, i) => clips.reduce((sum, clip, k) => sum + (weights[k] / total) * clip[i], 0)); // prettier-ignore
      return rows.map(() => guess.slice());
    },
  };
}

/** Numbers between -0.9 and 0.9 that a seed names. */
function clipsOf(seed: number, count: number): Float32Array[] {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let i = 0; i < 8; i++) next();
  return Array.from({ length: count }, () => new Float32Array(size).map(() => 1.8 * next() - 0.9));
}

const about = { size: 'small', prompt: 'a red ball', settings: { ...defaults, seed: 40 }, shape } as const;

/** Right where it is one of the clips, and as clear as it is near to one. */
async function raced(clips: readonly Float32Array[]): Promise<Race> {
  let now = raceOf(firstEntrants, about);
  await runRace(now, new AbortController().signal, {
    steps: (request, signal) => run(formula(clips), request, { signal }),
    mark: async (clip): Promise<Mark> => {
      const off = Math.min(...clips.map((each) => distance(clip, each)));
      return { right: off < 0.15 ? 3 : 2, asked: 3, lawful: true, clarity: 1 - off, flicker: 0, same: true };
    },
    publish: (race) => (now = race),
    tick: () => {},
  });
  return now;
}

describe('a race of runs', () => {
  it('crowns a setting that a run four times as long finds among the nearest of its price, ten times out of ten', async () => {
    let crowns = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const clips = clipsOf(seed, 6);
      const race = await raced(clips);
      const { crown, standings, open } = outcomeOf(race);
      expect(open).toBe(false);
      if (!crown) continue;
      crowns++;
      const judges = await Promise.all(
        race.reference.films.map(async ({ seed }) => {
          let last = new Float32Array();
          for await (const { guess } of run(formula(clips), { ...about.settings, seed, sampler: 'rk4', steps: 100 })) last = guess.slice(); // prettier-ignore
          return last;
        }),
      );
      const far = ({ films }: Entry) => films.reduce((sum, { clip }, i) => sum + distance(clip!, judges[i]), 0) / films.length; // prettier-ignore
      const least = Math.min(...standings.filter(({ calls }) => calls <= crown.calls).map(({ entry }) => far(entry)));
      expect(far(crown.entry)).toBeLessThanOrEqual(1.1 * least + 0.01);
    }
    expect(crowns).toBeGreaterThan(5);
  });
});

describe('a race', () => {
  const filled = (race: Race, count: number): Race =>
    agenda(race)
      .slice(0, count)
      .reduce((now, task, i) => withFilm(now, task, { clip: new Float32Array([i / 100]), mark: null }), race);

  it('runs the cheapest first, but for the long runs, without which nothing can be judged', () => {
    const tasks = agenda(raceOf(firstEntrants, about));
    expect(tasks.map(({ seed }) => seed).slice(0, 4)).toEqual([40, 41, 42, 40]);
    expect(tasks.map(({ entry }) => entry.heat).filter((heat, i, all) => heat !== all[i - 1])).toEqual([
      4, 8, 100, 16, 24,
    ]);
    expect(callsLeft(raceOf(firstEntrants, about))).toBe(
      3 * (4 + 3 + 4 + 8 + 7 + 8 + 16 + 15 + 16 + 24 + 23 + 24 + 99),
    );
  });

  it('measures each film against the long run from its own noise, and says mean and spread once all are there', () => {
    const none = raceOf(['euler'], about);
    const last = (race: Race) => outcomeOf(race).standings[0];
    const before = filled(none, 2 * films + films - 1); // two heats, and all long runs but one
    expect([last(before).distance, last(before).ran]).toEqual([null, films]);
    const after = filled(none, 2 * films + films);
    const each = after.entries[0].films.map((film, i) => distanceOf(film, after.reference.films[i])!);
    expect(last(after).distance).toBeCloseTo(each.reduce((a, b) => a + b) / films, 12);
    expect(last(after).spread).toEqual([Math.min(...each), Math.max(...each)]);
  });

  it('is open as long as something cheaper is still to run', () => {
    const mark: Mark = { right: 3, asked: 3, lawful: true, clarity: 0.9, flicker: 0, same: true };
    const put = (race: Race, which: (entry: Entry) => boolean) =>
      agenda(race)
        .filter(({ entry }) => which(entry))
        .reduce((now, task) => withFilm(now, task, { clip: new Float32Array([0]), mark }), race);
    const dear = put(raceOf(['euler', 'heun'], about), ({ heat }) => heat > 8);
    expect(outcomeOf(dear)).toMatchObject({ crown: { calls: 15 }, open: true });
    const all = put(dear, () => true);
    expect(outcomeOf(all)).toMatchObject({ crown: { calls: 3 }, open: false });
    expect(outcomeOf(raceOf(['euler'], about))).toMatchObject({ crown: undefined, open: true });
  });

  it('calls a blur what is drawn less clearly than the long run', () => {
    const mark = (clarity: number | null): Mark => ({
      right: 3,
      asked: 3,
      lawful: true,
      clarity,
      flicker: 0,
      same: true,
    });
    const race = (own: number | null, long: number | null) =>
      agenda(raceOf(['euler'], about)).reduce(
        (now, task) =>
          withFilm(now, task, { clip: new Float32Array([0]), mark: mark(task.entry.heat === 100 ? long : own) }),
        raceOf(['euler'], about),
      );
    const blurred = (own: number | null, long: number | null) => outcomeOf(race(own, long)).standings[0].blurred;
    expect([blurred(0.9, 0.95), blurred(0.7, 0.95), blurred(null, 0.95), blurred(null, null)]).toEqual([false, true, true, false]); // prettier-ignore
    expect(outcomeOf(race(0.7, 0.95)).crown).toBeUndefined(); // with every word right
  });

  it('calls lawless what breaks the law more often than not, and more often than the long runs', () => {
    const mark = (lawful: boolean): Mark => ({ right: 3, asked: 3, lawful, clarity: 0.9, flicker: 0, same: true });
    const standing = (own: number, long: number) => {
      const none = raceOf(['euler'], about);
      const put = (now: Race, task: ReturnType<typeof agenda>[number]) => {
        const lawful = task.seed - about.settings.seed < (task.entry.heat === 100 ? long : own);
        return withFilm(now, task, { clip: new Float32Array([0]), mark: mark(lawful) });
      };
      return outcomeOf(agenda(none).reduce(put, none));
    };
    const lawless = (own: number, long: number) => standing(own, long).standings[0].lawless;
    expect([lawless(3, 3), lawless(2, 3), lawless(1, 3), lawless(1, 1), lawless(0, 1), lawless(0, 0)]).toEqual([false, false, true, false, true, false]); // prettier-ignore
    expect(standing(1, 3).crown).toBeUndefined(); // with every word right
    expect(standing(1, 1).crown).toBeDefined();
  });

  it('goes on to the whole one with all films of the same settings, but not with its shorter long runs', () => {
    const small = filled(raceOf(firstEntrants, about), 60);
    expect(callsLeft(small)).toBe(0);
    const whole = raceOf(firstEntrants, { ...about, size: 'whole' });
    const more = continued(whole, small);
    const [all, kept] = [callsLeft(whole), callsLeft(more)];
    expect(all - kept).toBe(3 * (4 + 3 + 4 + 8 + 7 + 8 + 16 + 15 + 16 + 24 + 23 + 24));
    expect(more.entries[0].films.map(({ clip }) => clip !== null)).toEqual([true, true, true, false, false]);
    expect(filmCounts.whole).toBe(5);
    expect(callsLeft(continued(whole, { ...small, prompt: 'a star' }))).toBe(all);
    expect(callsLeft(continued(whole, { ...small, settings: { ...defaults, seed: 41 } }))).toBe(all);
    expect(callsLeft(continued(raceOf(firstEntrants, about), small))).toBe(0);
  });
});
