/** Chapter 3: a clip cut into patches of space and time, as the network does, or otherwise. */
import type { ClipShape } from '../sampling/types';

/** A patch: so many frames, and a square of so many pixels. */
export interface Cut {
  readonly frames: number;
  readonly side: number; // pixels
}

/** As nano cuts its clips: models/nano/config.json. */
export const ownCut: Cut = { frames: 2, side: 8 };
export const cutFrames = [1, 2, 4] as const;
export const cutSides = [4, 8, 16] as const;

export const cutName = ({ frames, side }: Cut): string => `${frames}.${side}`;

export function cutNamed(name: string): Cut {
  const [frames, side] = name.split('.').map(Number);
  return { frames, side };
}

/** How many patches a clip is, and how many pairs of them look at each other in a layer of attention. */
export function countOf({ frames, side }: Cut, shape: ClipShape): { readonly tokens: number; readonly pairs: number } {
  const tokens = (shape.frames / frames) * (shape.height / side) * (shape.width / side);
  return { tokens, pairs: tokens ** 2 };
}
