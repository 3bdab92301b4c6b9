import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrantsOf, raceSizes } from '../../src/settings/race';
import { labViews, viewNames } from '../../src/settings/views';
import {
  chapterCount,
  decodeLink,
  encodeLink,
  linkKeys,
  parts,
  type LinkState,
  type Way,
} from '../../src/settings/link';
import {
  cleanPrompt,
  completed,
  defaults,
  promptLength,
  rangeOf,
  settingKeys,
  shows,
  specOf,
  specs,
  textOf,
  type Settings,
} from '../../src/settings/settings';
import { rules } from '../../src/sampling/guidance';
import { formats } from '../../src/sampling/formats';
import { checkSettings } from '../../src/sampling/settings';
import { readAblation } from '../../src/sampling/ablation';
import { readStart } from '../../src/sampling/start';
import { character } from '../characters';
import { spoiledLink } from './spoiled';

const between = ({ min, max }: { min: number; max: number }) =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0); // no -0: a link writes it as 0
const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: character })).map(cleanPrompt);
const starts = fc.constantFrom(
  '',
  'copy.0.0.15',
  'swap.0.15_blend.8.50',
  'paint.1.2.3.4.0.15.77_roll.0.0.8.8.0.3.-2.5',
);
const ablations = fc.constantFrom(
  '',
  'time',
  'space_words.0',
  'head.3.2_block.5',
  'shuffle.4294967295_key.red.250',
  'vector.red.red.blue.50',
);
const chosen = <T>(all: readonly T[]) => fc.subarray([...all]);

