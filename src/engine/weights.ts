/**
 * The files of a model folder, each checked against the manifest (length and SHA-256) before anybody looks inside.
 *
 * What it is not: it understands no weights (src/model does) and keeps nothing for the next visit. The length alone
 * would not do: a download that was cut off and filled up, or a host that answers with its own error page, can have it.
 */
import { WeightsError } from '../model/errors';
import { sha256 } from './sha256';

/** Reads a file of the folder. `onBytes` is told the bytes so far; `fresh` passes by every cache. */
export type ReadFile = (name: string, onBytes?: (count: number) => void, fresh?: boolean) => Promise<Uint8Array>;

interface ManifestEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ModelFiles {
  readonly config: Uint8Array;
  readonly weights: Uint8Array;
  /** SHA-256 of the weights: which model it was. */
  readonly sha256: string;
}

const askHost = 'check that the whole model folder was uploaded, then reload the page';

/** onProgress: bytes so far and in all; the former never falls and ends at the latter. */
export async function readModel(
  read: ReadFile,
  onProgress?: (done: number, total: number) => void,
): Promise<ModelFiles> {
  const entries = parseManifest(await read('manifest.json'));
  const wanted = ['config.json', 'model.safetensors'].map((name) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (!entry) throw new WeightsError('manifest.json', `does not list ${name}`, askHost);
    return entry;
  });
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0; // bytes of the files that are complete
  let shown = 0;
  const files: Uint8Array[] = [];
  for (const entry of wanted) {
    const onBytes = (count: number) => {
      shown = Math.max(shown, before + Math.min(count, entry.bytes));
      onProgress?.(shown, total);
    };
    files.push(await readChecked(read, entry, onBytes));
    before += entry.bytes;
  }
  return { config: files[0], weights: files[1], sha256: wanted[1].sha256 };
}

async function readChecked(
  read: ReadFile,
  entry: ManifestEntry,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const data = await read(entry.name, onBytes);
  if (!problemOf(data, entry)) return data;
  // A cache on the way may hold an older or a broken copy: once more, past all of them.
  const again = await read(entry.name, onBytes, true);
  const problem = problemOf(again, entry);
  if (problem) throw new WeightsError(entry.name, problem);
  return again;
}

function problemOf(data: Uint8Array, { bytes, sha256: expected }: ManifestEntry): string | undefined {
  if (data.length !== bytes)
    return `is ${data.length < bytes ? 'cut off' : 'too long'}: ${data.length} bytes of ${bytes}`;
  return sha256(data) === expected
    ? undefined
    : 'is damaged or another version: its checksum is not the one in manifest.json';
}

function parseManifest(data: Uint8Array): ManifestEntry[] {
  try {
    const { files } = JSON.parse(new TextDecoder().decode(data)) as { files: ManifestEntry[] };
    const good = files.every(
      ({ name, bytes, sha256: hash }) =>
        typeof name === 'string' && Number.isSafeInteger(bytes) && bytes > 0 && /^[0-9a-f]{64}$/.test(hash),
    );
    if (good) return files;
  } catch {
    // said below
  }
  throw new WeightsError('manifest.json', 'does not list the files of a model', askHost);
}

/** Files over http. Every way in which that fails has its own sentence. */
export function fetchFrom(folder: string): ReadFile {
  return async (name, onBytes, fresh = false) => {
    const offline = new WeightsError(
      name,
      'could not be downloaded: the server did not answer',
      'check the connection, then try again',
    );
    // no-cache asks the server whether the kept copy is still the current one; it does not download it again.
    const response = await fetch(new URL(name, folder), { cache: fresh ? 'reload' : 'no-cache' }).catch(() => {
      throw offline;
    });
    if (!response.ok)
      throw new WeightsError(name, `could not be downloaded: the server answered ${response.status}`, askHost);
    if (response.headers.get('content-type')?.includes('text/html')) {
      throw new WeightsError(name, 'could not be downloaded: the server sent a web page instead', askHost);
    }
    const parts: Uint8Array[] = [];
    let count = 0;
    try {
      for (const reader = response.body!.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        count += value.length;
        onBytes?.(count);
      }
    } catch {
      throw new WeightsError(
        name,
        'could not be downloaded: the connection broke off',
        'check the connection, then try again',
      );
    }
    const data = new Uint8Array(count);
    let at = 0;
    for (const part of parts) {
      data.set(part, at);
      at += part.length;
    }
    return data;
  };
}
