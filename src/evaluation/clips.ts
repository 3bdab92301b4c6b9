/**
 * Clips that are to be judged, and what each was asked to show. `cli/evaluate/folder.ts` keeps them in files, and
 * `training/sample.py` writes the same; anything that writes them can be judged.
 */
import { MeasureError } from '../reading/errors';
import { fits, readPlan } from '../making/plan';
import type { ClipShape, RunSettings } from '../sampling/types';
import type { Scene } from '../world/scene';
import { motions, world } from '../world/world';

/** One clip that is asked for. */
export interface Item {
  readonly prompt: string;
  readonly seed: number;
  readonly group?: string; // clips that are counted together as well
  readonly scene?: Scene; // the true scene, where the judge has to know it
  readonly given?: number; // how many of the true scene's first frames are given clean
  readonly plan?: string; // which pixels of the true scene are given clean (making/plan.ts); the clip is the guess without them
  readonly begin?: number; // t, where the run begins in the true scene
}

export interface About {
  readonly suite: string;
  readonly shape: ClipShape;
  readonly items: readonly Item[];
  readonly settings: Partial<Omit<RunSettings, 'seed'>>;
  readonly model: { readonly name: string; readonly sha256?: string; readonly folder?: string };
  readonly by?: unknown; // the program that drew it, and how
  readonly decoder?: { readonly folder: string; readonly sha256: string }; // what drew it large; see training/decode.py
}

export interface Folder extends About {
  readonly bytes: Uint8Array; // N x 3 x frames x height x width
}

/** What to do about files that do not hold what they should. */
export const writeAgain = 'write it again with training/sample.py or npm run evaluate';

/** Bytes of one clip. */
export const sizeOf = ({ frames, height, width }: ClipShape): number => 3 * frames * height * width;

/** What a file says of its clips, checked; `file` names it in errors. Throws MeasureError. */
export function checkAbout(about: Partial<About> | null, file: string): About {
  const { shape, items, suite = 'attributes', settings = {}, model = { name: 'unknown' }, by, decoder } = about ?? {};
  for (const key of ['frames', 'height', 'width'] as const)
    if (!(Number.isInteger(shape?.[key]) && (shape?.[key] as number) > 0))
      throw new MeasureError(`${file} has no ${key} in its shape`, 'give frames, height and width as whole numbers');
  if (!Array.isArray(items) || !items.length) throw new MeasureError(`${file} lists no clips`, writeAgain);
  items.forEach((item: Partial<Item> | null, i) => {
    if (typeof item?.prompt !== 'string')
      throw new MeasureError(`clip ${i} of ${file} has no prompt`, 'give each item one');
    if (item.given !== undefined && !isTrial(item, shape as ClipShape))
      throw new MeasureError(`clip ${i} of ${file} has given frames, but no scene of this world to judge it by`, writeAgain); // prettier-ignore
    if (!isEdit(item, shape as ClipShape))
      throw new MeasureError(`clip ${i} of ${file} is made from a film, but no scene of this world says which`, writeAgain); // prettier-ignore
  });
  if (decoder !== undefined && typeof decoder?.sha256 !== 'string')
    throw new MeasureError(`${file} names a decoder without its sha256`, 'write it again with training/decode.py');
  const more = { ...(by !== undefined && { by }), ...(decoder && { decoder }) };
  return { suite, shape: shape as ClipShape, items, settings, model, ...more };
}

const isTrial = ({ scene, given }: Partial<Item>, { frames }: ClipShape): boolean =>
  Number.isInteger(given) && (given as number) > 0 && (given as number) < frames && isScene(scene);

function isEdit({ scene, plan, begin }: Partial<Item>, shape: ClipShape): boolean {
  if (plan === undefined && begin === undefined) return true;
  const read = typeof plan === 'string' ? readPlan(plan) : undefined;
  const planned = plan === undefined || (read !== undefined && fits(read, shape, 1));
  return planned && (begin === undefined || (begin >= 0 && begin < 1)) && isScene(scene);
}

const isScene = (scene: Scene | undefined): boolean =>
  Array.isArray(scene?.objects) &&
  scene.objects.length > 0 &&
  scene.objects.every(
    (object) =>
      motions.includes(object?.motion) &&
      Object.hasOwn(world.things, object.thing) &&
      [object.x, object.y, object.vx, object.vy, object.omega, object.phase, object.reach, object.radius].every(
        Number.isFinite,
      ),
  ) &&
  Object.hasOwn(world.settings, scene.setting) &&
  Object.hasOwn(world.cameras, scene.camera) &&
  Number.isFinite(scene.backdrop);

/** Clip `index` as numbers -1 .. 1. */
export function clipAt({ bytes, shape }: Pick<Folder, 'bytes' | 'shape'>, index: number): Float32Array {
  const size = sizeOf(shape);
  return Float32Array.from(bytes.subarray(index * size, (index + 1) * size), (value) => value / 127.5 - 1);
}

/** A render (0 .. 1) as a stored clip holds it: 8 bits, as numbers -1 .. 1. */
export const stored = (render: Float32Array): Float32Array =>
  render.map((value) => Math.round(255 * value) / 127.5 - 1);
