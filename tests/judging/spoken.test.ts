import { describe, expect, it } from 'vitest';
import { heard } from '../../src/judging/spoken';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { asked, sceneOf } from '../../src/evaluation';
import { readClip, undecided } from '../../src/reading';
import { render } from '../../src/world/render';
import { blank, thing, trackAlong } from './fake-reading';

const seen = (...objects: ReturnType<typeof thing>[]) => ({ ...blank, seen: true, objects });

describe('a step for the ear', () => {
  it('says what is seen, where it is in this frame, and how it moves', () => {
    const track = trackAlong((n) => 0.1 + 0.05 * n, (n) => 0.9 - 0.05 * n); // prettier-ignore
    const reading = seen(thing({ motion: 'left', track }));
    expect(heard(reading, 0)).toEqual([
      { colour: 'red', thing: 'ball', line: 'upper', column: 'right', motion: 'moving left' },
    ]);
    expect(heard(reading, 15)).toMatchObject([{ line: 'lower', column: 'left' }]);
    expect(en.step(9, 24, 1, 16, 0.71, heard(reading, 0))).toBe(
      'Step 9 of 24, frame 1 of 16: a red ball, upper right, moving left; 71\u00a0% noise left',
    );
    expect(de.step(9, 24, 1, 16, 0.71, heard(reading, 0))).toBe(
      'Schritt 9 von 24, Bild 1 von 16: roter Ball, oben rechts, bewegt sich nach links; noch 71\u00a0% Rauschen',
    );
  });

  it('says nothing that cannot be told', () => {
    const reading = seen(
      thing({ thing: undecided, motion: undecided }),
      thing({ colour: undecided, motion: undecided }),
    );
    expect(heard(reading, 0)).toMatchObject([
      { thing: null, motion: null },
      { colour: null, thing: 'ball', motion: null },
    ]);
    expect(en.step(1, 4, 1, 16, 1, heard(reading, 0))).toContain(
      'something, in the middle; and a ball, in the middle;',
    );
    expect(en.step(1, 4, 1, 16, 1, [])).toContain('nothing seen yet');
  });

  it('takes a panning camera out', () => {
    const still = { ...seen(thing({ track: trackAlong(() => 0.5, () => 0.5) })), pan: 0.06 }; // prettier-ignore
    expect([heard(still, 0)[0].column, heard(still, 15)[0].column]).toEqual(['right', 'left']);
  });

  it('finds where things are in a clip of the world', () => {
    const size = { frames: 16, height: 32, width: 32 };
    const clip = render(sceneOf(asked('A big red ball standing still at night.'), 5), size).map(
      (value) => 2 * value - 1,
    );
    const said = heard(readClip(clip, size), 8);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ colour: 'red', thing: 'ball', motion: 'standing still' });
  });
});
