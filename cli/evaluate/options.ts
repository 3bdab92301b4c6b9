/** What `npm run evaluate` is asked for, checked before anything runs: every mistake is one clear line. */
import type { BackendName } from '../../src/engine/protocol';
import type { RunSettings } from '../../src/sampling/types';
import { checkSettings, defaults } from '../../src/sampling/settings';
import { modelFolder, number, readArguments, settingHelp, UsageError } from '../options';
import { suites, type Suite } from '../../src/evaluation';

export interface EvaluateOptions {
  readonly clips: readonly string[]; // folders that were drawn elsewhere; none: draw
  readonly modelFolder: string;
  readonly suites: readonly Suite[];
  readonly count: number;
  readonly seed: number; // of the first clip
  readonly settings: Omit<RunSettings, 'seed'>; // what sample.py has as well: no schedule, no rule but plain guidance
  readonly program: 'node' | 'python';
  readonly backend: BackendName;
  readonly planOnly: boolean;
  readonly pool: number;
  readonly out: string;
}

/** The solvers of training/snowglobe/sampling.py. */
const pythonSamplers: readonly string[] = ['euler', 'heun', 'multistep', 'ddim'];

export const evaluateHelp = `npm run evaluate -- --model nano --suite attributes --n 256 --out report
npm run evaluate -- --clips FOLDER --out report

Draws clips with a model, reads them back, and writes a report card: report.html, report.md and report.json.
A run that was stopped goes on where it stood when the same command is given again; --out/clips is all it needs.

  --suite NAMES      some of ${suites.join(', ')}, with commas between; or all (attributes)
                       attributes  one thing: does the clip show what was asked?
                       binding     two things: is each word true of the right one?
                       physics     four frames are given: does the rest go on as the law says?
                       novelty     is it new, and is what a prompt leaves open as varied as the world?
                       scaling     the attributes of early copies of the model
                       editing     part of a film is given, or other words change it: what is kept, what changes?
  --n N              clips of a suite (256); novelty also draws half as many for each of six guidances
  --model NAME       a folder of models/, or the path of one (mini)
  --seed N           of the first clip; the others count on from it (500000)
${(['steps', 'sampler', 'guidance', 'shift', 'eta', 'restarts'] as const).map((key) => settingHelp(key, 21)).join('\n')}
  --with PROGRAM     node: the page's own code; python: training/sample.py, which is much faster (node)
  --backend NAME     wasm or cpu, with node (wasm)
  --plan             only write what is to be drawn, for training/sample.py --fill on another machine
  --clips FOLDER     judge clips that were drawn elsewhere; a folder, or a folder of folders (training/gpu_run.py makes
                     one of sets: a plot of the world and a shape of clip each); training/decode.py draws a folder
                     of clips large with the decoder
  --pool N           true clips among which the nearest is looked for (4096)
  --out FOLDER       the report, and its clips (report)
  --help             this text
`;

/** `undefined` where --help was asked for. Throws UsageError, or SettingsError for a number out of its range. */
export function parseEvaluate(args: readonly string[], root: string): EvaluateOptions | undefined {
  const values = readArguments(args, known);
  if (values.help) return undefined;
  const whole = (name: string, text: string | undefined, usual: number, most: number): number => {
    const value = number(name, text) ?? usual;
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new UsageError(`${name} is ${text}: set it to a whole number from 1 to ${most}`);
    return value;
  };
  const seed = number('seed', values.seed) ?? 500_000;
  const settings = {
    steps: number('steps', values.steps) ?? defaults.steps,
    sampler: (values.sampler ?? defaults.sampler) as RunSettings['sampler'], // checked below
    // From 0, whatever the page does: so that all cards compare.
    guidance: { scale: number('guidance', values.guidance) ?? defaults.guidance.scale, from: 0, to: 1 },
    shift: number('shift', values.shift) ?? defaults.shift,
    eta: number('eta', values.eta) ?? defaults.eta,
    restarts: number('restarts', values.restarts) ?? defaults.restarts,
  };
  checkSettings({ ...settings, seed });
  if (seed > 2_000_000_000)
    throw new UsageError(`seed is ${seed}: set it to at most 2000000000, others count on from it`);
  const { with: program = 'node', backend = 'wasm', clips = [] } = values;
  if (program !== 'node' && program !== 'python') throw new UsageError(`with is ${program}: set it to node or python`);
  if (program === 'python' && !pythonSamplers.includes(settings.sampler))
    throw new UsageError(`python has no ${settings.sampler}: take one of ${pythonSamplers.join(', ')}, or --with node`);
  if (backend !== 'wasm' && backend !== 'cpu') throw new UsageError(`backend is ${backend}: set it to wasm or cpu`);
  return {
    clips,
    modelFolder: clips.length ? '' : modelFolder(values.model ?? 'mini', root),
    suites: suitesOf(values.suite ?? 'attributes'),
    count: whole('n', values.n, 256, 100_000),
    seed,
    settings,
    program,
    backend,
    planOnly: values.plan ?? false,
    pool: whole('pool', values.pool, 4096, 100_000),
    out: values.out ?? 'report',
  };
}

function suitesOf(text: string): Suite[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('all')) return [...suites];
  for (const name of names)
    if (!(suites as readonly string[]).includes(name))
      throw new UsageError(`there is no suite "${name}": take some of ${suites.join(', ')}, or all`);
  return suites.filter((name) => names.includes(name));
}

const text = { type: 'string' } as const;
const known = {
  suite: text,
  n: text,
  model: text,
  seed: text,
  steps: text,
  sampler: text,
  guidance: text,
  shift: text,
  eta: text,
  restarts: text,
  with: text,
  backend: text,
  plan: { type: 'boolean' },
  clips: { type: 'string', multiple: true },
  pool: text,
  out: text,
  help: { type: 'boolean' },
} as const;
