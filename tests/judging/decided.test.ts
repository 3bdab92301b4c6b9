import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/judging/decided';
import { undecided, type Reading } from '../../src/reading';
import { blank, reading, trackAlong } from './fake-reading';

const prompt = 'A small red ball bouncing at night.';
const last = reading([{ motion: 'bouncing' }]);
const rowOf = (name: string, readings: readonly (Reading | undefined)[], complete = true, asked = prompt) =>
  decide(asked, readings, complete).find(({ decision }) => decision === name)!;

describe('when it is decided', () => {
  it('is the step from which on a word no longer changes', () => {
    const readings = [
      blank,
      reading([{ thing: undecided, motion: undecided, colour: 'pink', track: trackAlong(() => 0.2) }]),
      reading([{ thing: 'box', motion: 'left' }]),
      last,
      last,
    ];
    const rows = decide(prompt, readings, true);
    expect(Object.fromEntries(rows.map(({ decision, from }) => [decision, from]))).toEqual({
      setting: 1,
      colour: 2,
      thing: 3,
      size: 1,
      motion: 3,
      place: 2,
    });
    expect(rowOf('thing', readings).cells).toEqual(['absent', 'undecided', 'wrong', 'right', 'right']);
    expect(rowOf('place', readings).cells).toEqual(['absent', 'other', 'same', 'same', 'same']);
  });

  it('counts what is wrong as decided where it stays wrong, and what nobody can tell as never', () => {
    const wrong = reading([{ colour: 'blue', thing: undecided }]);
    expect(rowOf('colour', [last, wrong, wrong])).toMatchObject({ cells: ['right', 'wrong', 'wrong'], from: 1 });
    expect(rowOf('thing', [last, wrong, wrong])).toMatchObject({ from: null });
  });

  it('calls nothing right or wrong that nobody asked for', () => {
    expect(rowOf('colour', [blank, reading([{ colour: 'blue' }]), last], true, 'a ball')).toMatchObject({
      asked: null,
      cells: ['absent', 'other', 'same'],
      from: 2,
    });
    const free = decide('', [reading([{ colour: 'blue' }]), last], true);
    expect(free.flatMap(({ cells }) => cells)).not.toContain('right');
    expect(free.map(({ decision }) => decision)).toEqual(['setting', 'colour', 'thing', 'size', 'motion', 'place']);
  });

  it('knows two things apart at every step', () => {
    const star = { colour: 'blue', thing: 'star' };
    const rows = decide('a red ball and a blue star', [reading([star, {}]), reading([{}, star])], true);
    for (const row of rows.filter(({ decision }) => decision === 'thing'))
      expect(row).toMatchObject({ cells: ['right', 'right'], from: 0 });
  });

  it('waits while the run goes on, and while steps are unread', () => {
    expect(rowOf('colour', [last, last], false)).toMatchObject({ cells: ['right', 'right'], from: null });
    expect(rowOf('colour', [undefined, last, last])).toMatchObject({ cells: [null, 'right', 'right'], from: null });
    expect(rowOf('colour', [undefined, blank, last])).toMatchObject({ cells: [null, 'absent', 'right'], from: 2 });
    expect(rowOf('colour', [last, undefined])).toMatchObject({ from: null });
    expect(decide(prompt, [], false)).toEqual([]);
    expect(decide(prompt, [undefined], false)).toEqual([]);
  });

  it('holds for any run: it stays from there on, not before, and nothing earlier matters', () => {
    const colour = fc.constantFrom('red', 'blue', undecided, 'nothing');
    const made = (word: string) => (word === 'nothing' ? blank : reading([{ colour: word }]));
    fc.assert(
      fc.property(
        fc.array(colour, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(prompt, 'a ball'),
        (words, asked) => {
          const { from, cells } = rowOf('colour', words.map(made), true, asked);
          const end = words[words.length - 1];
          if (end === undecided || end === 'nothing') {
            expect(from).toBeNull();
            return;
          }
          expect(words.slice(from!).every((word) => word === end)).toBe(true);
          expect(new Set(cells.slice(from!)).size).toBe(1);
          if (from! > 0) expect(words[from! - 1]).not.toBe(end);
          if (asked === 'a ball') expect(cells.some((cell) => cell === 'right' || cell === 'wrong')).toBe(false);
          if (from! > 1) {
            const other = [...words.slice(0, from! - 1).map(() => 'green'), ...words.slice(from! - 1)];
            expect(rowOf('colour', other.map(made), true, asked).from).toBe(from);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
