/**
 * Chapter 8: a film of the same words as the network's boat, computed by the rules of the world. Which of the two is the
 * network's?
 */
import { render } from '../world/render';
import { draws, sampleObject, type Scene } from '../world/scene';
import { wreckShape } from './wreck';

/** Where the network's film stands; the other one is drawn by rules. */
export const networkSide = 'left';

const scene: Scene = {
  setting: 'sea',
  camera: 'stands',
  backdrop: 0.4,
  objects: [
    {
      ...sampleObject(draws(5), 1, { sizes: ['big'], motions: ['left'], speeds: ['slowly'] }),
      thing: 'boat',
      colour: 'blue',
    },
  ],
};

/** 3 x frames x height x width, values -1 .. 1. */
export function twin(): Float32Array {
  return render(scene, wreckShape).map((value) => 2 * value - 1);
}
