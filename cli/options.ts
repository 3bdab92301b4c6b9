/** What the command line asks for, checked before anything runs: every mistake is one clear line. */
import { closeSync, existsSync, openSync, unlinkSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { BackendName, RunRequest } from '../src/engine/protocol';
import {
  checkSettings,
  defaults,
  settingKeys,
  table,
  textOf,
  withText,
  type CompleteSettings,
  type Setting,
  type SettingKey,
} from '../src/sampling/settings';
import { editWays, type EditWay } from '../src/sampling/edit';
import { kinds, tokenize, vocabulary } from '../src/world/prompt';
import { readLink, type Linked } from './link';
import type { Made } from './made';
import { sizes, type Size } from './sizes';
import { UsageError } from './usage';

export { UsageError } from './usage';

export interface Options {
  readonly request: RunRequest;
  readonly told: boolean; // the words are a link's, and are told as they stand
  readonly made: Made;
  readonly modelFolder: string;
  readonly look: Look;
  readonly backend: BackendName;
  readonly out?: string; // .gif
  readonly sheet?: string; // .png
  readonly json?: string; // .json
}

/** As the transformer made it, or as a decoder draws it. */
export type Look =
  | { readonly size: 32; readonly because?: string } // why it is 32, where nobody asked for it
  | { readonly size: Exclude<Size, 32>; readonly decoderFolder: string };

const placeholders = { number: ' N', choice: ' NAME', switch: '', curve: ' LIST', start: ' LIST', ablation: ' LIST' };

const usualStrength = 0.6;
const mostClips = 60;

/** The help on one setting of the sampler: option, limits, what it is, and the default. `width` is that of the options. */
export function settingHelp(key: SettingKey, width: number): string {
  const setting: Setting = table[key];
  const option = `  --${key}${placeholders[setting.kind]}`.padEnd(width);
  const limits = setting.kind === 'number' ? `${setting.min} to ${setting.max}; ` : '';
  const usual = setting.kind === 'switch' ? '' : ` (${textOf(defaults, key) || 'none'})`;
  const names = setting.kind === 'choice' ? `:\n${' '.repeat(width + 2)}${setting.options.join(', ')}` : '';
  return `${option}${limits}${setting.about}${usual}${names}`;
}

export const help = `npm run sample -- --prompt "a small red ball bouncing at night" --out clip.gif

Draws a clip with the models in this folder, by the same code as the page: the transformer makes it in
32 x 32 pixels, the decoder draws it in 128 x 128.

  --prompt TEXT     what to draw, in English or German; it is told in the words below, and a line says so
  --negative TEXT   words to stay away from
  --then TEXT       a second prompt, which has a say after so many steps (--at)
  --link LINK       the film of a link that the page gave, between quotes; what else is typed here comes over it
  --size N          pixels across a frame of the GIF (128 where there is a decoder, else 32):
                      32   what the transformer made, each pixel a square of 8 x 8, so that the GIF is 256 x 256
                      64   what the decoder draws, reduced by means of 2 x 2
                      128  what the decoder draws, pixel for pixel
                      256  that, enlarged smoothly
  --out FILE.gif    the finished clip
  --sheet FILE.png  every step: frames across, denoising steps down; 64 x 64 a frame, from what the decoder
                    draws, unless --size is 32
  --json FILE.json  settings, models and what each step cost
  --model NAME      a folder of models/, or the path of one (mini)
  --decoder NAME    the same of the decoder (decoder)
  --backend NAME    wasm or cpu (wasm)
  --help            this text

Made of what is there:

  --start FILE.png  a picture to set in motion: the film begins with the middle of it
  --edit FILE.snow  a saved film to change: --prompt says what it shall become; its settings stand where none are typed
  --strength N      above 0 to 1; how much of that film is noise at first, and may change (${usualStrength})
  --way NAME        ${editWays.join(' or ')}: noise over the film, or the sampler's way back to its noise (${editWays[0]})
  --extend N        the film goes on for so many clips, 0 to ${mostClips}, each with the next seed (0)
  --loop            and comes back to its beginning

Settings of the sampler, as on the page; in brackets what stands where none is given (--momentum=-0.5 for a minus):

${settingKeys.map((key) => settingHelp(key, 20)).join('\n')}

Words: ${[...kinds.sizes, ...kinds.colours, ...kinds.things, ...kinds.motions, ...kinds.speeds, ...kinds.settings, ...kinds.cameras].join(', ')}
`;

/**
 * `undefined` where --help was asked for. `usual`: what stands where nothing is typed, of a film that is changed.
 * Throws UsageError, or SettingsError for a number out of its range.
 */
export function parseOptions(
  args: readonly string[],
  root: string,
  usual: CompleteSettings = defaults,
): Options | undefined {
  const values = readArguments(args, known);
  if (values.help) return undefined;
  const link = values.link === undefined ? undefined : readLink(values.link);
  const [negative, then] = [values.negative ?? link?.negative, values.then ?? link?.then];
  const { start } = values;
  const made = madeOf({ ...values, start: typeof start === 'string' ? start : undefined }, link);
  const request: RunRequest = {
    prompt: checkPrompt(values.prompt ?? link?.prompt, made),
    ...(negative?.trim() && { negative: link ? negative : checkNegative(negative) }),
    ...(then?.trim() && { then }),
    ...settingsOf(made.picture === undefined ? values : { ...values, start: undefined }, link?.settings ?? usual),
  };
  const told = link !== undefined && values.prompt === undefined;
  const backend = values.backend ?? 'wasm';
  if (backend !== 'wasm' && backend !== 'cpu') throw new UsageError(`backend is ${backend}: set it to wasm or cpu`);
  const look = lookOf(values, root);
  return {
    request,
    told,
    made,
    backend,
    look,
    modelFolder: modelFolder(values.model ?? 'mini', root),
    ...outputs(values),
  };
}

/** Where no size is asked for, the decoder's own; or the transformer's, where there is no decoder and none is asked for. */
function lookOf({ size: text, decoder }: { size?: string; decoder?: string }, root: string): Look {
  const size = number('size', text) ?? 128;
  if (!isSize(size))
    throw new UsageError(`size is ${text}: set it to ${sizes.slice(0, -1).join(', ')} or ${sizes.at(-1)}`);
  if (size === 32) return { size };
  const folder = folderOf(decoder ?? 'decoder', root);
  if (existsSync(join(folder, 'manifest.json'))) return { size, decoderFolder: folder };
  const missing = `there is no decoder in ${folder}`;
  if (text !== undefined || decoder !== undefined)
    throw new UsageError(
      `${missing}: name a folder with its manifest.json by --decoder, or add --size 32 to do without`,
    );
  return {
    size: 32,
    because: `${missing}, so the clip stays at 32 x 32: train one (docs/reference/training.md), or name one by --decoder`,
  };
}

const isSize = (size: number): size is Size => (sizes as readonly number[]).includes(size);

interface MadeValues {
  readonly start?: string;
  readonly edit?: string;
  readonly strength?: string;
  readonly way?: string;
  readonly extend?: string;
  readonly loop?: boolean;
}

/** What the film is made of. --start is a setting too; a picture is known by its name. */
function madeOf({ start, edit, loop = false, ...values }: MadeValues, link: Linked | undefined): Made {
  const picture = start !== undefined && /\.[a-z]+$/i.test(start) ? start : undefined; // operations end with a number
  const beginnings = [link?.recipe && 'a --link that takes parts of other films', picture && '--start with a picture', edit && '--edit'].filter(Boolean); // prettier-ignore
  if (beginnings.length > 1)
    throw new UsageError(`a film begins in one way: leave out one of ${beginnings.join(' and ')}`);
  if (edit !== undefined && link) throw new UsageError('--edit takes its settings from the film: leave out --link');
  const extend = number('extend', values.extend) ?? 0;
  if (!Number.isInteger(extend) || extend < 0 || extend > mostClips)
    throw new UsageError(`extend is ${values.extend}: set it to a whole number from 0 to ${mostClips}`);
  const given = { ...(link?.recipe && { recipe: link.recipe }), ...(picture !== undefined && { picture }) };
  if (edit === undefined) {
    const idle = (['strength', 'way'] as const).find((name) => values[name] !== undefined);
    if (idle) throw new UsageError(`--${idle} is of a film that is changed: add --edit FILE.snow`);
    return { ...given, extend, loop };
  }
  const strength = number('strength', values.strength) ?? usualStrength;
  if (!(strength > 0 && strength <= 1))
    throw new UsageError(`strength is ${values.strength}: set it to a number above 0, to 1`);
  const way = (values.way ?? editWays[0]) as EditWay;
  if (!editWays.includes(way)) throw new UsageError(`way is ${way}: set it to ${editWays.join(' or ')}`);
  return { ...given, extend, loop, edit: { path: edit, strength, way } };
}

/** The usual ones and what was typed over them, in the order of the table: a rule brings the scale to start from. */
function settingsOf(
  values: { readonly [Key in SettingKey]?: string | boolean },
  usual: CompleteSettings,
): CompleteSettings {
  let settings = usual;
  for (const key of settingKeys) {
    const text = values[key];
    if (text !== undefined) settings = withText(settings, key, typeof text === 'string' ? text : '1');
  }
  checkSettings(settings);
  return settings;
}

const text = { type: 'string' } as const;
const settingOptions = Object.fromEntries(
  settingKeys.map((key) => [key, { type: table[key].kind === 'switch' ? 'boolean' : 'string' }]),
) as { readonly [Key in SettingKey]: { readonly type: 'string' | 'boolean' } };
const known = {
  ...settingOptions,
  prompt: text,
  negative: text,
  then: text,
  link: text,
  edit: text,
  strength: text,
  way: text,
  extend: text,
  loop: { type: 'boolean' },
  out: text,
  sheet: text,
  json: text,
  size: text,
  model: text,
  decoder: text,
  backend: text,
  help: { type: 'boolean' },
} as const;

/** What was typed for each of the options that a command knows. Throws UsageError for any other. */
export function readArguments<const Known extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Known,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node's explanation goes on for a few lines; the first sentence says it.
    throw new UsageError(`${(error as Error).message.split(/\.\s|\n/)[0]}: see --help`);
  }
}

