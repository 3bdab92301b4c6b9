/** The page's side of a training: a worker that dies or falls silent is told as a fault, and one that rests is let rest. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LearnClient, type LearnerWorker } from '../../src/workers/learn-client';
import type { FromLearner, ToLearner } from '../../src/learn/protocol';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'https://a.example/' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function started() {
  const listeners = new Map<string, (event: never) => void>();
  const asked: ToLearner[] = [];
  const worker: LearnerWorker = {
    postMessage: (message) => void asked.push(message),
    addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
    terminate: vi.fn(),
  };
  const heard: FromLearner[] = [];
  const client = new LearnClient((message) => heard.push(message), () => worker); // prettier-ignore
  const say = (data: object) => listeners.get('message')!({ data } as never);
  const faults = () => heard.flatMap((message) => (message.type === 'failed' ? [message.fault.cause] : []));
  return { client, say, asked, faults, die: () => listeners.get('error')!({ message: 'out of order' } as never) };
}

const silent = [expect.stringContaining('said nothing for 120 seconds')];
const wait = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);

it('one that never listens is missed, once', async () => {
  const { client, asked, faults } = started();
  await wait(119);
  expect(faults()).toEqual([]);
  await wait(300);
  expect(faults()).toEqual(silent);
  expect(asked).toEqual([]);
  client.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

it('one that falls silent while it trains is missed; while it rests it may be silent', async () => {
  const { client, say, asked, faults } = started();
  say({ type: 'awake' });
  expect(asked).toMatchObject([{ type: 'open' }]);
  say({ type: 'ready', backend: 'wasm' });
  await wait(1000);
  say({ type: 'state', state: { running: true } });
  await wait(100);
  say({ type: 'state', state: { running: true } });
  await wait(100);
  expect(faults()).toEqual([]);
  await wait(30);
  expect(faults()).toEqual(silent);
  client.dispose();
});

it('one that stops says why', () => {
  const { client, die, faults } = started();
  die();
  expect(faults()).toEqual([expect.stringContaining('(out of order)')]);
  client.dispose();
});
