/**
 * The worker's side of the protocol: owns the backend and the model, answers each message of the page.
 *
 * What it is not: it decides nothing about settings or prompts, and keeps nothing of a run. After a 'failed' message
 * nothing more can be expected of it: the page ends this worker and starts another.
 */
import { readTensors } from '../model/load';
import { memoryOf } from '../model/memory';
import { TransformerDenoiser } from '../model/denoiser';
import type { Forward } from '../model/forward';
import type { Guided } from '../sampling/guidance';
import { beginOf } from '../sampling/edit';
import { checkKnown, run, type Begin } from '../sampling/run';
import { shapeOf } from '../sampling/formats';
import { checkSettings } from '../sampling/settings';
import { tokenize } from '../world/prompt';
import { checkMemory, knownLoss, selectBackend } from './backend';
import { EngineError, faultOf, ofMachine, probeError } from './errors';
import { makeForward } from './forward';
import type { Home, Prober } from './probe';
import { OtherNetworks } from './other';
import type { EngineInfo, FromWorker, OtherName, ToWorker } from './protocol';
import { Shaped } from './shaped';
import { keepNothing, openStore } from './store';
import { fetchFrom, readModel } from './weights';

/** What the server needs of a worker's global scope. */
export interface Port {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToWorker }) => void): void;
}

/** A network that is somebody else's, and still learns: it is asked for anew at each request. */
export interface Host {
  info(): EngineInfo;
  /** Throws where there is none. */
  network(): { readonly model: Forward; readonly home: Home };
  /** Does it when its turn comes. */
  inTurn(task: () => Promise<void>): void;
}

