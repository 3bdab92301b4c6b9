/**
 * Draws clips with a model, reads them back and writes a report card: `npm run evaluate -- --help`.
 *
 * What it is: the suites of src/evaluation, drawn into folders, judged there.
 * What it is not: a judge of its own. What is right and wrong is said in src/evaluation, which knows no model.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { card } from './card/card';
import { drawFolder, drawWithPython } from './draw';
import { drawn, prepare, readAbout, readFolder } from './folder';
import { jobsOf, judge, markdown, type About, type Folder, type Job } from '../../src/evaluation';
import { MeasureError } from '../../src/reading';
import { evaluateHelp, parseEvaluate, type EvaluateOptions } from './options';
import { readModel } from '../../src/engine/weights';
import { WeightsError } from '../../src/model/errors';
import { parseConfig } from '../../src/model/config';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { SettingsError } from '../../src/sampling/errors';
import { tokenize } from '../../src/world';
import { openModel } from '../model';
import { UsageError } from '../options';
import type { Terminal, Writer } from '../terminal';
import { writeWhole } from '../whole';

const root = join(import.meta.dirname, '../..');

/** The folders that are asked for, each with the model that fills it. The same folder may serve two suites. */
async function plan(options: EvaluateOptions): Promise<{ path: string; job: Job }[]> {
  const { suites, count, seed, modelFolder } = options;
  const { config: shape } = parseConfig(new TextDecoder().decode((await read(modelFolder)).config));
  const jobs = new Map(
    suites.flatMap((suite) => jobsOf(suite, count, seed, shape)).map((job) => [job.name, job] as const),
  );
  return Promise.all(
    [...jobs.values()].map(async (job) => {
      const path = join(options.out, 'clips', job.name);
      const folder = job.copy ? join(options.modelFolder, 'checkpoints', job.copy) : options.modelFolder;
      prepare(path, await aboutOf(job, folder, options));
      return { path, job };
    }),
  );
}

const read = (folder: string) =>
  readModel(async function* (name) {
    const file = join(folder, name);
    if (!existsSync(file)) throw new WeightsError(file, 'is not there', 'export the model again');
    yield readFileSync(file);
  });

async function aboutOf({ suite, items, guidance }: Job, folder: string, { settings }: EvaluateOptions): Promise<About> {
  const { config: text, sha256 } = await read(folder);
  const { name, config, words } = parseConfig(new TextDecoder().decode(text));
  for (const { prompt } of items)
    if (tokenize(prompt, config.text_length, words).truncated)
      throw new UsageError(`"${prompt}" is too long: ${name} reads ${config.text_length - 1} words`);
  const { frames, height, width } = config;
  const inside = relative(root, folder);
  return {
    suite,
    shape: { frames, height, width },
    items,
    settings: guidance === undefined ? settings : { ...settings, guidance: { ...settings.guidance, scale: guidance } },
    model: { name, sha256, folder: inside.startsWith('..') ? resolve(folder) : inside.replaceAll('\\', '/') },
  };
}

/** Draws everything that is missing, with the page's own code. */
async function drawHere(
  folders: readonly string[],
  options: EvaluateOptions,
  { err, signal }: Terminal,
): Promise<void> {
  const missing = (path: string): number => readAbout(path).items.length - drawn(path);
  const total = folders.reduce((sum, path) => sum + missing(path), 0);
  const progress = timer(err, 'clips drawn', true);
  let done = 0;
  for (const path of folders) {
    if (!missing(path) && !existsSync(join(path, 'clips.part'))) continue;
    const { model: about, shape } = readAbout(path);
    const { model, words, backend } = await openModel(resolve(root, about.folder ?? ''), options.backend, () => {}); // no GPU here, whose faults come later
    const denoiserFor = (prompt: string) =>
      new TransformerDenoiser(model, tokenize(prompt, model.config.text_length, words).tokens, {}, shape);
    const onClip = (): void => progress(basename(path), ++done, total);
    await drawFolder(path, denoiserFor, { program: 'node', backend }, { onClip, signal });
  }
}

