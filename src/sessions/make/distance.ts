/**
 * Asks how far a picture is from the training world: our reader, and, where one is loaded, the network.
 *
 * What it is not: the measure itself, which is src/pictures/far.ts.
 */
import { errorOf, farOf, level, noised, outside, type Far } from '../../pictures/far';
import { held } from '../../pictures/ground';
import type { ClipShape } from '../../sampling/types';
import type { EngineSession } from '../../app/engine-session';
import { createReader, type ReaderPort } from '../../judging/reader';

export interface Distance extends Far {
  readonly asked: string | null; // the network that was asked, by name; null: none is loaded
}

/**
 * frames: 3 x count x height x width, one picture or as many as the shape has. Rejects with the reader's or the engine's
 * error, or the signal's reason.
 */
export async function distanceOf(
  frames: Float32Array,
  shape: ClipShape,
  engine: Pick<EngineSession, 'info' | 'probe'>,
  signal: AbortSignal,
  startReader: () => ReaderPort = createReader,
): Promise<Distance> {
  const { height, width } = shape;
  const clip = frames.length === 3 * height * width ? held(frames, shape) : frames;
  const reader = startReader();
  try {
    const [reading, error] = await Promise.all([reader.read(clip, shape), networkError(clip, shape, engine, signal)]);
    signal.throwIfAborted();
    const asked = error === null ? null : (engine.info?.model ?? null);
    return { ...farOf(reading, outside(frames), error, asked ?? ''), asked };
  } finally {
    reader.dispose();
  }
}

/** Of one guess without words; null where no network is loaded. */
async function networkError(
  clip: Float32Array,
  shape: ClipShape,
  engine: Pick<EngineSession, 'info' | 'probe'>,
  signal: AbortSignal,
): Promise<number | null> {
  if (!engine.info) return null;
  const request = { prompt: '', x: noised(clip), levels: Float32Array.of(level), shape, tokens: [0], guesses: true };
  let guess: Float32Array | undefined;
  for await (const block of engine.probe(request, signal)) guess = block.guess; // the last block's is the network's own
  return guess ? errorOf(guess, clip) : null;
}
