/**
 * How large a clip is shown: as the transformer made it, or as the decoder draws it and what follows from that.
 *
 * What it is not: it opens no decoder (model.ts does) and writes no file (pictures.ts does).
 */
import type { FrameDecoder } from '../src/model/decoder';
import { factor } from '../src/model/decoder-config';
import type { ClipShape } from '../src/sampling/types';
import { blocks, doubled, framesOf, halved, type Picture } from './pictures';

/** Pixels across a picture, of a clip of 32 x 32: the transformer's own, the decoder's reduced, its own, and enlarged. */
export const sizes = [32, 64, 128, 256] as const;
export type Size = (typeof sizes)[number];

/** From a clip (3 x frames x height x width), the guess of a step, to its pictures. */
export interface Show {
  film(clip: Float32Array): Promise<Picture[]>;
  cells(clip: Float32Array): Promise<Picture[]>; // of a sheet: small enough that a whole run can be looked at
}

/** As the transformer made it, each pixel a square: large enough to be looked at, and nothing smoother. */
export const raw = (shape: ClipShape): Show => ({
  film: async (clip) => framesOf(clip, shape).map((frame) => blocks(frame, 8)),
  cells: async (clip) => framesOf(clip, shape).map((frame) => blocks(frame, 2)),
});

const fromDrawn: Readonly<Record<Exclude<Size, 32>, (drawn: Picture) => Picture>> = {
  64: halved,
  128: (drawn) => drawn,
  256: doubled,
};

/** As the decoder draws it. tokens: the prompt's, by the words that the decoder knows. */
export function decoded(decoder: FrameDecoder, shape: ClipShape, tokens: Int32Array, size: Exclude<Size, 32>): Show {
  const all = Array.from({ length: shape.frames }, (_, frame) => frame);
  const draw = async (clip: Float32Array): Promise<Picture[]> => {
    const drawn = await decoder.draw(clip, shape, all, tokens);
    return drawn.map((values) => ({ height: factor * shape.height, width: factor * shape.width, values }));
  };
  return {
    film: async (clip) => (await draw(clip)).map(fromDrawn[size]),
    cells: async (clip) => (await draw(clip)).map(fromDrawn[64]),
  };
}
