/**
 * What a worker does that owns a network, the transformer, the decoder, or one that learns: which, the worker's name says. All of it
 * is in engine/server.ts, engine/decoder-server.ts and learn/server.ts, which tests can reach without a worker.
 *
 * One script for all, because every worker is bundled by itself: two would bring tfjs to the visitor twice. So this room stands
 * above engine and learn, and the page's side of each worker lies beside the script. What it is not: it computes nothing.
 */
import { learnerName } from '../learn/protocol';
import type { LearnerPort } from '../learn/server';
import { serveDecoder, type DecoderPort } from '../engine/decoder-server';
import { decoderName } from '../engine/decoder-protocol';
import { serve, type Port } from '../engine/server';

export function serveByName(): void {
  const scope = globalThis as unknown as { readonly name?: string };
  if (scope.name === decoderName) serveDecoder(scope as DecoderPort);
  else if (scope.name === learnerName)
    // Who never opens the view that learns loads nothing of it. It says when it listens.
    void import('../learn/server').then(
      ({ serveLearner }) => serveLearner(scope as LearnerPort),
      // Thrown outside of a promise, it reaches the page as an error of this worker.
      (error: unknown) =>
        setTimeout(() => {
          throw error;
        }),
    );
  else serve(scope as Port);
}
