/** A look inside in a real worker, against PyTorch: the static graph's own on WebGPU, and where runs go by WebAssembly. */
import { expect, it } from 'vitest';
import { Engine } from '../../src/workers/client';
import type { ProbedBlock } from '../../src/engine/protocol';
import { readTensors } from '../../src/model/load';
import { parseSafetensors } from '../../src/model/safetensors';
import type { Transformer } from '../../src/model/transformer';
import { fetchBytes } from '../model/golden';
import { blockErrors, goldenInput } from '../model/golden-probe';

const folder = 'tests/golden/model-tiny';
const prompt = 'a small red ball bouncing at night'; // as golden_probe.py says it

it.each(['webgpu', 'wasm'] as const)('shows on %s what PyTorch computes, to 1e-4, and runs go on', async (backend) => {
  const file = `${folder}/probe.safetensors`;
  const expected = parseSafetensors(await fetchBytes(file), file);
  const { config } = readTensors(
    await fetchBytes(`${folder}/config.json`),
    await fetchBytes(`${folder}/model.safetensors`),
  );
  const golden = { expected, model: { config } as Transformer };
  const engine = new Engine({ modelUrl: new URL(`/${folder}/`, location.origin).href, backend });
  try {
    const info = await engine.load();
    expect(info).toMatchObject({ backend, reason: expect.not.stringContaining('operation by operation') as string });
    const draw = async () => {
      const guesses: Float32Array[] = [];
      const settings = { seed: 7, steps: 2, sampler: 'euler', guidance: { scale: 3, from: 0, to: 1 } } as const;
      for await (const { guess } of engine.run({ prompt, ...settings })) guesses.push(guess);
      return guesses;
    };
    const before = await draw();
    // A graph is made for clips of one shape.
    for (const kase of backend === 'webgpu' ? ['uniform', 'mixed'] : ['uniform', 'mixed', 'other']) {
      const blocks: ProbedBlock[] = [];
      for await (const block of engine.probe({ prompt, ...goldenInput(golden, kase) })) blocks.push(block);
      const errors = blockErrors(golden, blocks, kase);
      expect(Object.keys(errors).length).toBe(10);
      expect(Object.entries(errors).filter(([, error]) => !(error <= 1e-4))).toEqual([]);
    }
    const other = engine.probe({ prompt, ...goldenInput(golden, 'other') });
    if (backend === 'webgpu') await expect(other.next()).rejects.toMatchObject({ name: 'ProbeError' });
    expect(await draw()).toEqual(before);
  } finally {
    engine.dispose();
  }
});