/** host: where the worker has a network already, and loads none. */
export function serve(port: Port, host?: Host): void {
  let model: Forward | undefined;
  let others: OtherNetworks | undefined; // of the model
  let shaped: Shaped | undefined;
  let here: Home | undefined; // of the model
  let prober: Prober | undefined; // once somebody asks
  const aborts = new Map<number, AbortController>(); // of every run and probe that waits or goes on
  let last: Promise<void> = Promise.resolve(); // runs and probes go one after the other: they share one processor

  const send = (message: FromWorker, transfer?: Transferable[]) => port.postMessage(message, transfer);
  /** Says that this worker is alive while it waits for files, which may be long: a slow network is no dead worker. */
  const alive = <T>(waiting: Promise<T>): Promise<T> => {
    const beat = setInterval(() => send({ type: 'alive' }), 1000);
    return waiting.finally(() => clearInterval(beat));
  };
  const fail = (error: unknown) => send({ type: 'failed', fault: faultOf(ofMachine(error)) });

  port.addEventListener('message', ({ data: message }) => {
    if (message.type === 'load') void (host ? send({ type: 'ready', info: host.info() }) : load(message).catch(fail));
    else if (message.type === 'abort') aborts.get(message.id)?.abort();
    else {
      aborts.set(message.id, new AbortController());
      if (host) host.inTurn(() => answer(message));
      else last = last.then(() => answer(message));
    }
  });

  async function load({
    modelUrl,
    wasmUrl,
    backend: preferred,
    because,
    keeps,
  }: ToWorker & { type: 'load' }): Promise<void> {
    if (keeps === false) keepNothing();
    send({ type: 'progress', stage: 'backend', done: 0, total: 1 });
    const chosen = await selectBackend({ preferred, because, wasmFolder: wasmUrl, onFault: fail });
    send({ type: 'progress', stage: 'backend', done: 1, total: 1 });
    const store = await openStore(modelUrl);
    const onProgress = (done: number, total: number) => send({ type: 'progress', stage: 'weights', done, total });
    const files = await alive(readModel(fetchFrom(modelUrl), { onProgress, store }));
    send({ type: 'progress', stage: 'warm-up', done: 0, total: 1 });
    const loaded = readTensors(files.config, files.weights);
    checkMemory(loaded.name, memoryOf(loaded.config), chosen);
    const {
      forward,
      reason,
      whyNot: last = [],
    } = await makeForward(chosen, loaded, (done, total) => send({ type: 'progress', stage: 'warm-up', done, total }));
    others = new OtherNetworks(modelUrl, files.others, loaded, chosen);
    model = forward;
    const { words } = loaded;
    here = { folder: modelUrl, sha256: files.sha256, words, chosen };
    shaped = new Shaped(forward, here);
    const { frames, height, width } = model.config;
    const { backend } = chosen;
    const { parameters } = model;
    const { problem: unkept } = store;
    const shape = { frames, height, width };
    const tokens = model.config.text_length;
    const whyNot = (chosen.whyNot ?? []).concat(last);
    const { sha256 } = files;
    const info = {
      backend,
      whyNot,
      reason,
      model: loaded.name,
      sha256,
      parameters,
      shape,
      words,
      tokens,
      ...files.others,
      unkept,
    };
    send({ type: 'ready', info });
  }

  /** A network of the host's, in the place of the one before: that is gone. It has no other networks. */
  function hosted(network: ReturnType<Host['network']>): void {
    [model, here, prober] = [network.model, network.home, undefined];
    const { words, chosen } = here;
    shaped = new Shaped(model, here);
    others = new OtherNetworks('', {}, { config: model.config, words }, chosen);
  }

  /** Does what was asked, and tells how it ended. */
  async function answer(message: ToWorker & { type: 'run' | 'probe' | 'vectors' }): Promise<void> {
    const { id } = message;
    const { signal } = aborts.get(id)!;
    try {
      if (host) {
        const network = host.network();
        if (model !== network.model) hosted(network);
      }
      if (!model || !here) throw new EngineError('NotLoadedError', 'no model is loaded', 'load the model first');
      if (message.type === 'run') await steps(message, model, here, signal);
      else if (message.type === 'vectors') await words(id, model);
      else await blocks(message, model, here, signal).catch((thrown: unknown) => Promise.reject(probeError(thrown)));
      send({ type: 'done', id });
    } catch (error) {
      if ((error as Error).name === 'GraphError' && here) await knownLoss(here.chosen); // which is told first, as what it is
      send(signal.aborted ? { type: 'aborted', id } : { type: 'run-failed', id, fault: faultOf(ofMachine(error)) });
    } finally {
      aborts.delete(id);
    }
  }

  async function steps(
    { id, request, from }: ToWorker & { type: 'run' },
    own: Forward,
    { words }: Home,
    signal: AbortSignal,
  ): Promise<void> {
    checkSettings(request); // before anything is fetched for it
    const shape = shapeOf(request.format ?? 'usual', own.config);
    const tokens = (text: string) => tokenize(text, own.config.text_length, words).tokens;
    const [negative, then] = [request.negative, request.then].map((text) => (text?.trim() ? tokens(text) : undefined));
    const { known } = request;
    if (known) checkKnown(known, shape);
    const { rule, scale } = request.guidance;
    const other = (network: OtherName) =>
      alive(others!.load(network, shape, signal, (progress) => send({ type: 'other', id, network, ...progress })));
    const model = await (request.student ? other('student') : alive(shaped!.forward(shape, signal)));
    const asksWeak = rule === 'auto' && scale !== 1 && others!.has('weak'); // where the model has none, run() says so
    const weak = asksWeak ? await other('weak') : undefined;
    const { ablation } = request;
    const denoiser = new TransformerDenoiser(model, tokens(request.prompt), { then, negative, weak, ablation }, shape);
    /** Where the run begins in a film. One that goes on has been there: its steps say all of it but the t. */
    const beginning = async (edit: NonNullable<typeof request.edit>): Promise<Begin> => {
      if (from?.length) return { x: edit.clip, t: edit.t };
      const old = new TransformerDenoiser(model, tokens(edit.prompt), { negative, weak, ablation }, shape);
      try {
        const onStep = (done: number, total: number) => send({ type: 'inverted', id, done, total });
        return await beginOf(edit, request, old, { signal, onStep });
      } finally {
        old.dispose();
      }
    };
    let heard: Float32Array[] = []; // what guidance made of the answers in this step
    const onGuided = ({ guess, base = guess }: Guided, restarted: boolean) => {
      const own = request.guidance.rule === 'cfgpp' ? [guess, base] : [guess];
      if (restarted) heard.splice(-own.length); // as a recording keeps them: in the place of the last call's
      heard.push(...own.map((clip) => clip.slice())); // the run goes on with its own
    };
    try {
      const begin = request.begin ?? (request.edit && (await beginning(request.edit)));
      for await (const step of run(denoiser, request, { signal, onGuided, from, known, begin })) {
        const { x, guess, unguided, average } = step; // they are ours to give away, see run()
        const [, ...more] = heard; // the step has the first itself
        heard = [];
        const gifts = [x, guess, ...(unguided ? [unguided] : []), ...(average ? [average] : []), ...more].map(
          ({ buffer }) => buffer,
        );
        send({ type: 'step', id, step: more.length > 0 ? { ...step, more } : step }, gifts);
      }
    } finally {
      denoiser.dispose();
    }
  }

  async function words(id: number, model: Forward): Promise<void> {
    const vectors = await model.wordVectors();
    send({ type: 'vectors', id, vectors, dim: model.config.dim }, [vectors.buffer]);
  }

  async function blocks(
    { id, request }: ToWorker & { type: 'probe' },
    model: Forward,
    home: Home,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    prober ??= new (await alive(import('./probe'))).Prober(model, home);
    for await (const block of prober.probe(request, signal)) {
      const { rows, reads, times, lengths, guess } = block;
      send(
        { type: 'block', id, block },
        [rows, reads, times, lengths, ...(guess ? [guess] : [])].map(({ buffer }) => buffer),
      );
    }
  }
}
