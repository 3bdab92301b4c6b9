import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { card } from '../../cli/evaluate/card/card';
import { readFolder } from '../../cli/evaluate/folder';
import { aimsOf, asked, jobsOf, judge, markdown, sceneOf, type Folder, type Item } from '../../src/evaluation';
import { MeasureError } from '../../src/reading';
import { render, type Scene } from '../../src/world';

const shape = { frames: 16, height: 32, width: 32 };
const truth = [
  'A small red ball bouncing at night.',
  'A big yellow star spinning fast at sunset.',
  'A big blue boat moving left slowly at sea.',
  'A small pink heart growing in the desert.',
];
const path = mkdtempSync(join(tmpdir(), 'snowglobe-clips-'));
afterAll(() => rmSync(path, { recursive: true }));

function write(prompts: readonly string[], drop = 0, count = truth.length): void {
  const clips = truth
    .slice(0, count)
    .map((prompt, i) => render(sceneOf(asked(prompt), 50 + i), shape).map((value) => Math.round(255 * value)));
  const bytes = Buffer.concat(clips.map((clip) => Buffer.from(Uint8Array.from(clip))));
  writeFileSync(join(path, 'clips.bin'), bytes.subarray(drop));
  const items = prompts.map((prompt, seed) => ({ prompt, seed }));
  writeFileSync(
    join(path, 'clips.json'),
    JSON.stringify({ shape, items, settings: { steps: 24 }, model: { name: 'truth' } }),
  );
}

const judged = () => {
  const report = judge(new Map([['clips', readFolder(path)]]), { pool: 10, onProgress: () => {} });
  if (!report.attributes) throw new Error('a folder that names no suite is one of attributes');
  return { report, ...report.attributes.judgement };
};

describe('a folder of clips', () => {
  it('of true renders reaches its ceiling, which is everything, and its floor does not', () => {
    write(truth);
    const { report, bars, means } = judged();
    for (const kind of ['clips', 'ceiling'] as const)
      for (const [name, { right, total }] of Object.entries(bars[kind])) expect(right, `${kind} ${name}`).toBe(total);
    expect(bars.floor.strict.right).toBe(0);
    expect(bars.clips.strict.total).toBe(truth.length);
    expect(means.clips.consistency?.mean).toBe(1);
    const text = markdown(report);
    expect(text).toContain('| strict | 100 | 51 .. 100 | 0 | 100 | 0 | 4 |');
  });

  it('with the prompts of other clips says what is wrong with each', () => {
    write([truth[1], truth[0]], 0, 2);
    const { bars, confusions, items } = judged();
    expect(bars.clips.strict.right).toBe(0);
    expect(bars.clips.colour.right).toBe(0);
    expect(bars.ceiling.strict.right).toBe(2);
    expect(items[0].seen).toBe('small red ball bouncing, night');
    expect(confusions.map(([what]) => what)).toContain('thing: star read as ball');
  });

  it('of sets is judged plot by plot and shape by shape, against what a larger model aims at', () => {
    const draw = (name: string, prompts: readonly string[], size = shape): [string, Folder] => {
      const bytes = prompts.flatMap((prompt, i) => [...render(sceneOf(asked(prompt), 70 + i, size.frames), size).map((value) => Math.round(255 * value))]); // prettier-ignore
      const items = prompts.map((prompt, seed) => ({ prompt, seed, group: name }));
      return [`run-${name}`, { suite: 'sets', shape: size, items, settings: {}, model: { name: 'truth' }, bytes: Uint8Array.from(bytes) }]; // prettier-ignore
    };
    const collision = 'A small red ball and a big blue ball colliding slowly in the snow.';
    const folders = new Map([
      draw('one', truth.slice(0, 2)),
      draw('collision', [collision]),
      draw('opposite', ['A small red box moving left fast and a small blue star moving right fast at sea.']),
      draw('wide', [truth[0]], { frames: 16, height: 32, width: 48 }),
    ]);
    const report = judge(folders, { pool: 10, onProgress: () => {} });
    expect(report.sets.map(({ name, bars }) => [name, bars.strict.right, bars.strict.total])).toEqual([['one', 2, 2], ['collision', 1, 1], ['opposite', 1, 1], ['wide', 1, 1]]); // prettier-ignore
    expect(aimsOf(report.sets).map(({ reached }) => reached)).toEqual([true, true, true]);
    const text = markdown(report);
    expect(text).toContain('| one thing, strict | 100 | 34 .. 100 | 2 | at least 95 % | yes |');
    expect(text).toContain('| wide | 16 x 32 x 48 | 100 |');
    const twice = new Map([...folders, ['again', draw('one', truth.slice(2))[1]]]);
    expect(() => judge(twice, { pool: 10, onProgress: () => {} })).toThrow(/two folders hold the set "one"/);
  });

  it.each([64, 128])('that a decoder drew is judged at %i pixels, and the report says so', (pixels) => {
    const large = { frames: 16, height: pixels, width: pixels };
    const decoder = { folder: 'models/decoder', sha256: 'abcdef' };
    const drawn = (suite: string, item: Item, scene: Scene): [string, Folder] => {
      const bytes = Uint8Array.from(render(scene, large), (value) => Math.round(255 * value));
      return [suite, { suite, shape: large, items: [item], settings: {}, model: { name: 'truth' }, decoder, bytes }];
    };
    const folders = new Map([drawn('attributes', { prompt: truth[0], seed: 3 }, sceneOf(asked(truth[0]), 3))]);
    const [trial] = jobsOf('physics', 1, 5)[0].items;
    if (pixels === 64) folders.set(...drawn('physics', trial, trial.scene!)); // with given frames
    const report = judge(folders, { pool: 10, onProgress: () => {} });
    expect(report.attributes?.judgement.bars.clips.strict).toMatchObject({ right: 1, total: 1 });
    if (report.physics) {
      const [{ clips, floor }] = report.physics.judgement.rows.cells.map(({ figures }) => figures);
      expect(clips?.error.mean).toBeLessThan(0.001); // frame heights a frame: what the reader itself errs by
      expect(clips).toEqual(floor);
    }
    expect(Boolean(report.physics)).toBe(pixels === 64);
    expect(report.decoder).toEqual(decoder);
    expect(markdown(report)).toMatch(/^# truth, drawn by the decoder, read back by machine\n/);
    const html = card(report, folders, 'npm run evaluate');
    expect(html).toContain('<h1>Report card of truth, drawn by the decoder</h1>');
    expect(html).toContain('of the decoder <code>abcdef</code>');
  });

  it('that does not belong together is refused', () => {
    expect(() => readFolder(join(path, 'nowhere'))).toThrow(/no clips.json .+: write it/);
    write(truth, 1);
    expect(() => readFolder(path)).toThrow(MeasureError);
    write(truth.slice(1));
    expect(() => readFolder(path)).toThrow(/196608 bytes where 3 clips of 49152 belong/);
    writeFileSync(join(path, 'clips.json'), '{');
    expect(() => readFolder(path)).toThrow(MeasureError);
  });
});
