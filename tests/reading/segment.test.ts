import { describe, expect, it } from 'vitest';
import { changes, meanPaint, mixed, nearestColour, palette } from '../../src/reading/colour';
import { appearanceOf } from '../../src/reading/appearance';
import {
  keyFrames,
  largestBlob,
  nearestColours,
  patchTrack,
  turningLabels,
  type Blob,
} from '../../src/reading/segment';
import { turnIn } from '../../src/reading/turn';
import { colours, world } from '../../src/world';
import { canvasOfScene, sceneWith, shape } from './scenes';

const four = { ...shape, frames: 4 };
const red = colours.indexOf('red');
const quiet = 0.005;
const blobsOf = (...objects: Parameters<typeof sceneWith>) => {
  const canvas = canvasOfScene(sceneWith(...objects), four);
  const labels = nearestColours(canvas, quiet);
  return [0, 1, 2, 3].map((n) => largestBlob(canvas, labels, n, red, palette[red]));
};

describe('the labels', () => {
  it('are the colour of what stands before the backdrop, and none elsewhere', () => {
    const canvas = canvasOfScene(sceneWith({}), four);
    const labels = nearestColours(canvas, quiet);
    expect(labels[13 * 32 + 15]).toBe(red);
    expect(labels[0]).toBe(-1);
    const disc = Math.PI * (0.16 * 32) ** 2;
    expect(labels.subarray(0, 1024).filter((label) => label === red).length).toBeGreaterThan(0.7 * disc);
    expect(labels.filter((label) => label === red).length).toBeLessThan(4 * disc);
  });

  it('of noise as strong as the thing are none', () => {
    expect(new Set(nearestColours(canvasOfScene(sceneWith({}), four), 0.5))).toEqual(new Set([-1]));
  });

  it('of a colour that turns follow it from frame to frame', () => {
    const canvas = canvasOfScene(sceneWith({ to: 'blue' }));
    const middle = (labels: Int8Array) => [0, 7, 8, 10, 15].map((n) => labels[n * 1024 + 13 * 32 + 15]);
    expect(middle(turningLabels(canvas, quiet, { colour: 'red', to: 'blue' }))).toEqual([red, red, red, red, red]);
    expect(middle(turningLabels(canvas, quiet, { colour: 'red', to: 'green' }))).toEqual([red, -1, -1, -1, -1]);
  });
});

describe('the largest patch', () => {
  it('has the middle and the area of its thing, half-covered pixels counted', () => {
    const [blob] = blobsOf({ x: 0.43, y: 0.37 });
    expect(blob).toMatchObject({ touches: false });
    expect(Math.hypot(blob!.x - 0.43, blob!.y - 0.37) * 32).toBeLessThan(0.6); // the highlight is no part of it
    expect(blob!.area / (Math.PI * 0.16 ** 2)).toBeGreaterThan(0.85);
    expect(blob!.area / (Math.PI * 0.16 ** 2)).toBeLessThan(1.05);
  });

  it('is the larger of two that do not touch, and touches the edge where it does', () => {
    const [blob] = blobsOf({ x: 0.2, y: 0.15, radius: 0.1 }, { x: 0.75 });
    expect(blob!.x).toBeCloseTo(0.75, 1);
    expect(blobsOf({ x: 0.02 })[0]!.touches).toBe(true);
    expect(blobsOf({ colour: 'blue' })[0]).toBeUndefined();
  });

  it('is followed as a disc, and stays where it was while it is not there', () => {
    const blob: Blob = { x: 0.3, y: 0.4, area: Math.PI * 0.01, pixels: 30, touches: false };
    const [first, gone, last] = patchTrack([blob, undefined, { ...blob, x: 0.5 }]);
    expect(first).toMatchObject({ x: 0.3, y: 0.4, radius: expect.closeTo(0.1, 9), explained: 0.6 });
    expect([gone.x, gone.explained, last.x]).toEqual([0.3, 0, 0.5]);
  });

  it('is looked at where most of it is seen in each quarter of the clip, the clearest first', () => {
    const blob = (area: number, touches = false): Blob => ({ x: 0.5, y: 0.5, area, pixels: 50, touches });
    const areas = [blob(0.1), blob(0.2), undefined, blob(0.05), blob(0.5, true), blob(0.3), undefined, undefined];
    expect(keyFrames(areas)).toEqual([5, 1, 3]);
    expect(keyFrames([undefined, undefined])).toEqual([]);
  });
});

describe('a colour', () => {
  it('has the name of the nearest one of the palette', () => {
    for (const name of colours) expect(nearestColour(world.colours[name].map((c) => 0.95 * c + 4))).toBe(name);
  });

  it('on its way is a mixture, and comes as far as the world says', () => {
    expect(mixed({ colour: 'red', to: 'blue' }, 0.5)[2]).toBeCloseTo((palette[red][2] + palette[colours.indexOf('blue')][2]) / 2, 9); // prettier-ignore
    expect(mixed({ colour: 'red', to: null }, 0.7)).toEqual([...palette[red]]);
    expect([changes(16)[0], changes(16)[15]]).toEqual([0, 1]);
  });

  it('is read inside the thing, where no mark and no backdrop is in it', () => {
    const canvas = canvasOfScene(sceneWith({ thing: 'ring', radius: 0.25 }), four);
    const pose = { x: 0.5, y: 0.4, radius: 0.25, angle: 0, gain: 1, visible: 1, explained: 1 };
    const paint = meanPaint(canvas, appearanceOf('ring', 'red'), [pose, pose, pose, pose]);
    paint.forEach((value, c) => expect(Math.abs(value - world.colours.red[c])).toBeLessThan(12));
  });

  it('that turns is told from one that stays, and from one that leaves', () => {
    const turn = (...objects: Parameters<typeof sceneWith>) =>
      turnIn(nearestColours(canvasOfScene(sceneWith(...objects)), quiet), 16, 40);
    expect(turn({ to: 'blue' })).toEqual({ colour: 'red', to: 'blue' });
    expect(turn({})).toBe(null);
    expect(turn({ motion: 'right', vx: 0.05 })).toBe(null);
  });
});
