/**
 * The files of a model folder, each checked against the manifest (length and SHA-256) before anybody looks inside: when
 * it is downloaded, and every time it is read from where it is kept (store.ts).
 *
 * What it is not: it understands no weights (src/model does). The length alone would not do: a download that was cut off
 * and filled up, or a host that answers with its own error page, can have it.
 */
import { WeightsError } from '../model/errors';
import { otherNames, type OtherName } from './protocol';
import { checksum } from './sha256';
import type { FileName, Store } from './store';

/** Reads a file of the folder, in chunks. Throws WeightsError, and Interrupted where trying again may help. */
export type ReadFile = (name: string, reading: Reading) => AsyncIterable<Uint8Array>;

export interface Reading {
  readonly from: number; // bytes that are there already
  readonly fresh: boolean; // past every cache
  readonly signal?: AbortSignal; // whoever reads stops waiting: what is thrown then does not matter
}

export interface ModelFiles {
  readonly config: Uint8Array;
  readonly weights: Uint8Array;
  /** SHA-256 of the weights: which model it was. */
  readonly sha256: string;
  /** The folders of its other networks, relative to this one. */
  readonly others: Others;
}

export type Others = Readonly<Partial<Record<OtherName, string>>>;

export interface ReadOptions {
  /** Bytes so far and in all; the former never falls and ends at the latter. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly store?: Store;
  /** Milliseconds to wait before a download that broke off goes on. As many as there may be breaks without a byte between. */
  readonly pauses?: readonly number[];
  /** Ends it with the signal's reason. What has come is in the store. */
  readonly signal?: AbortSignal;
}

/** A connection that failed before the end. `begun`: the server had answered. */
class Interrupted extends WeightsError {
  constructor(
    file: string,
    problem: string,
    readonly begun: boolean,
  ) {
    super(file, `could not be downloaded: ${problem}`, 'check the connection, then try again');
  }
}

/** The rest of a file cannot be had, whatever the host says against it; the whole file may be. */
class RestRefused extends WeightsError {}

const askHost = 'check that the whole model folder was uploaded, then reload the page';
const largestManifest = 2 ** 20;
/** Bytes that the manifest may claim: they are set aside before the first one has come. */
const largest = { 'config.json': 2 ** 20, 'model.safetensors': 2 ** 28 } as const;

export async function readModel(read: ReadFile, options: ReadOptions = {}): Promise<ModelFiles> {
  const { signal } = options;
  const { files: entries, others } = parseManifest(await readSmall(read, 'manifest.json', signal));
  const wanted = (['config.json', 'model.safetensors'] as const).map((name) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (!entry) throw new WeightsError('manifest.json', `does not list ${name}`, askHost);
    if (entry.bytes > largest[name])
      throw new WeightsError(
        'manifest.json',
        `claims that ${name} has ${entry.bytes} bytes, more than any here`,
        askHost,
      );
    return entry;
  });
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0; // bytes of the files that are complete
  let shown = 0;
  const files: Uint8Array[] = [];
  for (const entry of wanted) {
    const onBytes = (count: number) => {
      shown = Math.max(shown, before + count);
      options.onProgress?.(shown, total);
    };
    files.push(await readChecked(read, entry, onBytes, options));
    before += entry.bytes;
  }
  return { config: files[0], weights: files[1], sha256: wanted[1].sha256, others };
}

async function readChecked(
  read: ReadFile,
  file: FileName,
  onBytes: (count: number) => void,
  { store, pauses = [300, 1000, 3000], signal }: ReadOptions,
): Promise<Uint8Array> {
  const data = new Uint8Array(file.bytes);
  let restarts = 0; // from the first byte, because the rest was refused

  /** From so many bytes to the end. Returns what is wrong with the result, or nothing. */
  const complete = async (filled: number, fresh: boolean): Promise<string | undefined> => {
    onBytes(filled);
    for (let breaks = 0; filled < file.bytes;) {
      const before = filled;
      try {
        for await (const chunk of read(file.name, { from: filled, fresh, signal })) {
          signal?.throwIfAborted();
          const end = filled + chunk.length;
          data.set(chunk.subarray(0, file.bytes - filled), filled);
          if (end > file.bytes) return `is too long: ${end} bytes of ${file.bytes}`;
          await store?.write(file, data, filled, end);
          filled = end;
          onBytes(filled);
        }
        if (filled < file.bytes) return `is cut off: ${filled} bytes of ${file.bytes}`;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof RestRefused && restarts++ < pauses.length) {
          filled = 0; // without a range, then
          continue;
        }
        // Where nobody answered there is no reason to hope; what broke off may go on.
        if (!(error instanceof Interrupted) || (filled === 0 && !error.begun)) throw error;
        breaks = filled > before ? 1 : breaks + 1;
        if (breaks > pauses.length) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauses[breaks - 1]));
      }
    }
    return (await checksum(data)) === file.sha256
      ? undefined
      : 'is damaged or another version: its checksum is not the one in manifest.json';
  };

  let problem = await complete((await store?.read(file, data)) ?? 0, false);
  if (problem) {
    // A cache on the way, or this one, may hold an older or a broken copy: once more, past all of them.
    await store?.forget(file, 'this');
    problem = await complete(0, true);
  }
  if (problem) {
    await store?.forget(file, 'this');
    // Many hosts answer with a page of their own, under any type, where a file is missing.
    if (/^\s*<(!doctype|html)/i.test(new TextDecoder().decode(data.subarray(0, 64)))) throw webPage(file.name);
    throw new WeightsError(file.name, problem);
  }
  await store?.forget(file, 'others');
  return data;
}

