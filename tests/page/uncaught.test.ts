/** What nobody caught is said, once, where it comes from a script of this page; what is another's is not. */
import { afterEach, expect, it, vi } from 'vitest';
import { Studio } from '../../src/studio/studio';
import { catchRest } from '../../src/page/snow-globe/uncaught';
import { fakePorts } from '../app/fake-run';

afterEach(() => void vi.unstubAllGlobals());

function listening() {
  const listeners = new Map<string, (event: object) => void>();
  vi.stubGlobal('addEventListener', (kind: string, listener: (event: object) => void) => listeners.set(kind, listener));
  vi.stubGlobal('removeEventListener', (kind: string) => listeners.delete(kind));
  const studio = new Studio(fakePorts());
  const end = catchRest(studio);
  return { studio, listeners, end, happen: (kind: string, event: object) => listeners.get(kind)!(event) };
}

const folder = new URL('../../src/page/snow-globe/', import.meta.url).href;
const thrown = (where: string) =>
  Object.assign(new TypeError('x is not a function'), { stack: `at draw (${where}:1:2)` });

it.each([
  ['error', 'error'],
  ['unhandledrejection', 'reason'],
])('%s', (kind, key) => {
  const { studio, listeners, end, happen } = listening();
  const { trouble } = studio.state;
  happen(kind, { [key]: thrown('https://other.example/script.js') });
  happen(kind, { [key]: null }); // as of a ResizeObserver that was late
  happen(kind, { [key]: 'a text' });
  expect(trouble.value).toBeNull();
  happen(kind, { [key]: thrown(`${folder}page.js`) });
  expect(trouble.value).toMatchObject({ retry: 'nothing', fault: { name: 'TypeError' } });
  studio.notes.dismissTrouble();
  happen(kind, { [key]: thrown(`${folder}page.js`) }); // each picture of a film, say
  expect(trouble.value).toBeNull();
  end();
  expect(listeners.size).toBe(0);
  studio.dispose();
});

it('what the browser itself throws, which may not say where', () => {
  const { studio, happen } = listening();
  const own = new DOMException('Access is denied.', 'SecurityError');
  Object.defineProperty(own, 'stack', { value: undefined });
  happen('unhandledrejection', { reason: own });
  expect(studio.state.trouble.value).toMatchObject({ retry: 'nothing', fault: { cause: 'Access is denied.' } });
  studio.dispose();
});

it('what is said already says more', () => {
  const { studio } = listening();
  studio.notes.broke(new RangeError('Array buffer allocation failed'));
  studio.notes.broke(new TypeError('x is not a function'));
  expect(studio.state.trouble.value?.fault.name).toBe('OutOfMemoryError');
  studio.dispose();
});