export function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`${name} is "${text}": set it to a number`);
  return value;
}

/** Any text in which something is heard; what a model of fewer words makes of it is said once it is there. */
function checkPrompt(prompt: string | undefined, { edit }: Made): string {
  if (prompt === undefined && edit)
    throw new UsageError(
      'there is no prompt: say what the film shall become, such as --prompt "a small blue ball at night"',
    );
  if (prompt === undefined)
    throw new UsageError('there is no prompt: add --prompt "a small red ball bouncing at night"');
  if (!prompt.trim())
    throw new UsageError('the prompt is empty: say what to draw, such as "a small red ball bouncing at night"');
  return prompt;
}

/** Words to stay away from are taken as they stand: later words than a model's own are the model's business. */
function checkNegative(negative: string): string {
  const { unknown } = tokenize(negative, 1, vocabulary.length);
  if (unknown.length) throw new UsageError(neverLearned(unknown));
  return negative;
}

export function neverLearned(words: readonly string[]): string {
  return `the model never learned ${words.map((word) => `"${word}"`).join(', ')}: see --help for its words`;
}

export function modelFolder(name: string, root: string): string {
  const folder = folderOf(name, root);
  if (!existsSync(join(folder, 'manifest.json')))
    throw new UsageError(`there is no model in ${folder}: choose a folder with a manifest.json`);
  return folder;
}

