import { describe, expect, it } from 'vitest';
import { compare, phraseOf } from '../../src/judging/comparison';
import { undecided } from '../../src/reading';
import { blank, reading } from './fake-reading';

const lines = (...of: Parameters<typeof compare>) =>
  compare(...of).groups.flatMap(({ lines }) =>
    lines.map(({ attribute, asked, seen, mark }) => [attribute, asked, seen, mark]),
  );

describe('asked beside seen', () => {
  it('marks each word that was asked, and names what is there instead', () => {
    const seen = reading([{ colour: 'blue', thing: undecided, motion: 'bouncing' }]);
    expect(lines(seen, 'A small red ball bouncing at night.')).toEqual([
      ['colour', 'red', 'blue', 'wrong'],
      ['thing', 'ball', undecided, 'undecided'],
      ['size', 'small', 'small', 'right'],
      ['motion', 'bouncing', 'bouncing', 'right'],
      ['setting', 'night', 'night', 'right'],
      ['count', '1', '1', 'right'],
    ]);
    expect(compare(seen, 'A small red ball bouncing at night.')).toMatchObject({ right: 4, total: 6 });
  });

  it('marks nothing that nobody asked for', () => {
    const found = lines(reading([{ motion: 'left', speed: 'fast' }], { camera: 'left' }), 'a ball');
    expect(found).toEqual([
      ['colour', null, 'red', null],
      ['thing', 'ball', 'ball', 'right'],
      ['size', null, 'small', null],
      ['motion', null, 'left', null],
      ['speed', null, 'fast', null],
      ['setting', null, 'night', null],
      ['count', '1', '1', 'right'],
      ['camera', null, 'left', null],
    ]);
    expect(compare(reading([{}]), '')).toMatchObject({ right: 0, total: 0 });
  });

  it('keeps two things apart, and lists one more that nobody asked for', () => {
    const seen = reading([{ colour: 'blue', thing: 'star' }, {}, { colour: 'green', thing: 'box' }]);
    const { groups } = compare(seen, 'a red ball and a blue star');
    expect(groups.map(({ object, whole }) => [object, whole])).toEqual([[1, false], [0, false], [2, false], [null, true]]); // prettier-ignore
    expect(groups[2].lines.every(({ mark }) => mark === null)).toBe(true);
    expect(groups[3].lines).toContainEqual({ attribute: 'count', asked: '2', seen: '3', mark: 'wrong' });
  });

  it('says of a blank clip that the thing is not there, and of its place that it cannot tell', () => {
    expect(lines(blank, 'a red ball at night')).toEqual([
      ['colour', 'red', null, 'absent'],
      ['thing', 'ball', null, 'absent'],
      ['setting', 'night', undecided, 'undecided'],
      ['count', '1', '0', 'wrong'],
    ]);
  });

  it('names words as they stand in a sentence', () => {
    expect([phraseOf('motion', 'left'), phraseOf('setting', 'night'), phraseOf('colour', 'red')]).toEqual([
      'moving left',
      'at night',
      'red',
    ]);
  });
});