async function readSmall(read: ReadFile, name: string, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(largestManifest);
  let length = 0;
  for await (const chunk of read(name, { from: 0, fresh: false, signal })) {
    if (length + chunk.length > largestManifest) break; // then it is none
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}

function parseManifest(data: Uint8Array): { files: FileName[]; others: Others } {
  try {
    const { files, ...named } = JSON.parse(new TextDecoder().decode(data)) as { files: FileName[] } & Others;
    const good = files.every(
      ({ name, bytes, sha256: hash }) =>
        typeof name === 'string' && Number.isSafeInteger(bytes) && bytes > 0 && /^[0-9a-f]{64}$/.test(hash),
    );
    const others = Object.fromEntries(
      otherNames.flatMap((name) => (named[name] === undefined ? [] : [[name, named[name]]])),
    ) as Others;
    if (good && Object.values(others).every(isFolder)) return { files, others };
  } catch {
    // said below
  }
  throw new WeightsError('manifest.json', 'does not list the files of a model', askHost);
}

function isFolder(name: unknown): boolean {
  return typeof name === 'string' && /^(\.\.\/)?[\w-]+(\/[\w-]+)*$/.test(name);
}

/** Files over http. Every way in which that fails has its own sentence; silence of `patience` milliseconds is one. */
export function fetchFrom(folder: string, patience = 20_000): ReadFile {
  return async function* (name, { from, fresh, signal }) {
    const silence = new AbortController();
    const hush = () => silence.abort();
    signal?.addEventListener('abort', hush);
    let timer = setTimeout(hush, patience);
    try {
      const response = await fetch(new URL(name, folder), {
        // no-cache asks the server whether the kept copy is still the current one; it does not download it again.
        cache: fresh ? 'reload' : from ? 'no-store' : 'no-cache',
        headers: from ? { Range: `bytes=${from}-` } : {},
        signal: silence.signal,
      }).catch(() => {
        throw new Interrupted(name, 'the server did not answer', false);
      });
      let skip = checkAnswer(name, response, from);
      for (const reader = response.body!.getReader(); ;) {
        const { done, value } = await reader.read().catch(() => {
          throw new Interrupted(name, 'the connection broke off', true);
        });
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(hush, patience);
        if (skip < value.length) yield value.subarray(skip);
        skip = Math.max(0, skip - value.length);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hush);
      silence.abort(); // whoever stops reading in the middle wants no more of it
    }
  };
}

function webPage(name: string): WeightsError {
  return new WeightsError(name, 'could not be downloaded: the server sent a web page instead', askHost);
}

/** Returns how many bytes to skip: a server that knows no ranges begins anew. */
function checkAnswer(name: string, response: Response, from: number): number {
  const problem = whatIsWrong(name, response, from);
  if (problem && from > 0) throw new RestRefused(name, problem.cause.slice(name.length + 1), problem.next);
  if (problem) throw problem;
  return response.status === 206 ? 0 : from;
}

function whatIsWrong(name: string, response: Response, from: number): WeightsError | undefined {
  if (!response.ok)
    return new WeightsError(name, `could not be downloaded: the server answered ${response.status}`, askHost);
  if (response.headers.get('content-type')?.includes('text/html')) return webPage(name);
  // A range of compressed bytes is no range of the file.
  const part = response.status === 206;
  const other = !response.headers.get('content-range')?.startsWith(`bytes ${from}-`);
  return part && (other || response.headers.has('content-encoding'))
    ? new WeightsError(name, 'could not be downloaded: the server sent another part than the one asked for', askHost)
    : undefined;
}
