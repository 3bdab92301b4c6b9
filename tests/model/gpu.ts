/** A device with no more than WebGPU's default limits, and one kernel at a time on it. For tests in a browser and on Vulkan. */
import {
  call as callBinding,
  extraFeatures,
  extrasOf,
  packedCall,
  type Call,
  type Extras,
  type Kernel,
} from '../../src/model/kernels/kernel';
import { compileAll } from '../../src/model/recorder';

export interface TestDevice {
  readonly device: GPUDevice;
  readonly extras: Extras; // that the device has
  /** Every error that no error scope caught; a test file ends by expecting none. */
  readonly faults: string[];
}

/** With the extras that the adapter has, or with none. */
export async function openDevice(withExtras = false): Promise<TestDevice> {
  const adapter = (await navigator.gpu.requestAdapter())!;
  const requiredFeatures = withExtras ? extraFeatures.filter((name) => adapter.features.has(name)) : [];
  const device = await adapter.requestDevice({ requiredFeatures });
  const faults: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
  return { device, extras: extrasOf(device.features), faults };
}

type Numbers = Float32Array | Uint16Array | Uint32Array;

/** Runs a kernel on these buffers, by the names of its bindings. Returns those that it may change. */
export async function runKernel(
  device: GPUDevice,
  kernel: Kernel,
  inputs: Readonly<Record<string, Numbers>>,
  call: Call = { batch: 1, levels: 1 },
): Promise<Record<string, Float32Array>> {
  const { pipeline, layout } = (await compileAll(device, [kernel])).get(kernel.code)!;
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const buffers = kernel.bindings.map(({ name, access }) => {
    const data = name === callBinding.name ? packedCall(call) : inputs[name];
    const usage = access === 'uniform' ? UNIFORM | COPY_DST : STORAGE | COPY_SRC | COPY_DST;
    const buffer = device.createBuffer({ label: name, size: data.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, data as BufferSource);
    return buffer;
  });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(...kernel.workgroups(call));
  pass.end();
  const backs = kernel.bindings.flatMap(({ name, access }, i) => {
    if (access !== 'change') return [];
    const { size } = buffers[i];
    const back = device.createBuffer({ label: name, size, usage: MAP_READ | COPY_DST });
    encoder.copyBufferToBuffer(buffers[i], 0, back, 0, size);
    return [{ name, back }];
  });
  device.queue.submit([encoder.finish()]);
  const results: Record<string, Float32Array> = {};
  for (const { name, back } of backs) {
    await back.mapAsync(GPUMapMode.READ);
    results[name] = new Float32Array(back.getMappedRange().slice(0));
    back.destroy();
  }
  for (const buffer of buffers) buffer.destroy();
  return results;
}
