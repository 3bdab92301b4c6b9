import { describe, expect, it } from 'vitest';
import { drawBackdrop, findBackdrop } from '../../src/reading/backdrop';
import { costOfChange, scalesOf } from '../../src/reading/changing';
import { canvasOf } from '../../src/reading/canvas';
import { Comparison } from '../../src/reading/panorama';
import type { Picture } from '../../src/reading/picture';
import { flatness, limitOf, rankSettings } from '../../src/reading/setting';
import { drawWall, findWall, hideEdges } from '../../src/reading/wall';
import { backdropWords } from '../../src/reading/words';
import { settings, world, type Scene } from '../../src/world';
import { pictureOfScene, sceneWith, shape } from './scenes';

const four = { ...shape, frames: 4 };
const sceneOf = (more: Partial<Scene>): Scene => ({ ...sceneWith({ x: 0.45 }), ...more });
const pixel = 1 / 32;
/** How far two places of the backdrop are apart, which comes round. */
const apart = (a: number, b: number): number => {
  const way = Math.abs(a - b) % world.backdrop_period;
  return Math.min(way, world.backdrop_period - way);
};

describe('the setting', () => {
  it.each(settings)('%s is known by its colours, though a thing stands before it', (setting) => {
    const picture = pictureOfScene(sceneOf({ setting }), four);
    const [first, second] = rankSettings(picture, [0, 3], limitOf(picture));
    expect(first).toMatchObject({ setting, light: null });
    expect(first.own).toBeLessThan(0.5 * second.own);
  });

  it('is day and night where the ends of the clip say so, and only there', () => {
    for (const light of ['dusk', 'dawn'] as const) {
      const picture = pictureOfScene(sceneOf({ light, setting: 'sea' }));
      expect(rankSettings(picture, [0, 15], limitOf(picture))[0]).toMatchObject({ setting: 'sea', light });
      expect(rankSettings(picture, [0], limitOf(picture))[0].light).toBe(null);
    }
  });

  it('lets a pixel count for more in a restless clip, and says how well one colour does', () => {
    const quiet = pictureOfScene(sceneOf({}), four);
    const restless: Picture = { ...quiet, pixels: quiet.pixels.map((value, i) => value + 0.1 * Math.sin(12.9898 * i * i)) }; // prettier-ignore
    expect(limitOf(quiet)).toBeCloseTo(0.02, 3);
    expect(limitOf(restless)).toBeGreaterThan(0.03);
    expect(flatness({ ...quiet, pixels: quiet.pixels.map(() => 0.4) }, 0.02)).toBeCloseTo(0, 6);
    expect(flatness(quiet, 0.02)).toBeGreaterThan(0.5);
  });
});

