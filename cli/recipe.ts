/**
 * The recipe of a film that was made in a terminal: the same that the page writes, so that the page can check the file.
 *
 * What it is not: the link's own reader and writer, which is the page's. A key and its text are the same in both.
 */
import type { Recipe, Weights } from '../src/export/recipe';
import { complete, defaults, settingKeys, textOf } from '../src/sampling/settings';
import type { ClipShape, RunSettings } from '../src/sampling/types';
import type { Size } from './sizes';

/** Written even where they are the default, as on the page. */
const always: readonly string[] = ['seed', 'steps', 'sampler', 'restarts', 'guidance', 'from'];

export interface Made {
  readonly prompt: string; // as the network was told
  readonly settings: RunSettings & { readonly negative?: string; readonly then?: string };
  readonly made?: object; // more than the settings say: pixels that were given, a film that was gone on with
  readonly model: Weights;
  readonly decoder?: Weights;
  readonly size: Size;
  readonly shape: ClipShape;
}

export function recipeOf({ prompt, settings, model, decoder, size, shape, made }: Made): Recipe {
  const { negative, then, ...own } = settings;
  const said = complete(own);
  const link = new URLSearchParams({ prompt });
  for (const key of settingKeys)
    if (always.includes(key) || textOf(said, key) !== textOf(defaults, key)) link.set(key, textOf(said, key));
  if (negative) link.set('negative', negative);
  if (then) link.set('then', then);
  link.set('show', 'guess');
  if (!decoder) link.set('decoder', 'off');
  const weights = ({ name, sha256 }: Weights): Weights => ({ name, ...(sha256 && { sha256 }) });
  // Without a decoder each pixel of the transformer is a square of 8 x 8.
  const shows = {
    what: 'film',
    size: decoder ? size : 8 * Math.max(shape.height, shape.width),
    smooth: decoder !== undefined,
  } as const;
  const rest = { label: false, show: 'guess', row: 0, frame: 0 } as const;
  return {
    link: link.toString(),
    model: weights(model),
    ...(decoder && { decoder: weights(decoder) }),
    shape,
    shows: { ...shows, ...rest },
    whole: made === undefined,
  };
}
