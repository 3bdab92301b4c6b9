import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readCheckpoints, trainingOf } from '../../../src/sessions/inside/training';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { FakeEngine, fakePorts } from '../../app/fake-run';

const manifests: Record<string, unknown> = {
  'manifest.json': { files: [{ bytes: 4e6 }], weak: '../old' },
  '../old/manifest.json': {
    files: [{ bytes: 1.5e6 }, { bytes: 5e5 }],
    weak: 'copies/half',
    checkpoints: [
      { folder: '.', clips: 400, right: 9, of: 10 },
      { folder: 'copies/half', clips: 200 },
    ],
  },
  '../old/copies/half/manifest.json': { files: [{ bytes: 1e6 }] },
};
const read = async (path: string) => {
  if (!(path in manifests)) throw new Error(`${path} is missing`);
  return manifests[path];
};

describe('earlier copies of the network', () => {
  it('are those that the manifest names, or else that of the model which it was grown of, the least trained first', async () => {
    expect(await readCheckpoints(read)).toEqual([
      { folder: '../old/copies/half/', clips: 200, megabytes: 1, score: null, share: 0.5 },
      { folder: '../old/', clips: 400, megabytes: 2, score: { right: 9, of: 10 }, share: 1 },
    ]);
    expect(await readCheckpoints(async () => ({}))).toEqual([]);
    await expect(readCheckpoints(async () => ({ weak: 'https://elsewhere/' }))).rejects.toThrow();
  });

  it('of the page lie where its models do, in the order of their training', async () => {
    const home = join(import.meta.dirname, '../../../models/mini');
    const found = await readCheckpoints(async (path) =>
      JSON.parse(await readFile(normalize(join(home, path)), 'utf8')),
    );
    expect(found.length).toBeGreaterThanOrEqual(4);
    const clips = found.map(({ clips }) => clips);
    expect(clips).toEqual([...clips].sort((a, b) => a - b));
    for (const { megabytes } of found) expect(megabytes).toBeLessThan(11);
  });
});

describe('the film by an earlier copy', () => {
  async function opened(options: ConstructorParameters<typeof FakeEngine>[0] = {}) {
    const [engines, folders]: [FakeEngine[], (string | undefined)[]] = [[], []];
    const createEngine = async (folder?: string) => {
      folders.push(folder);
      engines.push(new FakeEngine({ shape: { frames: 4, height: 16, width: 16 }, ...(folder ? options : {}) }));
      return engines[engines.length - 1];
    };
    const state = new State();
    const studio = new Studio({ ...fakePorts(), createEngine, readModelJson: read }, state);
    await studio.open('#prompt=a+red+ball&steps=5&seed=7&rule=auto&guidance=2&from=0');
    await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
    const training = trainingOf(studio);
    await training.open();
    return { studio, state, training, engines, folders };
  }

  it('is of the same words, noise and settings, by a network of its own that is put away after it', async () => {
    const { training, engines, folders } = await opened();
    const list = training.list.value!;
    await training.draw(list);
    expect(folders).toEqual([undefined, '../old/copies/half/', '../old/']);
    for (const engine of engines.slice(1)) {
      expect(engine.requests).toMatchObject([{ prompt: 'a red ball', seed: 7, steps: 5, guidance: { rule: 'cfg' } }]);
      expect(engine.disposed).toBe(true);
    }
    expect(list.map((each) => training.filmOf(each)?.clip.length)).toEqual([3072, 3072]);
    await training.draw(list);
    expect(folders.length).toBe(3); // they are there
    expect(training.loading.value).toBeNull();
  });

  it('makes way for the stage, and its network is put away', async () => {
    const { studio, training, engines } = await opened({ wait: 50 });
    const drawing = training.draw(training.list.value!);
    await vi.waitFor(() => expect(engines[1]?.requests.length).toBe(1), { timeout: 20_000 });
    await studio.runs.again();
    await drawing;
    expect([engines.length, engines[1].disposed, studio.lab.job.value]).toEqual([2, true, null]);
  });

  it('that cannot be had is said, and the stage stays', async () => {
    const { studio, state, training } = await opened({ failAt: 1 });
    await training.draw(training.list.value!);
    expect([studio.lab.failed.value, state.run.value?.phase, state.trouble.value]).toEqual(['training', 'done', null]);
  });
});
