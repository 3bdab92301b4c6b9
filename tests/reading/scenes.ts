/** Scenes with known numbers, and what the reader's steps are given of them: a picture, and a canvas with the true backdrop. */
import { canvasOf, type Canvas } from '../../src/reading/canvas';
import { pictureOf, type Picture } from '../../src/reading/picture';
import { render, type Scene, type WorldObject } from '../../src/world';

export const shape = { frames: 16, height: 32, width: 32 };

export const thing: WorldObject = {
  thing: 'ball', colour: 'red', size: 'small', motion: 'still', speed: null, radius: 0.16,
  x: 0.5, y: 0.4, vx: 0, vy: 0, omega: 0, phase: 0, reach: 0,
}; // prettier-ignore

export const sceneWith = (...objects: Partial<WorldObject>[]): Scene => ({
  setting: 'meadow',
  camera: 'stands',
  backdrop: 0.3,
  objects: objects.map((each) => ({ ...thing, ...each })),
});

export const clipOf = (scene: Scene, size = shape): Float32Array => render(scene, size).map((value) => 2 * value - 1);
export const pictureOfScene = (scene: Scene, size = shape): Picture => pictureOf(clipOf(scene, size), size);

/** The objects before the backdrop that they truly stand before. */
export const canvasOfScene = (scene: Scene, size = shape): Canvas =>
  canvasOf(pictureOfScene(scene, size), pictureOfScene({ ...scene, objects: [] }, size).pixels);
