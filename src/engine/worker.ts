/**
 * The workers that own a network, the transformer or the decoder: which one, the worker's name says. Everything they do is
 * in server.ts and decoder-server.ts, which tests can reach without a worker.
 *
 * One script for both, because every worker is bundled by itself: two would bring tfjs to the visitor twice.
 */
import { serveDecoder, type DecoderPort } from './decoder-server';
import { decoderName } from './decoder-protocol';
import { serve, type Port } from './server';

const scope = globalThis as unknown as { readonly name?: string };
if (scope.name === decoderName) serveDecoder(scope as DecoderPort);
else serve(scope as Port);
