/**
 * Draws a clip from a terminal: `npm run sample -- --help`.
 *
 * What it is: the same model, the same run() and the same checks of the weights as the page, in Node.
 * What it is not: another implementation of anything.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TransformerDenoiser } from '../src/model/denoiser';
import { SettingsError } from '../src/sampling/errors';
import { run } from '../src/sampling/run';
import type { Step } from '../src/sampling/types';
import { tokenize } from '../src/world/prompt';
import { help, neverLearned, parseOptions, UsageError, type Options } from './options';
import { openModel, openWeak } from './model';
import { gif, sheet } from './pictures';
import { showProgress } from './progress';

const root = join(import.meta.dirname, '..');

async function sample(
  { request, modelFolder, backend: preferred, ...files }: Options,
  signal: AbortSignal,
): Promise<void> {
  const open = await openModel(modelFolder, preferred, fail);
  const { name, words, model, sha256, backend, reason } = open;
  if (backend !== preferred) console.error(reason);

  const { tokens, unknown, truncated } = tokenize(request.prompt, model.config.text_length, words);
  if (unknown.length) throw new UsageError(neverLearned(unknown));
  if (truncated) throw new UsageError(`the prompt is too long: ${name} reads ${model.config.text_length - 1} words`);

  const weak = request.guidance.rule === 'auto' ? await openWeak(open) : undefined;
  const denoiser = new TransformerDenoiser(model, tokens, { weak });
  const steps: Step[] = [];
  for await (const step of run(denoiser, request, { signal })) {
    steps.push(step);
    showProgress(process.stderr, step);
  }

  const { frames, height, width } = denoiser.shape;
  const shape = { frames, height, width };
  const { prompt, ...settings } = request;
  const report = {
    prompt,
    settings,
    model: { name, sha256, parameters: model.parameters },
    backend,
    shape,
    steps: steps.map(({ index, t, tNext, calls, milliseconds }) => ({ index, t, tNext, calls, milliseconds })),
  };
  if (files.out) await writeFile(files.out, gif(steps.at(-1)!.guess, shape));
  if (files.sheet) await writeFile(files.sheet, sheet(steps, shape));
  if (files.json) await writeFile(files.json, `${JSON.stringify(report, null, 2)}\n`);
}

function fail(error: unknown): void {
  const asked = error instanceof UsageError || error instanceof SettingsError;
  console.error(`sample: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  process.exitCode = asked ? 2 : 1;
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('stopped')));
try {
  const options = parseOptions(process.argv.slice(2), root);
  if (options) await sample(options, stop.signal);
  else process.stdout.write(help);
} catch (error) {
  fail(error);
}
