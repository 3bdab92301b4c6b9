import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserMemory } from '../../src/engine/memory';
import { measureOn } from '../../src/model/tuning';
import { openDevice, type TestDevice } from './gpu';

let gpu: TestDevice;
beforeAll(async () => (gpu = await openDevice()));
afterAll(() => expect(gpu.faults).toEqual([]));

it('measures every block on a device', async () => {
  const times = await measureOn(gpu.device, 1)({ m: 5, k: 8, n: 12 }, false);
  expect(Object.keys(times)).toEqual(['small', 'wide', 'deep']);
  expect(Object.values(times).every((time) => time > 0)).toBe(true);
});

it('remembers from one visit to the next', async () => {
  const name = `test ${Math.random()}`;
  expect(await browserMemory(name).recall('block')).toBeUndefined();
  await browserMemory(name).remember('block', 'wide');
  expect(await browserMemory(name).recall('block')).toBe('wide');
  indexedDB.deleteDatabase(name);
});