/** Every other second a line: what is done, and how long the rest will take. Each task has its own clock. */
function timer(err: Writer, unit: string, oneTask: boolean): (what: string, done: number, total: number) => void {
  let [task, start, last] = ['', performance.now(), performance.now()];
  return (what, done, total) => {
    const now = performance.now();
    if (what !== task && !oneTask) [task, start, last] = [what, now, now];
    if ((now - last < 2000 && done < total) || !done) return;
    last = now;
    const left = ((now - start) / done) * (total - done);
    const time = left > 90_000 ? `${Math.ceil(left / 60_000)} min` : `${Math.ceil(left / 1000)} s`;
    err.write(`${what}: ${done} of ${total} ${unit}, ${time} left\n`);
  };
}

/** A folder of clips, or the folders of clips in it. */
function foldersIn(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new MeasureError(`there is no folder ${path}`, 'name one with clips'); // prettier-ignore
  if (existsSync(join(path, 'clips.json'))) return [path];
  const inside = readdirSync(path).filter((name) => existsSync(join(path, name, 'clips.json')));
  if (!inside.length) throw new MeasureError(`there is no clips.json in ${path}`, 'write it with training/sample.py');
  return inside.sort().map((name) => join(path, name));
}

/** Paths of thousands of clips: six digits are more than anybody measured. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;

/** `command`: what was typed, to be typed again. */
async function write(
  folders: ReadonlyMap<string, Folder>,
  { out, pool }: EvaluateOptions,
  command: string,
  terminal: Terminal,
): Promise<void> {
  const report = judge(folders, { pool, onProgress: timer(terminal.err, 'read', false) });
  mkdirSync(out, { recursive: true });
  await writeWhole(join(out, 'report.json'), `${JSON.stringify(report, rounded)}\n`);
  await writeWhole(join(out, 'report.md'), markdown(report));
  await writeWhole(join(out, 'report.html'), card(report, folders, command));
  terminal.out.write(markdown(report));
}

async function drawAndJudge(options: EvaluateOptions, command: string, terminal: Terminal): Promise<void> {
  const { clips, out, count } = options;
  if (clips.length) {
    const paths = clips.flatMap(foldersIn);
    return write(new Map(paths.map((path) => [basename(path), readFolder(path)])), options, command, terminal);
  }
  const planned = await plan(options);
  const paths = planned.map(({ path }) => path);
  if (options.planOnly) {
    terminal.out.write(`${count} clips a suite are planned in ${join(out, 'clips')}. Draw them with\n\n  python training/sample.py --fill ${paths.join(' ')}\n\nand give this command again without --plan.\n`); // prettier-ignore
    return;
  }
  const unfinished = paths.filter((path) => drawn(path) < readAbout(path).items.length || existsSync(join(path, 'clips.part'))); // prettier-ignore
  if (options.program === 'node') await drawHere(unfinished, options, terminal);
  else if (unfinished.length) await drawWithPython(root, unfinished, terminal);
  await write(
    new Map(planned.map(({ path, job }) => [job.name, readFolder(path, job.items.length)])),
    options,
    command,
    terminal,
  );
}

/** Says it in one line, and gives the exit code. */
function fail(error: unknown, err: Writer): number {
  const asked = error instanceof UsageError || error instanceof SettingsError || error instanceof MeasureError;
  err.write(`evaluate: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  return asked ? 2 : 1;
}

/** The command: see Command in ../terminal. */
export async function evaluate(args: readonly string[], terminal: Terminal): Promise<number> {
  const { out, err, signal } = terminal;
  try {
    const options = parseEvaluate(args, root);
    if (options) await drawAndJudge(options, ['npm run evaluate --', ...args].join(' '), terminal);
    else out.write(evaluateHelp);
    return 0;
  } catch (error) {
    return fail(signal.aborted ? signal.reason : error, err);
  }
}
