import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ablationKinds, ablationText, checkAblation, mostAblations, readAblation } from '../../src/sampling/ablation';
import { SettingsError } from '../../src/sampling/errors';
import type { Ablation } from '../../src/sampling/types';

const whole = (max: number) => fc.nat(max);
const each: fc.Arbitrary<Ablation> = fc.oneof(
  fc.constantFrom<Ablation>({ kind: 'time' }, { kind: 'space' }),
  fc.record({ kind: fc.constant('words' as const), block: whole(63) }),
  fc.record({ kind: fc.constant('block' as const), block: whole(63) }),
  fc.record({ kind: fc.constant('head' as const), block: whole(63), head: whole(63) }),
  fc.record({ kind: fc.constant('shuffle' as const), seed: whole(4294967295) }),
  fc.record({
    kind: fc.constant('key' as const),
    word: fc.stringMatching(/^[a-z]{1,20}$/),
    percent: whole(400),
  }),
  fc.record({
    kind: fc.constant('vector' as const),
    word: fc.stringMatching(/^[a-z]{1,20}$/),
    minus: fc.stringMatching(/^[a-z]{1,20}$/),
    plus: fc.stringMatching(/^[a-z]{1,20}$/),
    percent: whole(400),
  }),
);

describe('what a network does without, as text', () => {
  it('comes back as it was written, and a run can be made of it', () => {
    fc.assert(
      fc.property(fc.array(each, { maxLength: mostAblations }), (ablation) => {
        expect(readAblation(ablationText(ablation))).toEqual(ablation);
      }),
    );
    expect([ablationText([]), readAblation('')]).toEqual(['', []]);
    expect(ablationKinds).toEqual(['time', 'space', 'words', 'block', 'head', 'shuffle', 'key', 'vector']);
  });

  it('is refused where it is none', () => {
    for (const text of [
      'many',
      'time.1',
      'head.1',
      'head.01.2',
      'block.-1',
      'block.64',
      'key.Red.100',
      'key.red.401',
      'vector.red.blue.50',
      'vector.red.red.Blue.50',
      'time_',
      ' ',
      'toString',
    ])
      // prettier-ignore
      expect(() => readAblation(text), text).toThrow(SettingsError);
    expect(() => readAblation(Array(17).fill('time').join('_'))).toThrow(/at most 16/);
  });

  it('is refused where a file holds anything else', () => {
    for (const value of [
      'time',
      [null],
      [{ kind: 'head' }],
      [{ kind: 'block', block: 0.5 }],
      [{ kind: 'key', word: 7, percent: 1 }],
    ])
      // prettier-ignore
      expect(() => checkAblation(value as unknown as Ablation[]), JSON.stringify(value)).toThrow(SettingsError);
  });

  it('is refused where the model has not so much, or would have nothing left', () => {
    const parts = { depth: 2, heads: 3 };
    checkAblation(readAblation('head.1.2_block.0'), parts);
    expect(() => checkAblation(readAblation('block.2'), parts)).toThrow(/block of block is 2: set it to a whole number from 0 to 1$/); // prettier-ignore
    expect(() => checkAblation(readAblation('head.1.3'), parts)).toThrow(/head of head is 3/);
    expect(() => checkAblation(readAblation('block.0_block.1'), parts)).toThrow(/leave at least one/);
  });
});