const settings: fc.Arbitrary<Settings> = fc
  .record({
    seed: fc.integer(specs.seed),
    steps: fc.integer(specs.steps),
    sampler: fc.constantFrom(...specs.sampler.options),
    rule: fc.constantFrom(...specs.rule.options),
    schedule: fc.constantFrom(...specs.schedule.options),
    scale: between({ min: 0, max: 1 }),
    interval: fc.tuple(between(specs.from), between(specs.to)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
    [0]: fc.tuple(
      ...(['rescale', 'parallel', 'bound', 'momentum', 'shift', 'eta', 'churn'] as const).map((key) =>
        between(specs[key]),
      ),
    ),
    curve: fc.constantFrom([0.25, 0.5, 0.75], [0.1, 0.9], [0.123456789, 0.2, 0.3, 0.4, 0.999]),
    restarts: fc.integer(specs.restarts),
    student: fc.boolean(),
    backwards: fc.boolean(),
    format: fc.constantFrom(...formats),
    start: starts,
    ablation: ablations,
    negative: words,
    then: words,
    at: fc.integer(specs.at),
    blend: between(specs.blend),
  })
  .map(
    ({
      scale,
      interval: [from, to],
      0: [rescale, parallel, bound, momentum, shift, eta, churn],
      start,
      ablation,
      ...rest
    }) => {
      const { seed, steps, sampler, restarts, schedule, curve, student, backwards, format, negative, then, at, blend } =
        rest;
      const rule = student ? 'cfg' : rest.rule;
      const most = rules[rule as 'cfg'].most;
      const guidance = { rule, scale: student ? 1 : scale * most, from, to, rescale, parallel, bound, momentum };
      const more = {
        curve,
        student,
        backwards,
        shift,
        eta,
        churn,
        restarts,
        start: readStart(start),
        ablation: readAblation(ablation),
        format,
        negative,
        then,
        at,
        blend,
      };
      return completed({ seed, steps, sampler, schedule, guidance, ...more } as Settings);
    },
  );

/** Films that others are made of, themselves perhaps of others; and pictures. */
const ways: fc.Arbitrary<Way> = fc.letrec<{ way: Way }>((tie) => ({
  way: fc.oneof(
    { depthSize: 'small' },
    fc.record({ prompt: words, settings }),
    fc.base64String({ minLength: 4 }).map((text) => ({ prompt: '', settings: defaults, picture: text.replace(/[+/=]/g, '-') })), // prettier-ignore
    fc.record({
      prompt: words,
      settings,
      recipe: fc.record({ plan: fc.constantFrom('gap.0-3.x8.12-15', 'noise.60'), of: fc.tuple(tie('way')) }),
    }),
  ),
})).way; // prettier-ignore

const states: fc.Arbitrary<LinkState> = fc
  .record({
    prompt: words,
    typed: fc.option(words),
    settings,
    show: fc.constantFrom(...shows),
    sharp: fc.boolean(),
    step: fc.option(fc.nat(100)),
    frame: fc.option(fc.nat(63)),
    view: fc.constantFrom(...viewNames),
    chapter: fc.option(fc.integer({ min: 1, max: chapterCount })),
    inside: fc.option(fc.constantFrom('patch.21', 'patch.0_block.3_head.2_word.1_part.attention')),
    lab: fc.option(fc.constantFrom(...labViews)),
    other: fc.option(settings),
    otherPrompt: fc.option(words),
    entrants: chosen(entrantsOf()),
    raceSize: fc.constantFrom(...raceSizes),
    hidden: chosen(parts),
    live: fc.boolean(),
    recipe: fc.option(
      fc.record({
        plan: fc.constantFrom('forward.12-15.x12', 'shift.0-15*s.n8.0', 'own.x16*h.0.15.0f'),
        of: fc.array(ways, { minLength: 1, maxLength: 2 }),
      }),
    ),
  })
  .map((state) => ({
    ...state,
    step: state.step === null ? null : Math.min(state.step, state.settings.steps),
    other: state.other && { ...state.other, seed: state.settings.seed },
    otherPrompt: state.other && state.otherPrompt, // words to compare with belong to settings to compare with
  }));

/** A state that the page can be in: what a run is made of is accepted by a run, and all else is within its limits. */
function expectGood({ settings, other, step, entrants, hidden, prompt, recipe }: LinkState): void {
  for (const each of [settings, ...(other ? [other] : []), ...(recipe?.of ?? []).map((source) => source.settings)]) {
    checkSettings(each);
    for (const key of settingKeys) {
      const spec = specOf(key);
      if (spec.kind !== 'number') continue;
      const value = spec.get(each);
      if (!(value >= spec.min && value <= spec.max)) throw new Error(`${key} is ${value}`);
    }
  }
  if (step !== null && !(step >= 0 && step <= settings.steps)) throw new Error(`step is ${step}`);
  if (new Set(entrants).size !== entrants.length || new Set(hidden).size !== hidden.length) throw new Error('doubles');
  if (prompt.length > 2 * promptLength) throw new Error('long');
}

describe('a link', () => {
  it('gives back exactly what was put in, without a notice', () => {
    fc.assert(
      fc.property(states, (state) => {
        const { state: read, notices } = decodeLink(`#${encodeLink(state)}`);
        expect(read).toEqual(state);
        expect(notices).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('asks the student with no more guidance than it has, and says so', () => {
    const { state, notices } = decodeLink('#prompt=a&student=1&guidance=3&steps=4&live=on');
    expect([state.settings.student, state.settings.guidance.scale, state.live]).toEqual([true, 1, true]);
    expect(notices).toMatchObject([{ kind: 'clamped', key: 'guidance', given: '3', used: '1' }]);
  });

  it('never throws and always yields a state within the limits, whatever stands there', () => {
    const keys = fc.constantFrom(...linkKeys, '__proto__');
    const pairs = fc
      .array(fc.tuple(keys, fc.oneof(fc.string({ unit: character }), fc.double().map(String), fc.string())))
      .map((list) => list.map(([key, value]) => `${key}=${value}`).join('&'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: character }), fc.string(), pairs), (text) => {
        const { state } = decodeLink(text);
        expectGood(state);
        // Read once more, nothing changes and there is nothing to say.
        const again = decodeLink(encodeLink(state));
        expect(again.state).toEqual(state);
        expect(again.notices).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('holds for 10,000 spoiled links, each made by its number', () => {
    let [longest, notices] = [0, 0];
    for (let link = 0; link < 10_000; link++) {
      const text = spoiledLink(link);
      const { state, notices: said } = decodeLink(text);
      expectGood(state);
      const written = encodeLink(state);
      if (link % 20 === 0) expect(decodeLink(written).state).toEqual(state);
      else if (encodeLink(decodeLink(written).state) !== written) throw new Error(`${text} became ${written}`);
      longest = Math.max(longest, written.length);
      notices += said.length > 0 ? 1 : 0;
    }
    expect(longest).toBeLessThan(1500);
    expect(notices).toBeGreaterThan(5000); // most of them were worth a word
  });

  it('is short: what stands at its default is left out, but for what a better default could change', () => {
    const { state } = decodeLink('#prompt=a+red+ball');
    const text = 'prompt=a+red+ball&seed=7&steps=24&sampler=multistep&restarts=4&guidance=2&from=0.05';
    expect(encodeLink(state)).toBe(`length=${text.length}&${text}`);
  });

  it('keeps what an old link shows: where it says its guidance alone, that works from the first step on, and nothing restarts', () => {
    const { state } = decodeLink('#prompt=a+ball&seed=7&steps=24&sampler=multistep&guidance=2&vs=guidance*3');
    expect([state.settings, state.other].map((all) => all!.guidance.from)).toEqual([0, 0]);
    expect(decodeLink(encodeLink(state)).state).toEqual(state);
    expect(decodeLink('#guidance=2&from=0.3').state.settings.guidance.from).toBe(0.3);
    expect(decodeLink('#prompt=a+ball&steps=8').state.settings.guidance.from).toBe(defaults.guidance.from);
    expect([state.settings, state.other].map((all) => all!.restarts)).toEqual([0, 0]);
    expect(decodeLink('#guidance=2&restarts=3').state.settings.restarts).toBe(3);
    expect(decodeLink('#prompt=a+ball&steps=8').state.settings.restarts).toBe(defaults.restarts);
  });

  it('says where guesses are wanted as the transformer made them; a link that does not say has them decoded', () => {
    expect(decodeLink('#prompt=a+ball&show=guess').state.sharp).toBe(true);
    expect(decodeLink('#prompt=a+ball&decoder=off')).toMatchObject({ state: { sharp: false }, notices: [] });
    const odd = decodeLink('#decoder=maybe');
    expect(odd.state.sharp).toBe(true);
    expect(odd.notices).toMatchObject([{ kind: 'unreadable', key: 'decoder', given: 'maybe', used: 'on' }]);
    expect(encodeLink(odd.state)).not.toContain('decoder');
  });

  it('restores what is compared, who runs, where one looks and what is hidden', () => {
    const text = '#prompt=a+star&steps=8&lab=compare&vs=steps*12*sampler*heun*guidance*3&race=euler.rk4&hide=lab.seed';
    const { state, notices } = decodeLink(text);
    expect(notices).toEqual([]);
    expect(state).toMatchObject({ lab: 'compare', entrants: ['euler', 'rk4'], hidden: ['lab', 'seed'] });
    expect(state.other).toMatchObject({ seed: defaults.seed, steps: 12, sampler: 'heun', guidance: { scale: 3 } });
  });

  it('opens the chapter that it says, or the nearest that there is, and says so', () => {
    expect(decodeLink('#view=story&chapter=2').state).toMatchObject({ view: 'story', chapter: 2 });
    expect(decodeLink('#view=story').state.chapter).toBeNull();
    for (const [given, used] of [
      ['0', 1],
      ['99', chapterCount],
    ] as const) {
      const { state, notices } = decodeLink(`#view=story&chapter=${given}`);
      expect(state.chapter).toBe(used);
      expect(notices).toMatchObject([{ kind: 'clamped', key: 'chapter', given, used: String(used) }]);
    }
    expect(decodeLink('#chapter=two').notices).toMatchObject([{ kind: 'unreadable', key: 'chapter' }]);
  });

  it('opens the view that it says; one of a time without views, what it says of the laboratory', () => {
    expect(decodeLink('#prompt=a+star').state.view).toBe('watch');
    expect(decodeLink('#view=lab').state).toMatchObject({ view: 'lab', lab: null });
    expect(decodeLink('#lab=race').state).toMatchObject({ view: 'lab', lab: 'race' });
    expect(decodeLink('#lab=race&view=watch').state).toMatchObject({ view: 'watch', lab: 'race' });
    const odd = decodeLink('#view=kitchen');
    expect(odd.state.view).toBe('watch');
    expect(odd.notices).toMatchObject([{ kind: 'unreadable', key: 'view', given: 'kitchen', used: 'watch' }]);
  });

  it('says which names it does not know', () => {
    const { state, notices } = decodeLink('race=euler.turbo&hide=toolbar&lab=kitchen&vs=tempo*9');
    expect(state).toMatchObject({ entrants: ['euler'], hidden: [], lab: null });
    expect(notices.map((notice) => notice.given)).toEqual(['kitchen', 'tempo', 'turbo', 'toolbar']);
  });

  it('says what it clamped, what it could not read and what it does not know', () => {
    const { state, notices } = decodeLink(
      '#steps=5000&seed=-3&sampler=dpm&guidance=lots&colour=red&step=30&prompt=a%20ball',
    );
    expect(state.settings.steps).toBe(100);
    expect(state.settings.seed).toBe(0);
    expect(state.settings.sampler).toBe(defaults.sampler);
    expect(state.settings.guidance.scale).toBe(defaults.guidance.scale);
    expect(notices).toEqual([
      { kind: 'unknown-key', given: 'colour' },
      { kind: 'clamped', key: 'seed', given: '-3', used: '0' },
      { kind: 'clamped', key: 'steps', given: '5000', used: '100' },
      { kind: 'unreadable', key: 'sampler', given: 'dpm', used: defaults.sampler },
      { kind: 'unreadable', key: 'guidance', given: 'lots', used: String(defaults.guidance.scale) },
    ]);
  });

  it('says of what film another was made, and says so where that cannot be read', () => {
    const link =
      '#prompt=a+blue+fish&seed=3&make=forward.12-15.x12&of=prompt*a%2520red%2520ball*seed*5*steps*8*colour*red';
    const { state, notices } = decodeLink(link);
    expect(state.recipe).toMatchObject({ plan: 'forward.12-15.x12', of: [{ prompt: 'a red ball' }] });
    expect(state.recipe!.of[0].settings).toMatchObject({ seed: 5, steps: 8 });
    expect(notices).toEqual([{ kind: 'unreadable', key: 'of', given: 'colour', used: '-' }]);
    expect(decodeLink('make=forward.12-15.x12').state.recipe).toBeNull(); // of nothing
    expect(decodeLink('make=<b>&of=seed*5').notices).toEqual([
      { kind: 'unreadable', key: 'make', given: '<b>', used: '-' },
    ]);
  });

  it('keeps an interval in order', () => {
    const { state, notices } = decodeLink('from=0.8&to=0.2');
    expect(state.settings.guidance).toMatchObject({ from: 0.8, to: 0.8 });
    expect(notices).toEqual([{ kind: 'clamped', key: 'to', given: '0.2', used: '0.8' }]);
  });

  it('asks for a run only where it names a prompt', () => {
    expect(decodeLink('').asks).toBe(false);
    expect(decodeLink('#seed=4').asks).toBe(false);
    expect(decodeLink('#prompt=').asks).toBe(true);
  });

  it('cuts endless links and says so', () => {
    const { notices } = decodeLink(`#prompt=${'a'.repeat(39000)}`);
    expect(notices[0]).toEqual({ kind: 'too-long', given: '39007', used: '32000' });
    expect(notices[1]).toMatchObject({ kind: 'clamped', key: 'prompt' });
  });
});

describe('a prompt', () => {
  it('is cleaned once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        const once = cleanPrompt(text);
        expect(cleanPrompt(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('loses what turns writing around', () => expect(cleanPrompt('a \u202Ered\u0000 ball\n')).toBe('a red ball '));
});

describe('the table of settings', () => {
  it('has limits that a run accepts, and refuses nothing that it takes itself', () => {
    for (const key of settingKeys) {
      const spec = specOf(key);
      const values: unknown[] =
        spec.kind === 'number'
          ? [rangeOf(defaults, key).min, rangeOf(defaults, key).max]
          : spec.kind === 'choice'
            ? [...spec.options]
            : [spec.get(defaults)];
      for (const value of values) checkSettings(spec.put(defaults, value as never));
    }
  });

  it('writes and reads every default', () => {
    for (const key of settingKeys) expect(decodeLink(`${key}=${textOf(defaults, key)}`)).toMatchObject({ notices: [] });
  });
});
