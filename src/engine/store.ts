/**
 * Weights on this device, for the next visit: a file in pieces of 1 MiB in the browser's Cache Storage.
 *
 * Pieces, so that a download that broke off, or a tab that was closed, goes on where it was. Every piece is named by the
 * checksum of the whole file, so that two versions, or two tabs that download at once, never mix. Cache Storage and not
 * OPFS, because a piece is there whole or not at all, without locks or files half written, in every browser that has
 * WebGPU, and the service worker keeps the rest of the page in the same place.
 *
 * What it is not: it trusts nothing that it finds. Whoever reads checks the checksum, every time.
 */
export interface FileName {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Store {
  /** Fills `data` from its start with what is there. Returns how many bytes that were: whole pieces, or all. */
  read(file: FileName, data: Uint8Array): Promise<number>;
  /** Keeps the pieces of `data` that lie between two lengths. Whatever goes wrong: see `problem`. */
  write(file: FileName, data: Uint8Array, from: number, to: number): Promise<void>;
  /** Forgets a file: damaged pieces, or, with `others`, its other versions. */
  forget(file: FileName, what: 'this' | 'others'): Promise<void>;
  /** Why nothing is kept here, as one sentence; none where all is well. */
  readonly problem?: string;
}

const cacheName = 'snowglobe-weights';

let keeps = true;

/** From now on nothing is kept from here, nor looked for: a film in the frame of another page leaves nothing behind. */
export function keepNothing(): void {
  keeps = false;
}

/** Whether this worker may keep anything on this device. */
export const mayKeep = (): boolean => keeps;

/** Never rejects: where nothing can be kept, the store that comes is empty and stays so. */
export async function openStore(folder: string, pieceBytes = 2 ** 20): Promise<Store> {
  if (!keeps) return nothingKept('In the frame of another page nothing is kept.');
  try {
    if (typeof caches === 'undefined')
      return nothingKept('Browsers keep files only for pages that come by https or from this machine.');
    return new CacheStore(await caches.open(cacheName), folder, pieceBytes);
  } catch {
    // Also in a sandboxed frame, where already asking for `caches` may throw.
    return nothingKept('This browser keeps nothing here, as in a private window.');
  }
}

function nothingKept(problem: string): Store {
  return { read: async () => 0, write: async () => {}, forget: async () => {}, problem };
}

class CacheStore implements Store {
  problem?: string;

  constructor(
    private readonly cache: Cache,
    private readonly folder: string,
    private readonly pieceBytes: number,
  ) {}

  async read(file: FileName, data: Uint8Array): Promise<number> {
    const { pieceBytes } = this;
    let filled = 0;
    try {
      while (filled < file.bytes) {
        const kept = await this.cache.match(this.address(file, filled));
        if (!kept) break;
        const piece = new Uint8Array(await kept.arrayBuffer());
        if (piece.length !== Math.min(pieceBytes, file.bytes - filled)) break;
        data.set(piece, filled);
        filled += piece.length;
      }
    } catch {
      // As if it ended there.
    }
    return filled;
  }

  async write(file: FileName, data: Uint8Array, from: number, to: number): Promise<void> {
    const { pieceBytes } = this;
    for (let start = from - (from % pieceBytes); start < to && !this.problem; start += pieceBytes) {
      const end = Math.min(start + pieceBytes, file.bytes);
      if (end > to) return; // not whole yet
      try {
        await this.cache.put(this.address(file, start), new Response(data.slice(start, end)));
      } catch {
        this.problem = 'There is no room left on this device to keep the network.'; // a quota, or a full disk
      }
    }
  }

  async forget(file: FileName, what: 'this' | 'others'): Promise<void> {
    const { pathname } = new URL(file.name, this.folder);
    try {
      for (const request of await this.cache.keys()) {
        const url = new URL(request.url);
        const same = url.searchParams.get('sha256') === file.sha256;
        if (url.pathname === pathname && same === (what === 'this')) await this.cache.delete(request);
      }
    } catch {
      // Then it stays, and takes some room.
    }
  }

  private address({ name, sha256 }: FileName, start: number): string {
    const url = new URL(name, this.folder);
    url.search = `sha256=${sha256}&from=${start}`;
    return url.href;
  }
}
