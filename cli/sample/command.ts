/**
 * Draws a clip from a terminal: `npm run sample -- --help`.
 *
 * What it is: the same model, the same run() and the same checks of the weights as the page, in Node.
 * What it is not: another implementation of anything.
 */
import { join } from 'node:path';
import { pixelDistance } from '../../src/evaluation';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { SettingsError } from '../../src/sampling/errors';
import { shapeOf } from '../../src/sampling/formats';
import { run } from '../../src/sampling/run';
import { complete } from '../../src/sampling/settings';
import type { Step } from '../../src/sampling/types';
import { awayFrom, hearPrompt } from '../../src/words';
import { tokenize } from '../../src/world/prompt';
import { sayHeard } from '../heard';
import type { Told } from '../link';
import { givenTo, goneOn, readRun, type Draw } from '../made';
import { help, neverLearned, parseOptions, UsageError, type Options } from '../options';
import { openDecoder, openModel, openOther, type OpenModel } from '../model';
import { gif, sheet } from '../pictures';
import { showProgress } from '../progress';
import { recipeOf } from '../recipe';
import { packetOf } from '../../src/export/xmp';
import { decoded, raw } from '../sizes';
import type { Terminal, Writer } from '../terminal';
import { writeWhole } from '../whole';

const root = join(import.meta.dirname, '../..');

async function makeFilm(
  { request, told, made, modelFolder, look, backend: preferred, ...files }: Options,
  { err, signal }: Terminal,
): Promise<void> {
  // By WebAssembly and in JavaScript, which is what a terminal has, no fault comes later than the call that it is of.
  const open = await openModel(modelFolder, preferred, () => {});
  const { name, model, sha256, backend, reason } = open;
  if (backend !== preferred) err.write(`${reason}\n`);
  if (look.size === 32 && look.because) err.write(`${look.because}\n`);
  const second = look.size === 32 ? undefined : await openDecoder(look.decoderFolder);

  const own = told ? asTold(request) : heard(request, open, err);
  const denoiserOf = await denoisers(open, own);
  const draw: Draw = async (film, given) => {
    const denoiser = denoiserOf(film);
    const steps: Step[] = [];
    for await (const step of run(denoiser, film.settings, { signal, ...given })) {
      steps.push(step);
      showProgress(err, step);
    }
    denoiser.dispose();
    return steps;
  };
  const shape = shapeOf(own.settings.format, model.config);
  const { film: before, ...given } = await givenTo(made, own, shape, draw, (prompt) =>
    denoiserOf({ ...own, prompt, then: '' }),
  );
  const steps = await draw(own, given);
  const film = await goneOn(steps.at(-1)!.guess, made, own, shape, draw);

  // A bag of words has no length: all of them are read, however few the transformer reads.
  const show = (of: typeof shape) =>
    look.size === 32 || !second
      ? raw(of)
      : decoded(second.decoder, of, tokenize(own.prompt, 64, second.words).tokens, look.size);
  const { extend, loop, edit, picture, recipe } = made;
  const from = { ...(edit && { edit: { ...edit, distance: pixelDistance(before!, steps.at(-1)!.guess) } }), ...(picture !== undefined && { start: picture }), ...(recipe && { of: recipe.of.map(({ prompt }) => prompt) }) }; // prettier-ignore
  const report = {
    prompt: own.prompt,
    ...(own.prompt !== request.prompt && { typed: request.prompt }),
    settings: { ...own.settings, ...(own.negative && { negative: own.negative }), ...(own.then && { then: own.then }) },
    ...((extend > 0 || loop || Object.keys(from).length > 0) && { made: { ...from, extend, loop } }),
    model: { name, sha256, parameters: model.parameters },
    decoder: second && { name: second.name, sha256: second.sha256, parameters: second.decoder.parameters },
    size: look.size,
    backend,
    shape: film.shape,
    steps: steps.map(({ index, t, tNext, calls, milliseconds }) => ({ index, t, tNext, calls, milliseconds })),
  };
  const label = { prompt: own.prompt, model: name };
  if (files.out) {
    const packet = packetOf(label, recipeOf(report));
    await writeWhole(files.out, gif(await show(film.shape).film(film.clip), packet));
  }
  if (files.sheet) {
    const rows = await inTurn(steps, ({ guess }) => show(shape).cells(guess));
    await writeWhole(files.sheet, sheet(rows, packetOf(label)));
  }
  if (files.json) await writeWhole(files.json, `${JSON.stringify(report, null, 2)}\n`);
}

/** Words that a link says are told as they stand, as the page does. */
function asTold({ prompt, negative = '', then = '', ...settings }: Options['request']): Told {
  return { prompt, negative, then, settings: complete(settings) };
}

/** Words that somebody typed are heard; what was made of them is said in a line. Throws UsageError where nothing was. */
function heard({ negative = '', then = '', ...request }: Options['request'], { words }: OpenModel, err: Writer): Told {
  const hear = (typed: string) => {
    const hearing = hearPrompt(typed, { words });
    if (!hearing.caption) throw new UsageError(neverLearned(hearing.tokens.map(({ text }) => text)));
    const line = sayHeard(hearing);
    if (line) err.write(`${line}\n`);
    return hearing;
  };
  const { prompt, ...settings } = request;
  const first = hear(prompt);
  const away = awayFrom(negative, first.negative);
  return { prompt: first.caption, negative: away, then: then && hear(then).caption, settings: complete(settings) };
}

/** Binds the network to words: `own` are those that were asked for, and have to be known. */
async function denoisers(open: OpenModel, own: Told): Promise<(told: Told) => TransformerDenoiser> {
  const { name, words } = open;
  const model = own.settings.student ? await openOther(open, 'student') : open.model;
  const read = (text: string) => {
    const { tokens, unknown, truncated } = tokenize(text, model.config.text_length, words);
    if (unknown.length) throw new UsageError(neverLearned(unknown));
    if (truncated) throw new UsageError(`the prompt is too long: ${name} reads ${model.config.text_length - 1} words`);
    return tokens;
  };
  const weak = own.settings.guidance.rule === 'auto' ? await openOther(open, 'weak') : undefined;
  return ({ prompt, negative, then }) => {
    const others = {
      ...(negative && { negative: read(negative) }),
      ...(then && { then: read(then) }),
      weak,
      ablation: own.settings.ablation,
    };
    return new TransformerDenoiser(model, read(prompt), others, shapeOf(own.settings.format, model.config));
  };
}

/** One after the other: a network draws one thing at a time. */
async function inTurn<From, To>(all: readonly From[], each: (one: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const one of all) results.push(await each(one));
  return results;
}

/** Says it in one line, and gives the exit code. */
function fail(error: unknown, err: Writer): number {
  const asked = error instanceof UsageError || error instanceof SettingsError;
  const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
  err.write(`sample: ${said.replace(/[\p{Cc}\p{Cf}]/gu, '')}\n`); // words of a stranger's file shall not steer a terminal
  return asked ? 2 : 1;
}

/** The command: see Command in ../terminal. */
export async function sample(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const first = parseOptions(args, root);
    const { edit } = first?.made ?? {};
    const options = edit ? parseOptions(args, root, complete((await readRun(edit.path)).settings)) : first;
    if (options) await makeFilm(options, terminal);
    else terminal.out.write(help);
    return 0;
  } catch (error) {
    return fail(error, terminal.err);
  }
}