/** The path of a folder, or the name of one in models/. */
const folderOf = (name: string, root: string): string =>
  /[\\/]/.test(name) ? resolve(name) : join(root, 'models', name);

function outputs(values: { out?: string; sheet?: string; json?: string }): Pick<Options, 'out' | 'sheet' | 'json'> {
  const { out, sheet, json } = values;
  const files = [
    [out, '.gif', 'out'],
    [sheet, '.png', 'sheet'],
    [json, '.json', 'json'],
  ] as const;
  for (const [path, extension, option] of files) {
    if (path === undefined) continue;
    if (extname(path).toLowerCase() !== extension)
      throw new UsageError(`--${option} is ${path || 'empty'}: give it the name of a ${extension} file`);
    checkWritable(path);
  }
  if (!out && !sheet && !json) throw new UsageError('there is nothing to write: add --out clip.gif');
  return { out, sheet, json };
}

/** Now, and not after minutes of work. Opening it is the one test that no file system lies about. */
function checkWritable(path: string): void {
  const isNew = !existsSync(path);
  try {
    closeSync(openSync(path, 'a'));
    if (isNew) unlinkSync(path);
  } catch (error) {
    throw new UsageError(
      `cannot write ${path} (${(error as NodeJS.ErrnoException).code}): name a file in a folder that you may write to`,
    );
  }
}
