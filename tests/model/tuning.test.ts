/** How the block of each matrix product is chosen and remembered; measurements on a device: tuning.browser.test.ts. */
import { describe, expect, it, vi } from 'vitest';
import { models } from '../../bench/models';
import { plainTile } from '../../src/model/graph';
import { noExtras } from '../../src/model/kernels/kernel';
import { tiles, type TileName } from '../../src/model/kernels/matmul';
import { extrasToTry, rememberWay, tuneTiles, type FixedShape, type TuningMemory } from '../../src/model/tuning';

const small: FixedShape = { m: 128, k: 192, n: 192 };
const large: FixedShape = { m: 1024, k: 256, n: 1536 };

function memoryOf(texts = new Map<string, string>()): TuningMemory & { texts: Map<string, string> } {
  return {
    texts,
    recall: async (key) => texts.get(key),
    remember: async (key, value) => void texts.set(key, value),
  };
}

describe('the block of a product', () => {
  it('is the fastest, and every other product gets the plain one', async () => {
    const tileOf = await tuneTiles([small, large], 'gpu', memoryOf(), async ({ m }) =>
      m === 128 ? { small: 3, wide: 1, deep: 2 } : { small: 1, wide: 3, deep: 2 },
    );
    expect(tileOf(small, false)).toBe(tiles.wide);
    expect(tileOf(large, false)).toBe(tiles.small);
    expect(tileOf({ m: 'levels', k: 192, n: 192 }, false)).toBe(tiles.flat);
    expect(tileOf({ ...small, n: 64 }, false)).toBe(plainTile({ ...small, n: 64 }, false));
  });

  it('is the plain one as long as no other is clearly faster', async () => {
    const tileOf = await tuneTiles([small], 'gpu', memoryOf(), async () => ({ small: 1, wide: 0.98, deep: 1.2 }));
    expect(tileOf(small, false)).toBe(plainTile(small, false));
  });

  it('may be another for fp16, which is measured where the adapter computes in it', async () => {
    const measure = vi.fn(async (_: FixedShape, half: boolean) =>
      half ? { small: 3, deep: 1 } : { small: 3, wide: 1 },
    );
    const tileOf = await tuneTiles([small], 'gpu', memoryOf(), measure, { fp16: true });
    expect([tileOf(small, false), tileOf(small, true)]).toEqual([tiles.wide, tiles.deep]);
    const without = await tuneTiles([small], 'gpu', memoryOf(), measure);
    expect(without(small, true)).toBe(plainTile(small, true));
  });

  it('is measured once on an adapter, and anew on another', async () => {
    const memory = memoryOf();
    const measure = vi.fn(async () => ({ small: 3, wide: 1, deep: 2 }));
    for (const adapter of ['one', 'one', 'two']) {
      expect((await tuneTiles([small], adapter, memory, measure))(small, false)).toBe(tiles.wide);
    }
    expect(measure).toHaveBeenCalledTimes(2);
  });

  it.each(['no such block', 'toString', ''])('is measured anew where the memory holds %o', async (value) => {
    const memory = memoryOf();
    const measure = vi.fn(async (): Promise<Partial<Record<TileName, number>>> => ({ small: 3, wide: 1, deep: 2 }));
    await tuneTiles([small], 'gpu', memory, measure);
    for (const key of memory.texts.keys()) memory.texts.set(key, value);
    expect((await tuneTiles([small], 'gpu', memory, measure))(small, false)).toBe(tiles.wide);
    expect(measure).toHaveBeenCalledTimes(2);
  });

  it('is the plain one where patience ends, the measurement fails, or the memory does', async () => {
    const never = vi.fn(async () => ({ wide: 1 }));
    expect((await tuneTiles([small], 'gpu', memoryOf(), never, { patience: 0 }))(small, false)).toBe(
      plainTile(small, false),
    );
    expect(never).not.toHaveBeenCalled();
    const failing = async () => Promise.reject(new Error('lost'));
    expect((await tuneTiles([small], 'gpu', memoryOf(), failing))(small, false)).toBe(plainTile(small, false));
    const broken: TuningMemory = { recall: failing, remember: failing };
    expect((await tuneTiles([small], 'gpu', broken, never))(small, false)).toBe(plainTile(small, false));
  });
});

it('what did not prove itself on an adapter is not tried there again, and elsewhere it is', async () => {
  const [memory, all] = [memoryOf(), { half: true, subgroups: true }];
  expect(await extrasToTry(models.nano, 'gpu', memory, all)).toEqual(all);
  await rememberWay(models.nano, 'gpu', memory, 'plain');
  expect(await extrasToTry(models.nano, 'gpu', memory, all)).toEqual(noExtras);
  expect(await extrasToTry(models.small, 'gpu', memory, all)).toEqual(all);
  expect(await extrasToTry(models.nano, 'another', memory, all)).toEqual(all);
  await rememberWay(models.nano, 'gpu', memory, 'extra');
  expect(await extrasToTry(models.nano, 'gpu', memory, all)).toEqual(all);
});
