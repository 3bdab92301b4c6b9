/** `npm run sample` with the tiny model: the command as a function, and where it matters the process that npm starts. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecoder, openModel } from '../../cli/model';
import { parseOptions } from '../../cli/options';
import { halved } from '../../cli/pictures';
import { sample as command } from '../../cli/sample/command';
import { decodeLink } from '../../src/settings/link';
import { labelOf } from '../../src/export/labels';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { rules } from '../../src/sampling/guidance';
import { run } from '../../src/sampling/run';
import { settingKeys, table } from '../../src/sampling/settings';
import { solvers } from '../../src/sampling/solvers';
import { tokenize } from '../../src/world/prompt';
import { typed } from './typed';

const tiny = 'tests/golden/model-tiny';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snowglobe-sample-'));
});

afterAll(() => rm(folder, { recursive: true }));

const sample = (...args: string[]) => typed(command, args);

const prompt = 'a small red ball bouncing at night';
const raw = ['--size', '32']; // without a decoder: whether models/decoder is there is no matter of these tests
/** The process, but nobody reads the messages beyond the first. */
function sampleUnheard(...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/sample.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.once('data', () => child.stderr.destroy());
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}

const good = () => ['--prompt', prompt, ...raw, '--model', `./${tiny}`, '--out', join(folder, 'never.gif')];

