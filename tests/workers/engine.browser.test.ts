/** The whole way in a real worker: a tiny model over http, on WebGPU and on the fallback. */
import { afterEach, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { Engine, EngineError, type Progress } from '../../src/workers/client';
import type { BackendName, RunRequest } from '../../src/engine/protocol';
import { SteadyEngine, type Breakdown } from '../../src/workers/steady';
import type { Step } from '../../src/sampling/types';

const request: RunRequest = {
  prompt: 'a small red ball bouncing at night',
  seed: 7,
  steps: 2,
  sampler: 'euler',
  guidance: { scale: 3, from: 0, to: 1 },
};
const open: Engine[] = [];

/** The tiny model, or a place where it is not. */
function engineAt(modelUrl: string, backend: BackendName = 'webgpu'): Engine {
  open.push(new Engine({ modelUrl: new URL(modelUrl, location.origin).href, backend }));
  return open.at(-1)!;
}

afterEach(() => open.splice(0).forEach((engine) => engine.dispose()));

it.each([
  ['webgpu', /^WebGPU on (?!.* operation by operation).+\.$/], // as a static graph
  ['wasm', /^WebAssembly on the processor, as asked for\.$/],
] as const)('loads on %s with progress, runs, aborts, runs again', async (backend, reason) => {
  const seen: Progress[] = [];
  const engine = engineAt('/tests/golden/model-tiny/', backend);
  const info = await engine.load((progress) => seen.push(progress));
  expect(info).toMatchObject({ backend, model: 'tiny', shape: { frames: 6, height: 16, width: 24 } });
  expect(info.reason).toMatch(reason);
  expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['backend', 'weights', 'warm-up']);
  const { done, total } = seen.at(-1)!;
  expect(done).toBe(total);
  expect(total > 1).toBe(backend === 'webgpu'); // the kernels of the static graph, one by one

  const draw = async () => {
    const steps: Step[] = [];
    for await (const step of engine.run(request)) steps.push(step);
    return steps;
  };
  const steps = await draw();
  expect(steps.map(({ index, calls }) => [index, calls])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  const { guess } = steps[1];
  expect(guess.length).toBe(3 * 6 * 16 * 24);
  expect(guess.every(Number.isFinite)).toBe(true);

  const abort = new AbortController();
  const counted: number[] = [];
  const aborted = (async () => {
    for await (const { index } of engine.run({ ...request, steps: 100 }, abort.signal)) {
      counted.push(index);
      abort.abort();
    }
  })();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  expect(counted).toEqual([0]);

  const again = await draw();
  expect(again.map((step) => step.index)).toEqual([0, 1]);
  expect(again[1].guess).toEqual(guess); // the same request draws the same clip
});

it('says what to do where the model is missing, and where a file of it is damaged', async () => {
  const missing = await engineAt('/tests/golden/no-such-model/')
    .load()
    .catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(EngineError);
  expect(missing).toMatchObject({
    name: 'WeightsError',
    cause: 'manifest.json could not be downloaded: the server answered 404.',
    next: 'Check that the whole model folder was uploaded, then reload the page.',
  });

  const damaged = await engineAt('/tests/golden/model-damaged/')
    .load()
    .catch((error: unknown) => error);
  expect(damaged).toMatchObject({ name: 'WeightsError', cause: 'model.safetensors is cut off: 5 bytes of 1000.' });
});

it('hears of a graphics processor that is lost', async () => {
  const fault = new Promise<EngineError>((resolve) => {
    void selectBackend({ preferred: 'webgpu', wasmFolder: '/wasm/', onFault: resolve }).then(({ device }) =>
      device!.destroy(),
    );
  });
  expect(await fault).toMatchObject({ name: 'DeviceLostError', next: expect.stringMatching(/^load the model again/) });
});

it('says so when the worker cannot start', async () => {
  const createWorker = () => new Worker(new URL('/tests/no-such-worker.js', location.origin), { type: 'module' });
  const engine = new Engine({ modelUrl: '/tests/golden/model-tiny/', createWorker });
  await expect(engine.load()).rejects.toMatchObject({ name: 'WorkerError' });
});

it('goes on after a device that is destroyed in the middle of a run, to the very same end', async () => {
  const workers: Worker[] = [];
  const engine = new SteadyEngine({
    modelUrl: new URL('/tests/golden/model-tiny/', location.origin).href,
    backend: 'webgpu',
    createWorker: () =>
      workers[workers.push(new Worker(new URL('./breakable-worker.ts', import.meta.url), { type: 'module' })) - 1],
  });
  const breakdowns: Breakdown[] = [];
  try {
    await engine.load(undefined, (breakdown) => breakdowns.push(breakdown));
    const draw = async (destroyAt: number) => {
      const steps: Step[] = [];
      for await (const step of engine.run({ ...request, sampler: 'multistep', steps: 4 })) {
        steps.push(step);
        if (step.index === destroyAt) workers.at(-1)!.postMessage({ destroy: true });
      }
      return steps.map(({ index, guess }) => ({ index, guess: [...guess] }));
    };
    const whole = await draw(-1);
    expect(await draw(1)).toEqual(whole);
    expect(workers.length).toBe(2);
    expect(breakdowns).toMatchObject([{ was: 'webgpu', info: { backend: 'webgpu' } }]);
    expect(breakdowns[0].fault.name).toMatch(/DeviceLostError|GpuError/);
  } finally {
    engine.dispose();
  }
});
