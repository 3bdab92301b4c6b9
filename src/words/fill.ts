/**
 * A short sentence of the world made a full one: what it leaves open is filled in by lot. Large systems have a language model
 * rewrite a short prompt into a long caption before they begin; in a world this small a draw by seed does as much, and
 * everything that was made up can be shown.
 */
import { draws, type Draw } from '../world/scene';
import { colours, settings, sizes, things, world } from '../world/world';
import { captionOf } from './captions';
import type { Draft, Scene, Slot, Trait } from './draft';
import { finish } from './finish';
import { holesOf } from './holes';
import { itemsOf, type Item } from './items';
import type { Lexicon } from './lexicon';
import { knows, phraseOf } from './phrases';
import { Reader } from './reader';

export type Part = 'size' | 'colour' | 'thing' | 'motion' | 'speed' | 'setting';

export interface Filled {
  readonly caption: string; // nothing that matters is open in it
  readonly said: readonly string[]; // phrases that stood there before
  readonly made: readonly { readonly part: Part; readonly phrase: string }[]; // those that were made up, in order
}

const attempts = 64; // until no pair stands there that training never showed, and that nobody asked for

/** `told`: a caption of the world (a hearing's). `words`: how many of the world's words the model knows. */
export function fillIn(told: string, lexicon: Lexicon, words: number, seed: number): Filled {
  const draw = draws(seed);
  const before = holesOf(sceneOf(told, lexicon, words)).length;
  for (let attempt = 0; ; attempt++) {
    const scene = sceneOf(told, lexicon, words);
    const said = phrasesOf(scene);
    const made = fill(scene, draw, words);
    if (holesOf(scene).length <= before || attempt === attempts) return { caption: captionOf(scene), said, made };
  }
}

function sceneOf(told: string, lexicon: Lexicon, words: number): Scene {
  const { items } = itemsOf(told, lexicon, {}, 'en');
  const scene = new Reader(items).read();
  finish(scene, words);
  return scene;
}

/** What a scene says, phrase by phrase. */
function phrasesOf({ things, setting }: Scene): string[] {
  const phrases = things.flatMap(({ size, colour, to, thing, motion, speed }, i) => {
    const moves = motion && phraseOf({ kind: 'motion', value: motion.value });
    const doing = i > 0 && motion?.value === 'colliding' ? [] : [moves, speed?.value]; // said once, of both
    return [size?.value, colour?.value, to?.value, thing === 'thing' ? '' : thing, ...doing];
  });
  return [...phrases, setting && phraseOf({ kind: 'setting', value: setting.value })].flatMap((phrase) => phrase || []);
}

function fill(scene: Scene, draw: Draw, words: number): Filled['made'] {
  const made: { part: Part; phrase: string }[] = [];
  const among = (of: readonly string[], kind: string): string => {
    const known = of.filter((value) => knows(phraseOf({ kind, value }), words));
    return known[Math.floor(draw() * known.length)];
  };
  const slot = (value: string, part: Part): Slot => {
    made.push({ part, phrase: phraseOf({ kind: part, value }) });
    return { value, item: nobody };
  };
  if (scene.things.length === 0) scene.things.push({ thing: 'thing', name: '' });
  for (const draft of scene.things) {
    const open = (trait: Trait): boolean => draft[trait] === undefined;
    if (open('size')) draft.size = slot(among(sizes, 'size'), 'size');
    if (open('colour')) draft.colour = slot(among(unused(scene, colours), 'colour'), 'colour');
    if (draft.thing === 'thing') draft.thing = slot(among(things, 'thing'), 'thing').value;
    if (!scene.picture && open('motion')) draft.motion = slot(among(motionsOf(scene), 'motion'), 'motion');
    const speeds = Object.keys(world.motions[draft.motion?.value ?? '']?.speeds ?? {});
    if (draft.motion?.value === 'colliding') draft.speed ??= scene.things[0].speed;
    if (speeds.length > 0 && open('speed')) draft.speed = slot(among(speeds, 'speed'), 'speed');
  }
  scene.setting ??= slot(among(settings, 'setting'), 'setting');
  return made;
}

/** In training no two things had one colour. */
function unused({ things }: Scene, of: readonly string[]): readonly string[] {
  return of.filter((colour) => !things.some((draft: Draft) => draft.colour?.value === colour));
}

/** What passes behind a wall moves across; and it takes two to collide, who do nothing else. */
function motionsOf({ wall }: Scene): string[] {
  return Object.keys(world.motions).filter((name) => (wall ? ['left', 'right'].includes(name) : !world.motions[name].joint)); // prettier-ignore
}

/** Stands for the item of a word that nobody typed. */
const nobody: Item = { start: 0, end: 0, key: '', kind: 'pass', value: '', meanings: [], found: null, chosen: false, state: 'out', as: '', how: null, why: 'small' }; // prettier-ignore