describe('a good command', () => {
  it('makes the film although nobody reads its messages any more', async () => {
    const out = join(folder, 'unheard.gif');
    const args = ['--prompt', prompt, '--steps', '12', ...raw, '--model', `./${tiny}`, '--out', out];
    expect(await sampleUnheard(...args)).toBe(0);
    expect((await readFile(out)).subarray(0, 6).toString()).toBe('GIF89a');
  });

  it('writes the clip, the sheet and the facts, and shows each step on stderr', async () => {
    const files = { gif: join(folder, 'clip.gif'), png: join(folder, 'sheet.png'), json: join(folder, 'run.json') };
    const { code, out, err } = await sample(
      '--prompt',
      prompt,
      '--seed',
      '11',
      '--steps',
      '3',
      '--sampler',
      'euler',
      '--guidance',
      '2',
      ...raw,
      '--model',
      `./${tiny}`,
      '--out',
      files.gif,
      '--sheet',
      files.png,
      '--json',
      files.json,
    );
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 8)),
    ).toEqual(['step 1/3', 'step 2/3', 'step 3/3']);
    expect({ code, out }).toEqual({ code: 0, out: '' });

    const gif = await readFile(files.gif);
    expect(gif.subarray(0, 6).toString()).toBe('GIF89a');
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([24 * 8, 16 * 8]);
    const blocks = gif.toString('latin1').split('\x21\xf9\x04').slice(1); // one graphic control block a frame
    const delays = blocks.map((block) => block.charCodeAt(1) + 256 * block.charCodeAt(2)); // hundredths of a second
    expect(delays.length).toBe(6);
    expect(delays.reduce((a, b) => a + b)).toBe(75); // eight frames a second, although no hundredth is an eighth of one
    expect(Math.max(...delays) - Math.min(...delays)).toBe(1);

    const png = PNG.sync.read(await readFile(files.png));
    expect([png.width, png.height]).toEqual([6 * (24 * 2 + 2) + 2, 3 * (16 * 2 + 2) + 2]);

    const run = JSON.parse(await readFile(files.json, 'utf8'));
    expect(run).toMatchObject({
      prompt,
      settings: { seed: 11, steps: 3, sampler: 'euler', guidance: { scale: 2, from: 0.05, to: 1 } },
      model: {
        name: 'tiny',
        sha256: createHash('sha256')
          .update(await readFile(`${tiny}/model.safetensors`))
          .digest('hex'),
      },
      size: 32,
      backend: 'wasm',
      shape: { frames: 6, height: 16, width: 24 },
    });
    expect(run.decoder).toBe(undefined);
    expect(run.steps.map((step: { t: number; calls: number }) => [step.t, step.calls])).toEqual([
      [0, 1], // of pure noise the prompt alone is asked
      [1 / 3, 2],
      [2 / 3, 2 + 4], // and four restarts
    ]);
  });

  it('draws the same clip again from the same seed, and another from another', async () => {
    const draw = async (seed: string) => {
      const path = join(folder, `seed.gif`);
      const { code } = await sample(
        '--prompt',
        prompt,
        '--seed',
        seed,
        '--steps',
        '1',
        ...raw,
        '--model',
        `./${tiny}`,
        '--out',
        path,
      );
      expect(code).toBe(0);
      return (await readFile(path)).toString('base64');
    };
    const first = await draw('1');
    expect(await draw('1')).toBe(first);
    expect(await draw('2')).not.toBe(first);
  });

  it('stops at once on Ctrl-C, and writes nothing', async () => {
    const args = ['--import', 'tsx', 'cli/sample.ts', ...good(), '--steps', '100', '--sampler', 'heun'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (data) => {
      if (!err) child.kill('SIGINT'); // at the first step
      err += data;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(1);
    expect(err).toMatch(/^step 1\/100 .+\n(step 2.+\n)?(step 3.+\n)?sample: stopped\n$/);
    expect(existsSync(join(folder, 'never.gif'))).toBe(false);
  });

  it('loads the earlier copy that the manifest names for rule auto, and says so where there is none', async () => {
    const model = join(folder, 'with-copy');
    const names = ['config.json', 'model.safetensors', 'manifest.json'];
    await mkdir(join(model, 'early'), { recursive: true });
    for (const name of names) await copyFile(`${tiny}/${name}`, join(model, name));
    for (const name of names) await copyFile(`${tiny}/${name}`, join(model, 'early', name));
    const manifest = JSON.parse(await readFile(`${tiny}/manifest.json`, 'utf8'));
    await writeFile(join(model, 'manifest.json'), JSON.stringify({ ...manifest, weak: 'early' }));
    const json = join(folder, 'auto.json');
    const asked = ['--prompt', prompt, ...raw, '--rule', 'auto', '--steps', '2', '--json', json, '--model'];
    expect(await sample(...asked, model)).toMatchObject({ code: 0, out: '' });
    const { settings, steps } = JSON.parse(await readFile(json, 'utf8'));
    expect([settings.guidance.rule, steps.map(({ calls }: { calls: number }) => calls)]).toEqual(['auto', [1, 2 + 4]]);
    expect(await sample(...asked, `./${tiny}`)).toEqual({
      code: 1,
      out: '',
      err: 'sample: tiny names no earlier copy of itself: choose another --rule, or another model\n',
    });
  });

  it('--student asks the network of few steps that the manifest names, and says so where there is none', async () => {
    const model = join(folder, 'with-student');
    const names = ['config.json', 'model.safetensors', 'manifest.json'];
    await mkdir(join(model, 'pupil'), { recursive: true });
    for (const name of names) await copyFile(`${tiny}/${name}`, join(model, name));
    for (const name of names) await copyFile(`${tiny}/${name}`, join(model, 'pupil', name));
    const manifest = JSON.parse(await readFile(`${tiny}/manifest.json`, 'utf8'));
    await writeFile(join(model, 'manifest.json'), JSON.stringify({ ...manifest, student: 'pupil' }));
    const json = join(folder, 'student.json');
    const asked = ['--prompt', prompt, ...raw, '--student', '--json', json, '--model'];
    expect(await sample(...asked, model)).toMatchObject({ code: 0, out: '' });
    const { settings, steps } = JSON.parse(await readFile(json, 'utf8'));
    expect([settings.student, steps.map(({ calls }: { calls: number }) => calls)]).toEqual([true, [1, 1, 1, 1]]);
    expect(await sample(...asked, `./${tiny}`)).toMatchObject({
      code: 1,
      err: 'sample: tiny has no student: leave out --student, or choose another model\n',
    });
  });

  it('--help says what there is, with the words of the world', async () => {
    const { code, out, err } = await sample('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const text of ['--size', '--decoder', '--negative', 'rocket', 'bouncing', ...Object.keys(solvers)])
      expect(out).toContain(text);
    for (const key of settingKeys) expect(out).toMatch(new RegExp(`^  --${key} .*${table[key].about}`, 'm'));
  });

  it('hears free text, says what it is told in one line, and writes that down', async () => {
    const json = join(folder, 'heard.json');
    const said = 'ein kleiner roter Ball hüpft bei Nacht, kein Boot 🎉';
    const { code, err } = await sample('--prompt', said, '--steps', '1', ...raw, '--model', `./${tiny}`, '--json', json); // prettier-ignore
    expect(code).toBe(0);
    const [line] = err.split('\n');
    expect(line).toContain('told "A small red ball bouncing at night.", and to stay away from "boat"');
    expect(line).toContain('"🎉" left out (never seen)');
    const report = JSON.parse(await readFile(json, 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      prompt: 'A small red ball bouncing at night.',
      typed: said,
      settings: { negative: 'boat' },
    });
  });

  it('takes every setting that the page has, written as in a link', () => {
    const link = 'sampler=sde&churn=0.25&eta=0.5&rule=cfgpp&from=0.1&to=0.9&rescale=0.5&parallel=0.25&bound=1&momentum=-0.5&schedule=curve&curve=0.1_0.9&shift=2&start=copy.0.0.3&at=3&blend=0.5'; // prettier-ignore
    const options = [...new URLSearchParams(link)].map(([key, text]) => `--${key}=${text}`);
    const asked = [...good(), '--negative', 'a blue star', '--then', 'a big box', '--backwards', ...options];
    expect(parseOptions(asked, folder)?.request).toEqual({
      ...decodeLink(`${link}&backwards=1`).state.settings,
      prompt,
      negative: 'a blue star',
      then: 'a big box',
    });
    expect(parseOptions([...good(), '--rule', 'cfgpp'], folder)?.request.guidance.scale).toBe(rules.cfgpp.usual);
  });
});

describe('the second network', () => {
  const decoder = 'tests/golden/decoder-tiny';

  it('draws the clip, the sheet, and is named beside the first', async () => {
    const [gif, png, json] = ['drawn.gif', 'drawn.png', 'drawn.json'].map((name) => join(folder, name));
    const asked = ['--prompt', prompt, '--seed', '11', '--steps', '2', '--sampler', 'euler'];
    const models = ['--model', `./${tiny}`, '--decoder', `./${decoder}`];
    const { code, out, err } = await sample(...asked, ...models, '--out', gif, '--sheet', png, '--json', json);
    expect({ code, out, lines: err.trim().split('\n').length }, err).toEqual({ code: 0, out: '', lines: 2 });
    const bytes = await readFile(gif);
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([24 * 4, 16 * 4]);
    const { settings, size, ...facts } = JSON.parse(await readFile(json, 'utf8'));
    const weights = await readFile(`${decoder}/model.safetensors`);
    expect(size).toBe(128);
    expect(facts.model.name).toBe('tiny');
    // The label for machines, and the recipe by which the page can make the film again.
    const { label, recipe } = labelOf(new Uint8Array(bytes), 'gif');
    expect([label, recipe]).toMatchObject([
      true,
      { model: { name: 'tiny' }, decoder: { name: 'decoder-tiny' }, shows: { what: 'film', size: 128 }, whole: true },
    ]);
    const { state, notices } = decodeLink(recipe!.link);
    expect([notices, state.prompt, state.settings.seed, state.settings.sampler]).toEqual([[], prompt, 11, 'euler']);
    expect(labelOf(new Uint8Array(await readFile(png)), 'png')).toEqual({ label: true });
    expect(facts.decoder).toMatchObject({
      name: 'decoder-tiny',
      sha256: createHash('sha256').update(weights).digest('hex'),
    });

    // The same run here, drawn by Decoder.draw itself: a PNG loses nothing.
    const { model, words } = await openModel(tiny, 'wasm', () => {});
    const second = await openDecoder(decoder);
    const shape = { frames: 6, height: 16, width: 24 };
    const { tokens } = tokenize(prompt, model.config.text_length, words);
    const sheet = PNG.sync.read(await readFile(png));
    expect([sheet.width, sheet.height]).toEqual([6 * (24 * 2 + 2) + 2, 2 * (16 * 2 + 2) + 2]);
    let row = 0;
    for await (const { guess } of run(new TransformerDenoiser(model, tokens), settings)) {
      const clip = guess.map((value) => Math.min(1, Math.max(-1, value)));
      const [drawn] = await second.decoder.draw(clip, shape, [4], tokenize(prompt, 64, second.words).tokens);
      const cell = halved({ height: 64, width: 96, values: drawn });
      for (let y = 0; y < 32; y++)
        for (let x = 0; x < 48; x++)
          for (let c = 0; c < 3; c++) {
            const value = Math.min(255, Math.max(0, (cell.values[(c * 32 + y) * 48 + x] + 1) * 127.5));
            const shown = sheet.data[((2 + row * 34 + y) * sheet.width + 2 + 4 * 50 + x) * 4 + c];
            if (Math.abs(shown - value) > 0.6) expect([row, y, x, c, shown]).toEqual([row, y, x, c, value]);
          }
      row++;
    }
    expect(row).toBe(2);
  });

  it('that is no decoder, or damaged, is one clear line', async () => {
    const asTransformer = await sample(...good(), '--size', '128', '--decoder', `./${tiny}`);
    expect(asTransformer.err).toMatch(/^sample: the decoder cannot be used, for config\.json [^\n]+ or add --size 32 to do without\n$/); // prettier-ignore
    expect(asTransformer.code).toBe(1);
    const damaged = join(folder, 'damaged-decoder');
    await mkdir(damaged);
    for (const name of ['config.json', 'manifest.json']) await copyFile(`${decoder}/${name}`, join(damaged, name));
    const weights = await readFile(`${decoder}/model.safetensors`);
    weights[weights.length - 1] ^= 1;
    await writeFile(join(damaged, 'model.safetensors'), weights);
    const { code, err } = await sample(...good(), '--size', '256', '--decoder', damaged);
    expect(err).toMatch(/^sample: the decoder cannot be used, for model\.safetensors is damaged[^\n]+\n$/);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'never.gif'))).toBe(false);
  });

  it('is done without where there is none, unless it is asked for', async () => {
    const asked = ['--prompt', prompt, '--model', `./${tiny}`, '--json', join(folder, 'facts.json')];
    const look = (root: string, ...more: string[]) => parseOptions([...asked, ...more], root)?.look;
    expect(look(folder)).toEqual({
      size: 32,
      because: `there is no decoder in ${join(folder, 'models', 'decoder')}, so the clip stays at 32 x 32: train one (docs/reference/training.md), or name one by --decoder`,
    });
    expect(look(folder, '--size', '32')).toEqual({ size: 32 });
    for (const size of ['64', '128', '256'])
      expect(() => look(folder, '--size', size)).toThrow(/^there is no decoder in/);
    expect(look(folder, '--decoder', `./${decoder}`)).toMatchObject({ size: 128 });
    await mkdir(join(folder, 'models', 'decoder'), { recursive: true });
    await copyFile(`${decoder}/manifest.json`, join(folder, 'models', 'decoder', 'manifest.json'));
    expect(look(folder)).toEqual({ size: 128, decoderFolder: join(folder, 'models', 'decoder') });
    expect(look(folder, '--size', '64')).toMatchObject({ size: 64 });
  });
});

