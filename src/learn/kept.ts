/**
 * A training on this device, for the next visit: one record in IndexedDB.
 *
 * What it is not: it trusts nothing that it finds. Whoever takes a training up checks its weights (training.ts).
 */
export interface Kept {
  get(): Promise<unknown>;
  put(record: unknown): Promise<void>;
  /** Why nothing outlives the page, as one sentence; none where all is well. */
  readonly problem?: string;
}

const [base, box, only] = ['snowglobe-learn', 'trainings', 'last'];

/** Never rejects: where nothing can be kept, what comes is empty and stays so. */
export async function openKept(): Promise<Kept> {
  try {
    const opening = indexedDB.open(base, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(box);
    return new Records(await answerOf(opening));
  } catch {
    // No IndexedDB, or a sandboxed frame or private window, where asking for it may throw.
    return {
      get: async () => undefined,
      put: async () => {},
      problem: 'This browser keeps nothing here, as in a private window.',
    };
  }
}

class Records implements Kept {
  problem?: string;

  constructor(private readonly database: IDBDatabase) {}

  async get(): Promise<unknown> {
    try {
      return await answerOf(this.database.transaction(box).objectStore(box).get(only));
    } catch {
      return undefined; // as if there were none
    }
  }

  async put(record: unknown): Promise<void> {
    try {
      await answerOf(this.database.transaction(box, 'readwrite').objectStore(box).put(record, only));
    } catch {
      this.problem = 'There is no room left on this device to keep the training.';
    }
  }
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
