/**
 * The recipe: all that is needed to make a file again, and how to see that it is the same. It travels in the file (xmp.ts).
 *
 * What it is not: a proof of who made it. Anybody can write one; what it is worth shows only when the film is made again.
 */
import type { ClipShape } from '../sampling/types';

export const whats = ['film', 'clearing', 'frame', 'strip', 'sheet'] as const;
/** The film; its steps and then the film; one frame; all frames side by side; frames across, steps down. */
export type What = (typeof whats)[number];

export const formats = ['mp4', 'webm', 'gif', 'png'] as const;
export type Format = (typeof formats)[number];

/** Pixels on the longer side of a frame. */
export const sizes = [64, 128, 256, 512, 1024] as const;

/**
 * Of a sheet the cells, of which there are hundreds. Video keeps colours at half the size: a film of fewer than 256 pixels
 * would lose its edges (33 dB at 128, 39 at 256).
 */
export function sizesOf(what: What, format?: Format): readonly number[] {
  if (what === 'sheet') return sizes.slice(0, 2);
  return format === 'mp4' || format === 'webm' ? sizes.slice(2) : sizes;
}

/** What moves goes into the first three, what does not into a PNG. */
export const formatsOf = (what: What): readonly Format[] =>
  what === 'film' || what === 'clearing' ? ['mp4', 'webm', 'gif'] : ['png'];

/** What of a run a file shows, and how. */
export interface Shows {
  readonly what: What;
  readonly size: number; // of a frame, pixels on its longer side
  readonly smooth: boolean; // where it is enlarged; else each pixel is a square
  readonly label: boolean; // the one that can be seen
  readonly show: 'x' | 'guess'; // of a frame and a sheet
  readonly row: number; // of a frame: steps done, 0 .. steps
  readonly frame: number; // of a frame, from 0
}

/** The name of a network and the SHA-256 of its weights, where that is known: a run out of a file says only the name. */
export interface Weights {
  readonly name: string;
  readonly sha256?: string;
}

export interface Recipe {
  readonly link: string; // what stands behind the # of the page's address
  readonly model: Weights;
  readonly decoder?: Weights; // none: the pixels of the transformer
  readonly shape: ClipShape;
  readonly shows: Shows;
  /** The link says all that the film was made of; not where pixels were given. */
  readonly whole: boolean;
}

/** The recipe as names and texts, in the order in which they are written. */
export function fieldsOf({ link, model, decoder, shape, shows, whole }: Recipe): Record<string, string> {
  const { what, size, smooth, label, show, row, frame } = shows;
  const text = { what, size, look: smooth ? 'smooth' : 'crisp', label: label ? 'yes' : 'no', show, row, frame };
  return {
    link,
    model: model.name,
    ...(model.sha256 && { weights: model.sha256 }),
    ...(decoder && { decoder: decoder.name, ...(decoder.sha256 && { decoderWeights: decoder.sha256 }) }),
    shape: `${shape.frames}x${shape.height}x${shape.width}`,
    shows: Object.entries(text).map(([key, value]) => `${key}=${value}`).join(' '), // prettier-ignore
    whole: whole ? 'yes' : 'no',
  };
}

const longestName = 100;
const longestLink = 16_000;

/** What `fieldsOf` wrote; undefined where it is not whole, or says what no file of ours could. Never throws. */
export function recipeOf(fields: ReadonlyMap<string, string>): Recipe | undefined {
  const given = (name: string) => fields.get(name) ?? '';
  const shape = shapeOf(given('shape'));
  const shows = showsOf(given('shows'));
  const model = weightsOf(given('model'), fields.get('weights'));
  const decoder = fields.has('decoder') ? weightsOf(given('decoder'), fields.get('decoderWeights')) : undefined;
  const link = given('link');
  if (!shape || !shows || !model || !link || link.length > longestLink) return undefined;
  if (fields.has('decoder') && !decoder) return undefined;
  return { link, model, ...(decoder && { decoder }), shape, shows, whole: given('whole') === 'yes' };
}

function weightsOf(name: string, sha256?: string): Weights | undefined {
  if (!name || name.length > longestName || (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))) return undefined;
  return { name, ...(sha256 && { sha256 }) };
}

function shapeOf(text: string): ClipShape | undefined {
  const [, frames, height, width] = (/^(\d{1,3})x(\d{1,3})x(\d{1,3})$/.exec(text) ?? []).map(Number);
  return frames && height && width ? { frames, height, width } : undefined;
}

function showsOf(text: string): Shows | undefined {
  const said = new Map(text.slice(0, 1000).split(' ').map((pair) => pair.split('=') as [string, string])); // prettier-ignore
  const what = whats.find((each) => each === said.get('what'));
  const size = Number(said.get('size'));
  const place = (name: string) => (/^\d{1,4}$/.test(said.get(name) ?? '') ? Number(said.get(name)) : NaN);
  const [row, frame] = [place('row'), place('frame')];
  if (!what || !sizesOf(what).includes(size) || Number.isNaN(row + frame)) return undefined;
  const show = said.get('show') === 'x' ? 'x' : 'guess';
  return { what, size, smooth: said.get('look') === 'smooth', label: said.get('label') === 'yes', show, row, frame };
}
