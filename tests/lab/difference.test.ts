import { describe, expect, it } from 'vitest';
import { difference, differenceClip } from '../../src/lab/difference';

const shape = { frames: 3, height: 4, width: 4 };
const plane = 3 * 4 * 4;
const blank = () => new Float32Array(3 * plane);
/** A clip that differs from a blank one by `much` at some pixels of one colour. */
const changed = (much: number, where: (frame: number, line: number, column: number) => boolean) => {
  const clip = blank();
  for (let i = 0; i < plane; i++) if (where(Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4)) clip[plane + i] = much;
  return clip;
};

describe('the difference of two clips', () => {
  it('is nothing where they are equal', () => {
    expect(difference(blank(), blank(), shape)).toEqual({ rms: 0, share: 0, frame: 0, place: 'all over' });
    expect(differenceClip(blank(), blank(), shape).every((value) => value === -1)).toBe(true);
  });

  it('says how much, where and when', () => {
    const right = changed(0.9, (frame, _, column) => frame === 1 && column > 1);
    expect(difference(blank(), right, shape)).toMatchObject({ share: 8 / plane, frame: 1, place: 'right' });
    const below = changed(0.9, (frame, line) => frame === 2 && line === 3);
    expect(difference(below, blank(), shape)).toMatchObject({ frame: 2, place: 'bottom' });
    expect(
      difference(
        blank(),
        changed(1, () => true),
        shape,
      ),
    ).toMatchObject({ share: 1, place: 'all over' });
    const inside = changed(1, (_, line, column) => line > 0 && line < 3 && column > 0 && column < 3);
    expect(difference(blank(), inside, shape).place).toBe('middle');
  });

  it('counts only what can be seen: small differences, and those beyond black and white, are none', () => {
    expect(
      difference(
        blank(),
        changed(0.1, () => true),
        shape,
      ).share,
    ).toBe(0);
    const beyond = (much: number) => changed(much, () => true);
    expect(difference(beyond(3), beyond(5), shape).share).toBe(0);
    expect(difference(beyond(3), beyond(5), shape).rms).toBeGreaterThan(1);
  });

  it('is light where they differ, in no colour', () => {
    const clip = differenceClip(
      blank(),
      changed(-1, (frame) => frame === 0),
      shape,
    );
    expect([clip[0], clip[plane], clip[2 * plane], clip[16]]).toEqual([0, 0, 0, -1]);
  });
});
