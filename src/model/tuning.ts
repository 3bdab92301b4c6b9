/**
 * Which block each matrix product is computed in: measured once on this adapter, then remembered.
 *
 * What it is not: it decides nothing about numbers. Every block computes the same product, so a wrong choice is slow and
 * never wrong; whatever goes amiss here ends in the plain choice. Whether fp16 is good enough is graph.ts's to try.
 */
import { guessChannelsOf, patchPixelsOf, tokensOf, type ModelConfig } from './config';
import { plainTile } from './graph';
import { callBytes, noExtras, packedCall, type Extras } from './kernels/kernel';
import { matmul, tiles, type Shape, type Tile, type TileName } from './kernels/matmul';
import { plain } from './kernels/epilogues';
import { maxBatch, type TileOf } from './network';
import { compileAll, type Way } from './recorder';

/** Keeps small texts from one visit to the next, or forgets them: a choice that is gone is measured again. */
export interface TuningMemory {
  recall(key: string): Promise<string | undefined>;
  remember(key: string, value: string): Promise<void>;
}

/** Milliseconds of a product in each block that was tried, its factors fp16 or fp32. */
export type Measure = (shape: FixedShape, half: boolean) => Promise<Partial<Record<TileName, number>>>;

export type FixedShape = Shape & { readonly m: number };

/** Changes with the kernel: what was measured of another one says nothing. */
const version = 2;

/** A block must win by more than a measurement sways. */
const margin = 0.95;

/** The products of every step that are worth a measurement; the words' are small, and computed once a prompt. */
export function productsOf(config: ModelConfig): readonly FixedShape[] {
  const { dim, mlp_dim, bottleneck } = config;
  const m = tokensOf(config);
  const pixels = patchPixelsOf(config);
  return [
    { m, k: dim, n: 3 * dim },
    { m, k: dim, n: dim },
    { m, k: dim, n: 2 * mlp_dim },
    { m, k: mlp_dim, n: dim },
    { m, k: mlp_dim, n: guessChannelsOf(config) * pixels },
    { m, k: 4 * pixels, n: bottleneck },
  ];
}

/**
 * adapter: what is measured, in words; fp16: whether it computes in that, too. Takes at most `patience` milliseconds for new measurements (one begun is
 * finished); products that are left over get the plain block, and their turn at the next visit.
 */
export async function tuneTiles(
  products: readonly FixedShape[],
  adapter: string,
  memory: TuningMemory,
  measure: Measure,
  { fp16 = false, patience = 500 } = {},
): Promise<TileOf> {
  const chosen = new Map<string, Tile>();
  const ends = performance.now() + patience;
  const tasks = (fp16 ? [false, true] : [false]).flatMap((half) => products.map((product) => ({ product, half })));
  for (const { product, half } of tasks) {
    const size = sizeOf(product, half);
    const key = `tile ${version} ${adapter} ${size}`;
    try {
      const remembered = await memory.recall(key);
      if (remembered !== undefined && Object.hasOwn(tiles, remembered)) {
        chosen.set(size, tiles[remembered as TileName]);
      } else if (performance.now() < ends) {
        const name = best(await measure(product, half), plainTile(product, half));
        chosen.set(size, tiles[name]);
        await memory.remember(key, name);
      }
    } catch {
      // The plain block.
    }
  }
  return (shape, half) => chosen.get(sizeOf(shape, half)) ?? plainTile(shape, half);
}

const sizeOf = ({ m, k, n }: Shape, half: boolean) => `${m} x ${k} x ${n}${half ? ' in halves' : ''}`;

/** What a graph may try: all that the device has, unless this network ran plainly on this adapter before. */
export async function extrasToTry(
  config: ModelConfig,
  adapter: string,
  memory: TuningMemory,
  has: Extras,
): Promise<Extras> {
  return (await memory.recall(wayKey(config, adapter))) === 'plain' ? noExtras : has;
}

export async function rememberWay(config: ModelConfig, adapter: string, memory: TuningMemory, way: Way): Promise<void> {
  await memory.remember(wayKey(config, adapter), way);
}

function wayKey(config: ModelConfig, adapter: string): string {
  const { dim, depth, heads, mlp_dim } = config;
  return `way ${version} ${adapter} ${[tokensOf(config), dim, depth, heads, mlp_dim].join(' x ')}`;
}

function best(times: Partial<Record<TileName, number>>, usual: Tile): TileName {
  const names = Object.keys(tiles) as TileName[];
  const plainName = names.find((name) => tiles[name] === usual)!;
  const timeOf = (name: TileName) => (times[name] ?? Infinity) * (name === plainName ? margin : 1);
  return names.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a), plainName);
}

/** Measures on a device: the shortest of three, each of as many products as a slow graphics processor does in 10 ms. */
export function measureOn(device: GPUDevice, operations = 1e9): Measure {
  return async ({ m, k, n }, half) => {
    const candidates = (['small', 'wide', 'deep'] as const).map((name) => ({
      name,
      kernel: matmul(`tile ${name}`, { m, k, n }, tiles[name], plain, undefined, { ...noExtras, half }),
    }));
    const compiled = await compileAll(
      device,
      candidates.map(({ kernel }) => kernel),
    );
    const make = (size: number, usage = GPUBufferUsage.STORAGE) => device.createBuffer({ size, usage });
    const call = make(callBytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    device.queue.writeBuffer(call, 0, packedCall({ batch: maxBatch, levels: 1 }));
    const buffers = [make(4 * maxBatch * m * k), make(2 * k * n), make(4 * maxBatch * m * n), call]; // x, W, y
    const times: Partial<Record<TileName, number>> = {};
    try {
      const repeats = Math.max(1, Math.ceil(operations / (2 * maxBatch * m * k * n)));
      for (const { name, kernel } of candidates) {
        const { pipeline, layout } = compiled.get(kernel.code)!;
        const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
        const group = device.createBindGroup({ layout, entries });
        for (let round = 0; round < 4; round++) {
          const encoder = device.createCommandEncoder();
          const pass = encoder.beginComputePass();
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, group);
          for (let i = 0; i < repeats; i++)
            pass.dispatchWorkgroups(...kernel.workgroups({ batch: maxBatch, levels: 1 }));
          pass.end();
          const started = performance.now();
          device.queue.submit([encoder.finish()]);
          await device.queue.onSubmittedWorkDone();
          const time = (performance.now() - started) / repeats;
          if (round > 0) times[name] = Math.min(times[name] ?? Infinity, time); // the first one warms up
        }
      }
    } finally {
      for (const buffer of buffers) buffer.destroy();
    }
    return times;
  };
}
