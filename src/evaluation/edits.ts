/**
 * What the suite "editing" draws: films of which a part is given, and films that are changed by other words, each from the true
 * render of a scene, so that the truth is known. Beside them stand ordinary films of the same prompts and seeds.
 */
import { knownOf } from '../making/given';
import { planOf, planText, readPlan, type Start } from '../making/plan';
import type { Known } from '../sampling/run';
import type { ClipShape } from '../sampling/types';
import { caption } from '../world/caption';
import { render } from '../world/render';
import { draws, inHole, sampleScene, type Draw, type Scene, type WorldObject } from '../world/scene';
import { colours, motions, settings, things, world } from '../world/world';
import { stored, type Item } from './clips';

/** The kinds of films of which a part is given, in the order of the report. */
export const givenKinds = ['still', 'extension', 'gap', 'loop', 'region'] as const;
export type GivenKind = (typeof givenKinds)[number];

const starts: Readonly<Record<GivenKind, Start>> = {
  still: 'still',
  extension: 'forward',
  gap: 'gap',
  loop: 'loop',
  region: 'region',
};

/** How much noise is put over a film that other words change. */
export const strengths = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;

/** What comes back to where it began: nothing else can be made to loop. */
const returning = ['still', 'orbiting', 'spinning'];

/** The words that are changed in turn; a motion takes its speed along. */
export const editedWords = ['colour', 'thing', 'setting', 'motion'] as const;

/** Ordinary films: of any one-object scene with its full caption, or of those that loop. */
export function ordinary(count: number, seed: number, shape: ClipShape, loops = false): Item[] {
  return scenes(count, seed, shape, loops).map((scene, i) => ({ prompt: caption(scene), seed: seed + i }));
}

/** The same prompts and seeds with a part given. The words still tell all of it. */
export function partly(kind: GivenKind, count: number, seed: number, shape: ClipShape): Item[] {
  const plan = planOf(starts[kind], shape);
  // A film goes on from its first frames, as in the suite "physics": what its last ones show may be about to leave.
  const { frames } = plan;
  const own = kind === 'extension' ? { ...plan, frames: frames.map((given, i) => (given === null ? null : i)) } : plan;
  return scenes(count, seed, shape, kind === 'loop').map((scene, i) => ({
    prompt: caption(scene),
    seed: seed + i,
    scene,
    plan: planText(own),
  }));
}

/** Films of which one word is asked otherwise, begun with so much noise over the true one. */
export function reworded(strength: number, count: number, seed: number, shape: ClipShape): Item[] {
  return scenes(count, seed, shape, false).map((scene, i) => {
    const word = editedWords[i % editedWords.length];
    const prompt = caption(otherwise(scene, word, draws(seed + 500_000 + i)));
    return { prompt, seed: seed + i, group: word, scene, begin: Number((1 - strength).toFixed(2)) };
  });
}

function scenes(count: number, seed: number, { frames }: ClipShape, loops: boolean): Scene[] {
  return Array.from({ length: count }, (_, i) => {
    const draw = draws(seed + i);
    for (;;) {
      const scene = { ...sampleScene(draw, { objects: 1, frames }), camera: 'stands' };
      if (!loops || returning.includes(scene.objects[0].motion)) return scene;
    }
  });
}

/** The scene with another word, such that training may have shown it. Only its caption counts. */
function otherwise(scene: Scene, word: (typeof editedWords)[number], draw: Draw): Scene {
  const options = { colour: colours, thing: things, setting: settings, motion: motions }[word];
  const [object] = scene.objects;
  for (;;) {
    const value = options[Math.floor(draw() * options.length)];
    const speeds = word === 'motion' ? Object.keys(world.motions[value].speeds ?? {}) : [];
    const paced = word === 'motion' && { speed: speeds[Math.floor(draw() * speeds.length)] ?? null };
    const changed: Scene =
      word === 'setting'
        ? { ...scene, setting: value }
        : { ...scene, objects: [{ ...object, [word]: value, ...paced } as WorldObject] };
    if (value !== (word === 'setting' ? scene.setting : object[word]) && !inHole(changed)) return changed;
  }
}

// ------------------------------------------------------------------------------------------------ what a run is given

/** The true film that an item begins from, as a stored clip holds it. */
export const filmOf = (scene: Scene, shape: ClipShape): Float32Array => stored(render(scene, shape));

/** The pixels of the true scene that the model is given clean; undefined where none are. */
export function knownOfItem({ scene, given, plan }: Item, shape: ClipShape): Known | undefined {
  const read = plan === undefined ? undefined : readPlan(plan);
  if (!scene || (!given && !read)) return undefined;
  const clip = filmOf(scene, shape);
  if (read) return knownOf(read, [clip], shape);
  const plane = shape.height * shape.width;
  return { clip, mask: new Uint8Array(shape.frames * plane).fill(1, 0, (given ?? 0) * plane) };
}
