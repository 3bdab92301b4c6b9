/**
 * A step for the ear: what is seen in it and where, as words that a sentence in i18n puts together. From what
 * the reader reads in the guess, never from the prompt.
 */
import { undecided, type Reading } from '../reading/types';
import { phraseOf } from './comparison';

export interface Heard {
  readonly colour: string | null; // in the words of the world; null: can't be told, here and below
  readonly thing: string | null;
  readonly line: 'upper' | 'middle' | 'lower';
  readonly column: 'left' | 'middle' | 'right';
  readonly motion: string | null; // "moving right"
}

/** Each thing that is seen, where it is in this frame. Nothing at all is an empty list. */
export function heard({ objects, shape, pan }: Reading, frame: number): Heard[] {
  const third = <T>(at: number, size: number, names: readonly [T, T, T]): T =>
    names[at < size / 3 ? 0 : at > (2 * size) / 3 ? 2 : 1];
  const width = shape.width / shape.height; // lengths are in frame heights
  return objects.flatMap(({ colour, thing, motion, track }) => {
    const at = Math.min(frame, track.length - 1);
    const sighting = track[at];
    if (!sighting) return [];
    const inPicture = sighting.x - pan * (at - (shape.frames - 1) / 2); // a track is in the scene, the camera may pan
    return [
      {
        colour: colour === undecided ? null : colour,
        thing: thing === undecided ? null : thing,
        line: third(sighting.y, 1, ['upper', 'middle', 'lower'] as const),
        column: third(inPicture, width, ['left', 'middle', 'right'] as const),
        motion: motion === undecided ? null : phraseOf('motion', motion),
      },
    ];
  });
}
