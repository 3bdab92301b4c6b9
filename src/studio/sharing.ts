/**
 * One network for all who want the same: several <snow-globe> on a page share a transformer and a decoder. Each has a
 * port of its own, so that putting one away ends nothing for the others; the worker ends with the last of them.
 *
 * Runs of all of them go one after the other, as the worker takes them, and so do pictures. What it is not: part of the
 * page that this repository builds, which has one element.
 */
import type { DecoderPort } from '../app/drawing';
import type { EnginePort } from '../app/engine-session';
import { pagePorts, type Places } from './ports';
import type { Ports } from './studio';

/** What is made once for a key, and put away with the last who holds it. */
class Shared<Thing extends { dispose(): void }> {
  private readonly held = new Map<string, { readonly thing: Promise<Thing>; holders: number }>();

  /** `leave` may be called more than once. */
  hold(key: string, make: () => Promise<Thing>): { readonly thing: Promise<Thing>; leave(): void } {
    const entry = this.held.get(key) ?? { thing: make(), holders: 0 };
    this.held.set(key, entry);
    entry.thing.catch(() => this.forget(key, entry.thing));
    entry.holders += 1;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      entry.holders -= 1;
      if (entry.holders > 0) return;
      this.forget(key, entry.thing);
      void entry.thing.then((thing) => thing.dispose(), () => {}); // prettier-ignore
    };
    return { thing: entry.thing, leave };
  }

  /** Whoever asks next gets another one. */
  forget(key: string, thing: Promise<Thing>): void {
    if (this.held.get(key)?.thing === thing) this.held.delete(key);
  }
}

type Listening = Parameters<EnginePort['load']>;

/** The engine of all, and who wants to hear how it fares. */
interface Crowd {
  readonly engine: EnginePort;
  readonly listeners: Set<Listening>;
  dispose(): void;
}

/** A decoder takes one request at a time: those of others wait. */
interface Queue {
  readonly decoder: DecoderPort;
  last: Promise<unknown>;
  dispose(): void;
}

const engines = new Shared<Crowd>();
const decoders = new Shared<Queue>();

/** Those of a page, but for the networks: who says the same places gets the same ones. `make`: for tests. */
export function sharedPorts(places: Places, make: (places: Places) => Ports = pagePorts): Ports {
  const ports = make(places);
  const { models, decoder, files } = places;
  return {
    ...ports,
    createEngine: () => shareEngine(`${models} ${files}`, () => ports.createEngine()),
    createDecoder: () => shareDecoder(`${decoder} ${files}`, () => ports.createDecoder()),
  };
}

async function shareEngine(key: string, create: () => Promise<EnginePort>): Promise<EnginePort> {
  const { thing, leave } = engines.hold(key, async () => {
    const engine = await create();
    return { engine, listeners: new Set<Listening>(), dispose: () => engine.dispose() };
  });
  const { engine, listeners } = await thing;
  let mine: Listening | undefined;
  return {
    load(...listening) {
      mine = listening;
      listeners.add(mine);
      return engine.load(
        (progress) => listeners.forEach(([onProgress]) => onProgress(progress)),
        (breakdown) => listeners.forEach(([, onBreakdown]) => onBreakdown(breakdown)),
      );
    },
    run: (...asked) => engine.run(...asked),
    probe: (...asked) => engine.probe(...asked),
    vectors: (signal) => engine.vectors(signal),
    dispose() {
      if (mine) listeners.delete(mine);
      leave();
    },
  };
}

async function shareDecoder(key: string, create: () => Promise<DecoderPort>): Promise<DecoderPort> {
  const { thing, leave } = decoders.hold(key, async () => {
    const decoder = await create();
    return { decoder, last: Promise.resolve(), dispose: () => decoder.dispose() };
  });
  const queue = await thing;
  let away = false;
  return {
    load: () =>
      queue.decoder.load().catch((thrown: unknown) => {
        decoders.forget(key, thing); // it is broken for good: who tries again gets another
        throw thrown;
      }),
    draw(request) {
      const turn = queue.last.then(() => (away ? [] : queue.decoder.draw(request))); // nobody waits for it any more
      queue.last = turn.catch(() => {});
      return turn;
    },
    dispose() {
      away = true;
      leave();
    },
  };
}