describe('the stretch of backdrop', () => {
  it('leaves least unexplained where it is', () => {
    const picture = pictureOfScene(sceneWith(), four);
    const comparison = new Comparison(picture, 'meadow', [0, 3], 0.02);
    expect(comparison.cost(0.3, 0)).toBeLessThan(0.01);
    for (const off of [-2, 2]) expect(comparison.cost(0.3 + off * pixel, 0)).toBeGreaterThan(0.05);
    expect(comparison.cost(1.1, 0, 0.001)).toBe(Infinity); // given up as soon as it is worse
  });

  it.each([
    ['stands', 0.3],
    ['left', 1.2],
    ['right', 0.7],
  ])('is found to an eighth of a pixel while the camera %s', (camera, backdrop) => {
    const found = findBackdrop(pictureOfScene(sceneOf({ camera, backdrop })));
    expect(apart(found.offset, backdrop)).toBeLessThan(pixel / 8);
    expect(found.pan).toBeCloseTo(world.cameras[camera].pan * world.pan_speed, 3);
    expect(found).toMatchObject({ setting: 'meadow', light: null, zoom: 0 });
    expect(backdropWords(found, 16)).toMatchObject({ setting: 'meadow', camera, light: 'stays' });
  });

  it.each(['in', 'out'])('is found while the camera zooms %s, and how strongly', (camera) => {
    const scene = sceneOf({ camera });
    const found = findBackdrop(pictureOfScene(scene));
    expect(apart(found.offset, 0.3)).toBeLessThan(pixel / 4);
    expect(found.zoom).toBeCloseTo(world.cameras[camera].zoom, 1);
    expect(backdropWords(found, 16).camera).toBe(camera);
  });

  it('costs more with another zoom or another light than with its own', () => {
    const picture = pictureOfScene({ ...sceneWith(), camera: 'in', light: 'dusk', setting: 'snow' });
    const cost = (zoom: number, light: 'dusk' | 'dawn') => costOfChange(picture, 'snow', 0.3, { zoom, light }, [0, 8, 15], 0.02); // prettier-ignore
    const own = cost(1, 'dusk');
    for (const other of [cost(0, 'dusk'), cost(-1, 'dusk'), cost(1, 'dawn')]) expect(other).toBeGreaterThan(1.5 * own);
    const [first, last] = [0, 15].map((n) => scalesOf(1, 16)[n]);
    expect([first * last, last]).toEqual([expect.closeTo(1, 9), expect.closeTo(world.zoom_reach, 9)]);
  });

  it.each([{}, { camera: 'right' }, { camera: 'out' }, { light: 'dawn' as const, setting: 'desert' }])(
    'drawn again is what was rendered: %o',
    (more) => {
      const scene = { ...sceneWith(), ...more };
      const picture = pictureOfScene(scene);
      const { pan, zoom } = world.cameras[scene.camera];
      const light = scene.light ?? null;
      const drawn = drawBackdrop({ setting: scene.setting, offset: 0.3, pan: pan * world.pan_speed, zoom, light }, picture); // prettier-ignore
      const error = canvasOf(picture, drawn).baseError;
      // To an eighth of a pixel, which shows at the edges of hills and dots.
      expect(error.filter((each) => each > 0.01).length).toBeLessThan(0.01 * error.length);
    },
  );

  it('of a picture of stripes is no setting of ours', () => {
    const stripes = Float32Array.from({ length: 3 * 16 * 1024 }, (_, i) => Number((i / 3) % 8 < 4 === (i % 3 === 0)));
    const found = findBackdrop({ ...pictureOfScene(sceneWith()), pixels: stripes });
    expect(backdropWords(found, 16)).toMatchObject({ setting: 'undecided', light: 'undecided' });
  });
});

describe('a wall', () => {
  const scene = { ...sceneWith(), wall: [0.55, 0.24] };
  const bare = pictureOfScene(sceneWith()).pixels;

  it('is found where it stands, to half a pixel', () => {
    const wall = findWall(canvasOf(pictureOfScene(scene), bare))!;
    expect(Math.hypot(wall[0] - 0.55, wall[1] - 0.24)).toBeLessThan(pixel / 2);
  });

  it('is none where there is none, nor where only one frame shows it', () => {
    const picture = pictureOfScene(sceneWith({ colour: 'red', radius: 0.25 }));
    expect(findWall(canvasOf(picture, bare))).toBe(null);
    const late = pictureOfScene(scene);
    late.pixels.set(bare.subarray(0, 3 * 1024));
    expect(findWall(canvasOf(late, bare))).toBe(null);
  });

  it('drawn, explains what the backdrop does not, and marks its soft edges as hidden', () => {
    const picture = pictureOfScene(scene);
    const [base, cover] = [bare.slice(), new Float32Array(16 * 1024)];
    drawWall(picture, [0.55, 0.24], base, cover);
    const canvas = canvasOf(picture, base, cover);
    expect(Math.max(...canvas.baseError)).toBeLessThan(1e-6);
    const hidden = new Uint8Array(16 * 1024);
    hideEdges(picture, [0.55, 0.24], hidden);
    const row = Math.round(0.24 * 32) * 32;
    expect([hidden[row + 17], hidden[row + 12 * 32 + 17], hidden[0]]).toEqual([1, 0, 0]);
  });
});