describe('a mistake is one clear line, and nothing is written', () => {
  it.each<[string, () => string[], RegExp]>([
    ['no prompt', () => ['--out', join(folder, 'never.gif')], /there is no prompt: add --prompt/],
    ['an empty prompt', () => [...good(), '--prompt', '  '], /the prompt is empty: say what to draw/],
    [
      'words that nobody taught it',
      () => [...good(), '--prompt', 'qwertz 7 уйкенг'],
      /never learned "qwertz", "7", "уйкенг": see --help/,
    ],
    [
      'a prompt that is too long',
      () => [...good(), '--prompt', 'a small red ball bouncing and a big blue star spinning slowly at night'],
      /the prompt is too long: tiny reads 13 words/,
    ],
    ['an unknown option', () => [...good(), '--colour', 'red'], /Unknown option '--colour': see --help/],
    ['a word too many', () => [...good(), 'ball'], /Unexpected argument 'ball'.*: see --help/],
    ['a missing value', () => [...good(), '--seed'], /Option '--seed <value>' argument missing: see --help/],
    ['steps 0', () => [...good(), '--steps', '0'], /steps is 0: set it to a whole number from 1 to 100/],
    ['steps that are no number', () => [...good(), '--steps', 'many'], /steps is "many": set it to a number/],
    ['a seed with a fraction', () => [...good(), '--seed', '1.5'], /seed is 1\.5: set it to a whole number/],
    [
      'a guidance beyond all measure',
      () => [...good(), '--guidance', '1e9'],
      /guidance scale is 1000000000: set it to a number from 0 to 30/,
    ],
    [
      'an unknown sampler',
      () => [...good(), '--sampler', 'magic'],
      /sampler is magic: set it to euler, heun, .*multistep/,
    ],
    ['a size that nobody draws', () => [...good(), '--size', '100'], /size is 100: set it to 32, 64, 128 or 256/],
    ['a size that is no number', () => [...good(), '--size', 'large'], /size is "large": set it to a number/],
    [
      'a decoder that is not there',
      () => [...good(), '--size', '64', '--decoder', join(folder, 'nobody')],
      /there is no decoder in .+nobody: name a folder with its manifest\.json by --decoder, or add --size 32 to do without/,
    ],
    ['an unknown backend', () => [...good(), '--backend', 'abacus'], /backend is abacus: set it to wasm or cpu/],
    ['a model that is not there', () => [...good(), '--model', 'giant'], /there is no model in .+giant/],
    [
      'a file in no folder',
      () => [...good(), '--out', join(folder, 'no', 'clip.gif')],
      /cannot write .+clip\.gif \(ENOENT\)/,
    ],
    [
      'a folder in place of a file',
      () => [...good(), '--json', join(folder, 'dir.json')],
      /cannot write .+dir\.json \(EISDIR\)/,
    ],
    ['a film', () => [...good(), '--out', 'clip.mp4'], /--out is clip\.mp4: give it the name of a \.gif file/],
    [
      'nothing to write',
      () => ['--prompt', prompt, '--model', `./${tiny}`],
      /there is nothing to write: add --out clip\.gif/,
    ],
  ])('%s', async (_, args, message) => {
    await mkdir(join(folder, 'dir.json'), { recursive: true });
    const { code, out, err } = await sample(...args());
    expect(err).toMatch(message);
    expect(err).toMatch(/^sample: [^\n]+\n$/); // one line
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(existsSync(join(folder, 'never.gif'))).toBe(false);
  });

  it('weights that are damaged', async () => {
    const model = join(folder, 'damaged');
    await mkdir(model);
    for (const name of ['config.json', 'manifest.json', 'model.safetensors'])
      await copyFile(`${tiny}/${name}`, join(model, name));
    const weights = await readFile(`${tiny}/model.safetensors`);
    weights[weights.length - 1] ^= 1;
    await chmod(join(model, 'model.safetensors'), 0o644);
    await writeFile(join(model, 'model.safetensors'), weights);
    const { code, err } = await sample(...good(), '--model', model);
    expect(err).toMatch(/^sample: model\.safetensors is damaged or another version[^\n]+\n$/);
    expect(code).toBe(1);
  });
});
