/** What the page brings to the studio: the real engine, and recordings as files beside the page. Each loads when it is asked for. */
import * as v from 'valibot';
import { decode } from '../recording/file';
import { replay, type Recording } from '../recording/recording';
import type { DecoderPort } from '../app/drawing';
import type { EnginePort } from '../app/engine-session';
import { readFile, writeFile } from '../files/filer';
import { recordingOf } from '../files/keep';
import { createReader } from '../judging/reader';
import type { Recorded } from '../app/run-session';
import type { RecordingEntry } from '../app/state';
import type { Ports } from './studio';

export interface Places {
  readonly models: string; // folder of the transformer, with a slash at its end, relative to the page
  readonly decoder: string; // folder of the decoder, likewise
  readonly recordings: string; // folder with index.json and the files it names
  readonly files: string; // folder of wasm/ and learn/; '' is the page's
  readonly calm: boolean;
  readonly keeps?: false; // nothing is kept on this device
}

/** A file beside the page could not be had. */
export class DownloadError extends Error {
  constructor(
    override readonly cause: string,
    readonly next: string,
  ) {
    super(`${cause}: ${next}`);
    this.name = 'DownloadError';
  }
}

/** A script of the page that loads only once it is needed did not come, or does not run: cut off, or altered on its way. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  override readonly cause = 'A part of this page did not arrive whole.';
  readonly next = 'Check the connection, then reload the page.';
}

function arrived<T>(script: Promise<T>): Promise<T> {
  return script.catch((thrown: unknown) => {
    throw new ScriptError(String(thrown));
  });
}

const index = v.array(v.object({ file: v.pipe(v.string(), v.regex(/^[\w-]+\.snow$/)), prompt: v.string() }));

export function pagePorts({ models, decoder, recordings, files, calm, keeps }: Places): Ports {
  const wasm = `${files}wasm/`;
  return {
    calm,
    files,
    createReader: () => createReader(),
    openWords: () => arrived(import('../words')),
    async openCard() {
      const [{ cardOf }, answer] = await Promise.all([
        arrived(import('../evaluation/card')),
        get(`${models}report.json`),
      ]);
      return cardOf(await answer.json());
    },
    openMaking: () => arrived(import('./remake')),
    async createEngine(folder = ''): Promise<EnginePort> {
      const { SteadyEngine } = await arrived(import('../workers/steady'));
      return new SteadyEngine({ modelUrl: models + folder, wasmUrl: wasm, keeps });
    },
    readModelJson: async (path) => (await get(models + path)).json(),
    async createDecoder(): Promise<DecoderPort> {
      const { DecoderClient } = await arrived(import('../workers/decoder-client'));
      return new DecoderClient(decoder, undefined, keeps, wasm);
    },
    async listRecordings(): Promise<readonly RecordingEntry[]> {
      const answer = await get(`${recordings}index.json`);
      const parsed = v.safeParse(index, await answer.json().catch(() => null));
      if (!parsed.success) throw new DownloadError('The list of recorded runs cannot be read.', 'Reload the page.');
      return parsed.output;
    },
    async openRecording({ file }: RecordingEntry): Promise<Recorded> {
      const answer = await get(recordings + file);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return recorded(bytes, await decode(bytes)); // a few steps: quicker than a worker is there
    },
    openLook: async ({ file }) => {
      const answer = await get(recordings + file.replace(/\.snow$/, '.look'));
      return new Uint8Array(await answer.arrayBuffer());
    },
    readRun: async (bytes) => recorded(bytes, await readFile(bytes)),
    writeRun: (run) => writeFile(recordingOf(run)),
  };
}

/** Saved again it is the very file: a coarse one shall not become coarser. */
function recorded(bytes: Uint8Array, recording: Recording): Recorded {
  return { ...recording, replay: (signal) => replay(recording, { signal }), encode: async () => bytes };
}

async function get(url: string): Promise<Response> {
  const next = 'Check the connection, then try again.';
  const answer = await fetch(url).catch(() => {
    throw new DownloadError(`${url} did not arrive.`, next);
  });
  if (!answer.ok) throw new DownloadError(`${url} did not arrive (the server answered ${answer.status}).`, next);
  return answer;
}
