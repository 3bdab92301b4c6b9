/**
 * What runs in the page before its own scripts, so that a fault can begin at any moment: workers that can be got at, memory
 * that can be refused, clocks that can jump, timers that can be slow. Texts, because they travel as they stand.
 */

/** `window.fault` says what happens at the moment. */
export const prelude = `
  globalThis.__name ??= (it) => it; // tsx names functions by a helper that stays behind
  globalThis.fault = { workers: [], dies: '', memory: false, jump: 0, slow: false };
  {
    const { fault } = globalThis;
    const RealWorker = globalThis.Worker;
    if (RealWorker)
      globalThis.Worker = class extends RealWorker {
        constructor(...given) {
          super(...given);
          const kind = given[1]?.name ?? '';
          fault.workers.push({ kind, worker: this });
          if (fault.dies && kind.endsWith(fault.dies)) setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'out of order' })), 50);
        }
      };
    for (const name of ['Float32Array', 'Uint8ClampedArray', 'ArrayBuffer'])
      globalThis[name] = new Proxy(globalThis[name], {
        construct(target, given, made) {
          if (fault.memory && given[0] > 1000) throw new RangeError('Array buffer allocation failed');
          return Reflect.construct(target, given, made);
        },
      });
    const { now } = Date;
    Date.now = () => now() + fault.jump;
    const tick = performance.now.bind(performance);
    performance.now = () => tick() + Math.max(0, fault.jump);
    for (const name of ['setTimeout', 'setInterval']) {
      const real = globalThis[name];
      globalThis[name] = (what, wait, ...rest) => real(what, fault.slow ? Math.max(1000, wait ?? 0) : wait, ...rest);
    }
  }
`;

const denied = `{ configurable: true, get() { throw new DOMException('Access is denied.', 'SecurityError'); } }`;
const missing = `{ configurable: true, writable: true, value: undefined }`;

/** Puts nothing, or what throws, in the place of a property, wherever the path leads. */
const instead = (path: string, descriptor: string): string => {
  const names = path.split('.');
  const [last, holder] = [names.pop()!, names.length ? `self.${names.join('?.')}` : 'self'];
  return `try { const holder = ${holder}; if (holder && '${last}' in holder) Object.defineProperty(holder, '${last}', ${descriptor}); } catch {}\n`;
};

export const without = (path: string): string => instead(path, missing);
export const barred = (path: string): string => instead(path, denied);

/** A method that is there, and throws or rejects when it is called. */
export const refusing = (path: string, error = 'QuotaExceededError', rejects = true): string => {
  const thrown = `new DOMException('Refused.', '${error}')`;
  const body = rejects ? `return Promise.reject(${thrown});` : `throw ${thrown};`;
  return instead(path, `{ configurable: true, writable: true, value() { ${body} } }`);
};

/** In workers, where nothing else can be got at: as in the page, from the first moment. */
export const noMemory = `
  for (const name of ['Float32Array', 'Uint16Array', 'ArrayBuffer'])
    self[name] = new Proxy(self[name], {
      construct(target, given, made) {
        if (given[0] > 100000) throw new RangeError('Array buffer allocation failed');
        return Reflect.construct(target, given, made);
      },
    });
  if (self.WebAssembly) self.WebAssembly.Memory = class { constructor() { throw new RangeError('WebAssembly.Memory(): could not allocate memory'); } };
`;
