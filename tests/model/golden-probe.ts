/** What a look inside must show, by PyTorch (training/golden_probe.py); the same checks on every backend. */
import { probe } from '../../src/model/probe';
import type { ProbedBlock, ProbeInput } from '../../src/model/probed';
import { relativeError, tokenRows, type Golden } from './golden';

/** What the golden file asks. kase: of the tiny model's file; the shipped model's has one, without a name. */
export function goldenInput(
  { expected, model: { config } }: Pick<Golden, 'expected' | 'model'>,
  kase?: string,
): ProbeInput {
  const [x, levels] = ['x', 'levels'].map((name) => expected.get(named(name, kase))!);
  const [, frames, height, width] = x.shape;
  const patches = (frames * height * width) / (config.patch_frames * config.patch_size ** 2);
  const tokens = [...expected.get('asked')!.data].map((token) => token % patches);
  return { x: x.data, levels: levels.data, shape: { frames, height, width }, tokens, guesses: true };
}

/** Errors of each block, as `block.name`: rows, reads, times, lengths and guess, as far as the golden file has them. */
export function blockErrors(
  { expected }: Pick<Golden, 'expected'>,
  blocks: readonly ProbedBlock[],
  kase?: string,
): Record<string, number> {
  const errors: Record<string, number> = {};
  for (const { block, depth, rows, reads, times, lengths, guess } of blocks) {
    const x = expected.get(named('x', kase))!;
    const guesses = kase ? guess! : middleFrame(guess!, x.shape);
    for (const [name, got] of Object.entries({ rows, reads, times, lengths, guesses })) {
      const all = expected.get(named(name, kase));
      if (!all) continue;
      const size = all.data.length / depth;
      errors[`${block}.${name}`] = relativeError(got, all.data.subarray(block * size).slice(0, size));
    }
  }
  return errors;
}

/** Asks a model itself. */
export async function probeErrors(golden: Golden, kase?: string): Promise<Record<string, number>> {
  const { model, expected } = golden;
  const text = model.encodeText(tokenRows(expected.get('tokens')!));
  const blocks: ProbedBlock[] = [];
  for await (const block of probe(model, text, goldenInput(golden, kase))) blocks.push(block);
  text.dispose();
  return blockErrors(golden, blocks, kase);
}

const named = (name: string, kase?: string) => (kase ? `${kase}.${name}` : name);

/** (3, F, H, W) -> (3, 1, H, W), as the shipped model's file has it. */
function middleFrame(guess: Float32Array, [, frames, height, width]: readonly number[]): Float32Array {
  const area = height * width;
  const start = Math.floor(frames / 2) * area;
  const planes = [0, 1, 2].map((colour) => guess.subarray(colour * frames * area + start).slice(0, area));
  return Float32Array.from(planes.flatMap((plane) => [...plane]));
}
