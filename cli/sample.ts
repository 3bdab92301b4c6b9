/**
 * Draws a clip from a terminal: `npm run sample -- --help`.
 *
 * What it is: the same model, the same run() and the same checks of the weights as the page, in Node.
 * What it is not: another implementation of anything.
 */
import { join } from 'node:path';
import { TransformerDenoiser } from '../src/model/denoiser';
import { SettingsError } from '../src/sampling/errors';
import { run } from '../src/sampling/run';
import type { Step } from '../src/sampling/types';
import { awayFrom, hearPrompt } from '../src/words';
import { tokenize } from '../src/world/prompt';
import { sayHeard } from './heard';
import { help, neverLearned, parseOptions, UsageError, type Options } from './options';
import { openDecoder, openModel, openWeak } from './model';
import { gif, sheet } from './pictures';
import { outliveReaders, showProgress } from './progress';
import { decoded, raw } from './sizes';
import { writeWhole } from './whole';

const root = join(import.meta.dirname, '..');

async function sample(
  { request, modelFolder, look, backend: preferred, ...files }: Options,
  signal: AbortSignal,
): Promise<void> {
  const open = await openModel(modelFolder, preferred, fail);
  const { name, words, model, sha256, backend, reason } = open;
  if (backend !== preferred) console.error(reason);
  if (look.size === 32 && look.because) console.error(look.because);
  const second = look.size === 32 ? undefined : await openDecoder(look.decoderFolder);

  const read = (text: string) => {
    const { tokens, unknown, truncated } = tokenize(text, model.config.text_length, words);
    if (unknown.length) throw new UsageError(neverLearned(unknown));
    if (truncated) throw new UsageError(`the prompt is too long: ${name} reads ${model.config.text_length - 1} words`);
    return tokens;
  };
  const heard = hearPrompt(request.prompt, { words });
  if (!heard.caption) throw new UsageError(neverLearned(heard.tokens.map(({ text }) => text)));
  const line = sayHeard(heard);
  if (line) console.error(line);
  const tokens = read(heard.caption);
  const away = awayFrom(request.negative ?? '', heard.negative);
  const negative = away ? read(away) : undefined;

  const weak = request.guidance.rule === 'auto' ? await openWeak(open) : undefined;
  const denoiser = new TransformerDenoiser(model, tokens, { negative, weak });
  const steps: Step[] = [];
  for await (const step of run(denoiser, request, { signal })) {
    steps.push(step);
    showProgress(process.stderr, step);
  }

  const { frames, height, width } = denoiser.shape;
  const shape = { frames, height, width };
  // A bag of words has no length: all of them are read, however few the transformer reads.
  const show =
    look.size === 32 || !second
      ? raw(shape)
      : decoded(second.decoder, shape, tokenize(heard.caption, 64, second.words).tokens, look.size);
  const { prompt: typed, ...settings } = request;
  const report = {
    prompt: heard.caption,
    ...(heard.changed && { typed }),
    settings: { ...settings, ...(away && { negative: away }) },
    model: { name, sha256, parameters: model.parameters },
    decoder: second && { name: second.name, sha256: second.sha256, parameters: second.decoder.parameters },
    size: look.size,
    backend,
    shape,
    steps: steps.map(({ index, t, tNext, calls, milliseconds }) => ({ index, t, tNext, calls, milliseconds })),
  };
  if (files.out) await writeWhole(files.out, gif(await show.film(steps.at(-1)!.guess)));
  if (files.sheet) await writeWhole(files.sheet, sheet(await inTurn(steps, ({ guess }) => show.cells(guess))));
  if (files.json) await writeWhole(files.json, `${JSON.stringify(report, null, 2)}\n`);
}

/** One after the other: a network draws one thing at a time. */
async function inTurn<From, To>(all: readonly From[], each: (one: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const one of all) results.push(await each(one));
  return results;
}

function fail(error: unknown): void {
  const asked = error instanceof UsageError || error instanceof SettingsError;
  console.error(`sample: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  process.exitCode = asked ? 2 : 1;
}

outliveReaders();
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('stopped')));
try {
  const options = parseOptions(process.argv.slice(2), root);
  if (options) await sample(options, stop.signal);
  else process.stdout.write(help);
} catch (error) {
  fail(error);
}
