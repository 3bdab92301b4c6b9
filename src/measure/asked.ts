/**
 * What a prompt asks, from its words. What it leaves open is null: nobody can be wrong about it.
 */
import { tokenOf, vocabulary } from '../world/prompt';
import type { Scene } from '../world/scene';
import { cameras, colours, motions, settings, sizes, things, world } from '../world/world';
import { MeasureError } from './errors';

export interface AskedObject {
  readonly size: string | null;
  readonly colour: string | null;
  readonly thing: string | null;
  readonly motion: string | null;
  readonly speed: string | null;
}

export interface Asked {
  readonly objects: readonly AskedObject[];
  readonly count: number | null; // null: no object is named
  readonly setting: string | null;
  readonly camera: string | null;
}

/** The last word of each phrase, which is the one that tells: "standing still", "moving left", "in the meadow". */
const byLastWord = (names: readonly string[], phrase: (name: string) => string): ReadonlyMap<string, string> =>
  new Map(names.flatMap((name) => (phrase(name) ? [[phrase(name).split(' ').at(-1) as string, name] as const] : [])));

const motionOf = byLastWord(motions, (name) => world.motions[name].phrase);
const settingOf = byLastWord(settings, (name) => world.settings[name].phrase);
const cameraOf = byLastWord(cameras, (name) => world.cameras[name].phrase);
const speeds = new Set(motions.flatMap((name) => Object.keys(world.motions[name].speeds ?? {})));

/**
 * What a prompt asks. Words that the world does not know ask nothing. An object begins with an article, or with a size, a
 * colour or a thing after one that already has its thing; motions and speeds belong to the object before them.
 */
export function asked(prompt: string): Asked {
  if (typeof prompt !== 'string')
    throw new MeasureError('the prompt is no text', 'give the words that the clip was made from');
  const words = (prompt.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => {
    const token = tokenOf(word);
    return token === undefined ? [] : [vocabulary[token]];
  });
  const objects: { -readonly [Key in keyof AskedObject]: string | null }[] = [];
  let [setting, camera]: (string | null)[] = [null, null];
  let [closed, named, panning] = [true, false, false];
  const current = () => {
    if (closed || !objects.length) {
      objects.push({ size: null, colour: null, thing: null, motion: null, speed: null });
      [closed, named] = [false, false];
    }
    return objects[objects.length - 1];
  };
  const describe = (key: 'size' | 'colour', word: string): void => {
    if (named) closed = true;
    current()[key] ??= word;
  };
  for (const word of words) {
    const motion = motionOf.get(word);
    if (word === 'camera' || word === 'pans') panning = true;
    else if (panning && cameraOf.has(word)) camera ??= cameraOf.get(word) ?? null;
    else if (word === 'a' || word === 'an') closed = true;
    else if (settingOf.has(word)) setting ??= settingOf.get(word) ?? null;
    else if (sizes.includes(word)) describe('size', word);
    else if (colours.includes(word)) describe('colour', word);
    else if (word === 'thing' || things.includes(word)) {
      if (named) closed = true;
      const object = current();
      if (word !== 'thing') object.thing = word;
      named = true;
    } else if (motion !== undefined) current().motion ??= motion;
    else if (speeds.has(word) && objects.length) current().speed ??= word;
  }
  return { objects, count: objects.length || null, setting, camera };
}

/** What a scene's full caption asks, without going through words. A standing camera is not mentioned. */
export function askedOf({ objects, setting, camera }: Scene): Asked {
  return {
    objects: objects.map(({ size, colour, thing, motion, speed }) => ({ size, colour, thing, motion, speed })),
    count: objects.length || null,
    setting,
    camera: world.cameras[camera].phrase ? camera : null,
  };
}
