/**
 * What a prompt asks, from its words. What it leaves open is null: nobody can be wrong about it.
 */
import { tokenOf, vocabulary } from '../world/prompt';
import type { Scene } from '../world/scene';
import { cameras, colours, settings, sizes, things, world, type Light } from '../world/world';
import { MeasureError } from '../reading/errors';

export interface AskedObject {
  readonly size: string | null;
  readonly colour: string | null; // where it turns into another, the one it begins with
  readonly to: string | null; // the colour that it turns into
  readonly thing: string | null;
  readonly motion: string | null;
  readonly speed: string | null;
}

export interface Asked {
  readonly objects: readonly AskedObject[];
  readonly count: number | null; // null: no object is named, or something that one thing collides with is not
  readonly setting: string | null;
  readonly camera: string | null;
  readonly light: Light | null; // day turns into night, or night into day
  readonly wall: boolean; // it passes behind one
  readonly picture: boolean; // a still: nothing moves
}

/** The last word of each phrase, which is the one that tells: "standing still", "moving left", "in the meadow". */
const byLastWord = (names: readonly string[], phrase: (name: string) => string): ReadonlyMap<string, string> =>
  new Map(names.flatMap((name) => (phrase(name) ? [[phrase(name).split(' ').at(-1) as string, name] as const] : [])));

const allMotions = Object.keys(world.motions);
const motionOf = byLastWord(allMotions, (name) => world.motions[name].phrase);
const settingOf = byLastWord(settings, (name) => world.settings[name].phrase);
const cameraOf = byLastWord(cameras, (name) => world.cameras[name].phrase);
const speeds = new Set(allMotions.flatMap((name) => Object.keys(world.motions[name].speeds ?? {})));
const zooming = (word: string): boolean => Boolean(world.cameras[cameraOf.get(word) ?? '']?.zoom);

/** The words of the world that a prompt says, aliases resolved; articles but "the" count, for they begin an object. */
function wordsOf(prompt: string): string[] {
  if (typeof prompt !== 'string')
    throw new MeasureError('the prompt is no text', 'give the words that the clip was made from');
  return (prompt.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap((word) => {
    const token = tokenOf(word);
    return token === undefined || vocabulary[token] === 'the' ? [] : [vocabulary[token]];
  });
}

/**
 * What a prompt asks. Words that the world does not know ask nothing. An object begins with an article, or with a size, a
 * colour or a thing after one that already has its thing; motions and speeds belong to the object before them, and
 * "colliding" to all of them.
 */
export function asked(prompt: string): Asked {
  const words = wordsOf(prompt);
  const objects: { -readonly [Key in keyof AskedObject]: string | null }[] = [];
  let [setting, camera, joint, pace]: (string | null)[] = [null, null, null, null];
  let light: Light | null = null;
  let [closed, named, panning, turning, wall, picture] = [true, false, false, false, false, false];
  const current = () => {
    if (closed || !objects.length) {
      objects.push({ size: null, colour: null, to: null, thing: null, motion: null, speed: null });
      [closed, named] = [false, false];
    }
    return objects[objects.length - 1];
  };
  const describe = (key: 'size' | 'colour', word: string, loose: boolean): void => {
    if (named && !loose) closed = true;
    current()[key] ??= word;
  };
  let loose = false; // in "something big red", what it is like comes after it
  for (let i = 0; i < words.length; i++) {
    const [word, before, after] = [words[i], words[i - 1], words[i + 1]];
    const motion = motionOf.get(word);
    const change = lightOf(words.slice(i, i + 4));
    loose = isLike(word) ? loose : word === 'thing' && (!before || !/^an?$/.test(before)) && !isLike(before);
    if (change) {
      light ??= change;
      i += 3;
    } else if (word === 'camera' || word === 'pans') panning = true;
    else if (zooming(word)) {
      // "in" is a word of settings, too: "zooms" has to stand before it.
      if (before === 'zooms') camera ??= cameraOf.get(word) ?? null;
    } else if (panning && cameraOf.has(word)) {
      camera ??= cameraOf.get(word) ?? null;
      panning = false;
    } else if (word === 'picture') picture = true;
    else if (word === 'wall') wall = true;
    else if (word === 'a' || word === 'an') closed ||= after !== 'wall' && after !== 'picture';
    else if (settingOf.has(word)) setting ??= settingOf.get(word) ?? null;
    else if (sizes.includes(word)) describe('size', word, loose);
    else if (word === 'turns') turning = objects.length > 0;
    else if (turning && colours.includes(word)) {
      const object = objects[objects.length - 1];
      if (before === 'from') object.colour ??= word;
      else {
        object.to ??= word;
        turning = false;
      }
    } else if (colours.includes(word)) describe('colour', word, loose);
    else if (word === 'thing' || things.includes(word)) {
      if (named) closed = true;
      const object = current();
      if (word !== 'thing') object.thing = word;
      named = true;
    } else if (motion !== undefined && world.motions[motion].joint) joint ??= motion;
    else if (motion !== undefined) current().motion ??= motion;
    else if (speeds.has(word) && joint) pace ??= word;
    else if (speeds.has(word) && objects.length) current().speed ??= word;
  }
  const all = objects.map((each) => ({ ...each, motion: each.motion ?? joint, speed: each.speed ?? pace }));
  // It takes two to collide: who names one thing leaves open what it meets.
  const count = joint && objects.length < 2 ? null : objects.length || null;
  return { objects: all, count, setting, camera, light, wall, picture };
}

const isLike = (word: string): boolean => sizes.includes(word) || colours.includes(word);

/** Which light changes into which, where four words say so. */
function lightOf([from, turns, into, to]: readonly string[]): Light | null {
  if (turns !== 'turns' || !['into', 'to'].includes(into)) return null;
  return from === 'day' && to === 'night' ? 'dusk' : from === 'night' && to === 'day' ? 'dawn' : null;
}

/** What a scene's full caption asks, without going through words. A standing camera is not mentioned, nor that a picture stands still. */
export function askedOf({ objects, setting, camera, light, wall, picture }: Scene): Asked {
  return {
    objects: objects.map(({ size, colour, to, thing, motion, speed }) => ({
      size,
      colour,
      to: to ?? null,
      thing,
      motion: picture ? null : motion,
      speed: picture ? null : speed,
    })),
    count: objects.length || null,
    setting,
    camera: world.cameras[camera].phrase ? camera : null,
    light: light ?? null,
    wall: wall !== undefined,
    picture: picture ?? false,
  };
}
