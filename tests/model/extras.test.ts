/**
 * Halves and subgroups, where only Dawn is needed: its null backend checks every program as a device would, and computes
 * nothing. What the kernels with extras compute: kernels.browser.test.ts, on a device that has them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, randomTensors } from '../../bench/models';
import { StaticGraph, wayAfter } from '../../src/model/graph';
import { extraFeatures, extrasOf } from '../../src/model/kernels/kernel';

describe('the way', () => {
  it('is the one with extras where they are equal and faster, else the plain one', () => {
    expect(wayAfter({ error: 1e-3, gain: 1.5 })).toBe('extra');
    expect(wayAfter({ error: 6e-3, gain: 1.5 })).toBe('plain');
    expect(wayAfter({ error: Infinity, gain: 1.5 })).toBe('plain');
    expect(wayAfter({ error: NaN, gain: 1.5 })).toBe('plain');
    expect(wayAfter({ error: 1e-3, gain: 1.02 })).toBe('plain');
    expect(wayAfter({ error: 1e-3, gain: NaN })).toBe('plain');
  });
});

/** Dawn brings its program for the usual systems; on another one there is nothing to check a program with. */
const dawn = await import('webgpu').catch(() => undefined);

describe.skipIf(!dawn)('a graph on a device that computes nothing', () => {
  let gpu: GPU;
  const faults: string[] = [];
  const tensors = randomTensors(models.tiny);
  const open = async (requiredFeatures: readonly GPUFeatureName[]) => {
    const device = await (await gpu.requestAdapter())!.requestDevice({ requiredFeatures: [...requiredFeatures] });
    device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
    return device;
  };
  beforeAll(() => {
    Object.assign(globalThis, dawn!.globals);
    gpu = dawn!.create(['backend=null']);
  });
  afterAll(() => expect(faults).toEqual([]));

  it('has two sets of valid programs', async () => {
    const device = await open(extraFeatures);
    expect(extrasOf(device.features)).toEqual({ half: true, subgroups: true });
    const labels: string[] = [];
    const create = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) => {
      labels.push(`${descriptor.label}${descriptor.code.includes('enable') ? ' with extras' : ''}`);
      return create(descriptor);
    };
    const graph = await StaticGraph.build(device, models.tiny, tensors);
    for (const name of ['blocks.qkv', 'blocks.out', 'blocks.mlp.outer', 'attention', 'norm1'])
      expect(labels).toEqual(expect.arrayContaining([name, `${name} with extras`]));
    expect(labels).not.toContain('modulation with extras');
    expect(graph.trial).toBeDefined(); // what it saw is chance: memory that nobody wrote
    graph.dispose();
  });

  it('is built without extras where they do not compile', async () => {
    const device = await open([]);
    const extras = { half: true, subgroups: true };
    const graph = await StaticGraph.build(device, models.tiny, tensors, { extras });
    expect([graph.way, graph.trial]).toEqual(['plain', undefined]);
    graph.dispose();
  });
});
