/**
 * How a worker's own script begins: with nothing but the import of what it does. Where chunks share code with a worker's own script,
 * they import that script, and WebKit (2.50, seen 2026-11) evaluates it a second time: two servers then answer every message, and the
 * one that has loaded nothing says so. tests/page/built.test.ts watches that no chunk imports one.
 */

interface Scope {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  dispatchEvent(event: Event): boolean;
}

/** Messages that come before it serves wait for it. Where the script does not come, the page hears an error of this worker. */
export function serveLater(load: () => Promise<() => void>): void {
  const scope = globalThis as unknown as Scope;
  const held: unknown[] = [];
  const hold = ({ data }: { readonly data: unknown }) => void held.push(data);
  scope.addEventListener('message', hold);
  void load().then(
    (serve) => {
      scope.removeEventListener('message', hold);
      serve();
      for (const data of held) scope.dispatchEvent(new MessageEvent('message', { data }));
    },
    // Thrown outside of a promise, it reaches the page.
    (error: unknown) =>
      setTimeout(() => {
        throw error;
      }),
  );
}
