/**
 * The decoder's side of its protocol: fetches and checks the weights, chooses a backend, draws what it is asked for.
 *
 * What it is not: it chooses no frame and keeps no picture. After a 'failed' message nothing more can be expected of it:
 * the page ends this worker.
 */
import { factor } from '../model/decoder-config';
import { checkFrames } from '../model/frames';
import { readDecoder } from '../model/load';
import type { ClipShape } from '../sampling/types';
import { tokenize } from '../world/prompt';
import { selectBackend } from './backend';
import type { DrawRequest, FromDecoder, Picture, ToDecoder } from './decoder-protocol';
import { makeDecoder } from './decoder-forward';
import { EngineError, faultOf, ofMachine } from './errors';
import { keepNothing, openStore } from './store';
import { fetchFrom, readModel } from './weights';

/** What the server needs of a worker's global scope. */
export interface DecoderPort {
  postMessage(message: FromDecoder, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToDecoder }) => void): void;
}

/** Tokens of a caption that are looked at: more than any caption of the world has. */
const captionLength = 64;

/** Faults of the machine, not of what was asked. */
const machine: readonly string[] = ['GpuError', 'GraphError', 'OutOfMemoryError'];

export function serveDecoder(port: DecoderPort): void {
  let draw: ((request: DrawRequest) => Promise<Picture[]>) | undefined;
  const fail = (error: unknown) => port.postMessage({ type: 'failed', fault: faultOf(ofMachine(error)) });

  port.addEventListener('message', ({ data: message }) => {
    if (message.type === 'load') void load(message).catch(fail);
    else if (message.type === 'draw') void answer(message);
  });

  async function load({
    modelUrl,
    wasmUrl,
    backend: preferred,
    because,
    keeps,
  }: ToDecoder & { type: 'load' }): Promise<void> {
    if (keeps === false) keepNothing();
    // Files first: where there is no decoder, nothing else is fetched for it.
    const files = await readModel(fetchFrom(modelUrl), { store: await openStore(modelUrl) });
    const read = readDecoder(files.config, files.weights);
    const chosen = await selectBackend({ preferred, because, wasmFolder: wasmUrl, onFault: fail });
    const { parameters, reason, whyNot, draw: drawFrames } = await makeDecoder(chosen, read);
    draw = async ({ clip, shape, prompt, frames }) => {
      const { tokens } = tokenize(prompt, captionLength, read.words);
      checkFrames(clip, shape, frames, tokens); // before a graph is built for such frames
      const drawn = await drawFrames(clip, shape, frames, tokens); // 3 x 4H x 4W each
      return drawn.map((values) => pictureOf(values, shape));
    };
    const { backend, whyNot: missed = [] } = chosen;
    const { sha256 } = files;
    const info = { backend, whyNot: missed.concat(whyNot ?? []), reason, name: read.name, sha256, parameters };
    port.postMessage({ type: 'ready', info });
  }

  async function answer(request: DrawRequest): Promise<void> {
    try {
      if (!draw) throw new EngineError('NotLoadedError', 'no decoder is loaded', 'load it first');
      const pictures = await draw(request);
      port.postMessage({ type: 'drawn', pictures }, pictures.map(({ rgba }) => rgba.buffer)); // prettier-ignore
    } catch (thrown) {
      const error = ofMachine(thrown);
      if (machine.includes((error as Error).name)) fail(error);
      else port.postMessage({ type: 'not-drawn', fault: faultOf(error) });
    }
  }
}

/** values: 3 x 4H x 4W, -1 .. 1; what lies beyond is cut off, as any screen does. */
function pictureOf(values: Float32Array, shape: ClipShape): Picture {
  const [height, width] = [factor * shape.height, factor * shape.width];
  const pixels = height * width;
  const rgba = new Uint8ClampedArray(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) rgba[4 * i + channel] = 127.5 * (values[channel * pixels + i] + 1);
    rgba[4 * i + 3] = 255;
  }
  return { width, height, rgba };
}
