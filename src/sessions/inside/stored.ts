/**
 * The look inside that lies beside a recorded run, for whoever has no network: of one step, means over the heads. It is taken
 * only for the very file that it was made of.
 */
import type { ProbedBlock } from '../../engine/protocol';
import { fingerprint, unpackSummary } from '../../recording/summary';
import type { Run } from '../../app/state';
import type { Look } from './inside';

export async function storedLook(
  run: Run,
  open: () => Promise<Uint8Array>,
): Promise<(Pick<Look, 'model' | 'grid' | 'blocks'> & { readonly step: number }) | null> {
  if (!run.recorded) return null;
  const [bytes, own] = await Promise.all([open(), run.recorded.encode()]);
  const { recording, model, step, blocks, shape: _, ...about } = await unpackSummary(bytes);
  if (recording !== fingerprint(own) || step >= run.steps.length) return null;
  const { grid, places } = about;
  return {
    model,
    step,
    grid,
    blocks: blocks.map(({ block, rows, lengths, guess }): ProbedBlock => {
      return { ...about, block, shown: 1, rows, ...sums(rows, places, grid), lengths, guess };
    }),
  };
}

/** rows: (N, places + N), to what the patches read of the prompt and of each time, as src/model/probe.ts sums it up. */
function sums(
  rows: Float32Array,
  places: number,
  [time, high, wide]: ProbedBlock['grid'],
): Pick<ProbedBlock, 'reads' | 'times'> {
  const area = high * wide;
  const [patches, keys] = [time * area, places + time * area];
  const reads = new Float32Array(patches * places);
  const times = new Float32Array(time * time);
  for (let patch = 0; patch < patches; patch++) {
    const own = rows.subarray(patch * keys, (patch + 1) * keys);
    reads.set(own.subarray(0, places), patch * places);
    const from = Math.floor(patch / area) * time;
    for (let key = 0; key < patches; key++) times[from + Math.floor(key / area)] += own[places + key] / area;
  }
  return { reads, times };
}
