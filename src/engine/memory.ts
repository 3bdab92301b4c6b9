/**
 * A few small texts that outlive the page: what was measured of an adapter need not be measured at every visit.
 *
 * IndexedDB, because the model runs in a worker, where localStorage does not exist, and perhaps on plain http, where the
 * Cache API does not. A browser that keeps nothing (a private window, say) forgets, and nothing else happens.
 */
import type { TuningMemory } from '../model/tuning';
import { mayKeep } from './store';

const store = 'texts';

export function browserMemory(name = 'snowglobe'): TuningMemory {
  let opening: Promise<IDBDatabase> | undefined;
  const open = () =>
    (opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
      request.onblocked = () => reject(new Error('another page holds the store'));
    }));
  const ask = async (mode: IDBTransactionMode, question: (texts: IDBObjectStore) => IDBRequest): Promise<unknown> => {
    if (!mayKeep()) return undefined;
    try {
      const database = await open();
      return await new Promise((resolve, reject) => {
        const request = question(database.transaction(store, mode).objectStore(store));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    } catch {
      return undefined;
    }
  };
  return {
    async recall(key) {
      const value = await ask('readonly', (texts) => texts.get(key));
      return typeof value === 'string' ? value : undefined;
    },
    async remember(key, value) {
      await ask('readwrite', (texts) => texts.put(value, key));
    },
  };
}
