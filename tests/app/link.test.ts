import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, type LinkState, linkKeys } from '../../src/app/link';
import { cleanPrompt, defaults, limits, promptLength, samplers, shows } from '../../src/app/settings';

const between = ({ min, max }: { min: number; max: number }) =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0); // no -0: a link writes it as 0

const states: fc.Arbitrary<LinkState> = fc
  .record({
    prompt: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map(cleanPrompt),
    seed: fc.integer(limits.seed),
    steps: fc.integer(limits.steps),
    sampler: fc.constantFrom(...samplers),
    scale: between(limits.guidance),
    interval: fc.tuple(between(limits.from), between(limits.to)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
    shift: between(limits.shift),
    show: fc.constantFrom(...shows),
    step: fc.option(fc.nat(100)),
    frame: fc.option(fc.nat(63)),
  })
  .map(({ prompt, seed, steps, sampler, scale, interval: [from, to], shift, show, step, frame }) => ({
    prompt,
    settings: { ...defaults, seed, steps, sampler, guidance: { ...defaults.guidance, scale, from, to }, shift },
    show,
    step: step === null ? null : Math.min(step, steps),
    frame,
  }));

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

  it('never throws and always yields a state within the limits, whatever stands there', () => {
    const keys = fc.constantFrom(...linkKeys, '__proto__');
    const pairs = fc
      .array(fc.tuple(keys, fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String), fc.string())))
      .map((list) => list.map(([key, value]) => `${key}=${value}`).join('&'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), pairs), (text) => {
        const { state } = decodeLink(text);
        const { seed, steps, guidance, shift } = state.settings;
        expect(Number.isInteger(seed) && seed >= 0 && seed <= limits.seed.max).toBe(true);
        expect(Number.isInteger(steps) && steps >= 1 && steps <= 100).toBe(true);
        expect(guidance.scale >= 0 && guidance.scale <= 30).toBe(true);
        expect(0 <= guidance.from && guidance.from <= guidance.to && guidance.to <= 1).toBe(true);
        expect(shift >= 0.1 && shift <= 10).toBe(true);
        expect(state.prompt.length).toBeLessThanOrEqual(2 * promptLength);
        // Read once more, nothing changes and there is nothing to say.
        const again = decodeLink(encodeLink(state));
        expect(again.state).toEqual(state);
        expect(again.notices).toEqual([]);
      }),
      { numRuns: 1000 },
    );
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
      { kind: 'clamped', key: 'steps', given: '5000', used: '100' },
      { kind: 'clamped', key: 'seed', given: '-3', used: '0' },
      { kind: 'unreadable', key: 'sampler', given: 'dpm', used: defaults.sampler },
      { kind: 'unreadable', key: 'guidance', given: 'lots', used: String(defaults.guidance.scale) },
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
    const { notices } = decodeLink(`#prompt=${'a'.repeat(9000)}`);
    expect(notices[0]).toEqual({ kind: 'too-long', given: '9007', used: '4000' });
    expect(notices[1]).toMatchObject({ kind: 'clamped', key: 'prompt' });
  });
});

describe('a prompt', () => {
  it('is cleaned once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = cleanPrompt(text);
        expect(cleanPrompt(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('loses what turns writing around', () => expect(cleanPrompt('a \u202Ered\u0000 ball\n')).toBe('a red ball '));
});
