/**
 * Makes of what was read a scene that a caption of the world can say: fills in what a caption needs, and leaves out, with
 * a reason, what it has no room for.
 */
import { world } from '../world/world';
import { drop, lack, use, useAs, type Draft, type Scene } from './draft';
import { knows, phraseOf } from './phrases';

/** `words`: how many of the world's words the model knows that will read the caption. */
export function finish(scene: Scene, words: number): void {
  const { things } = scene;
  let before: string | null = null;
  for (const draft of things) {
    draft.thing ??= before ?? 'thing'; // "a red ball and a blue one"
    if (draft.thing !== 'thing') before = draft.thing;
  }
  light(scene);
  if (scene.picture && !knows(phraseOf({ kind: 'picture', value: '' }), words)) unlearned(scene, 'picture');
  for (const draft of things) {
    if (scene.picture) stillness(draft);
    turning(draft, words);
    moving(draft);
    pace(draft);
    if (draft.motion && !knows(phraseOf({ kind: 'motion', value: draft.motion.value }), words)) {
      lack(draft.motion.item, 'model');
      delete draft.motion;
      if (draft.speed) drop(draft.speed.item, 'alone');
      delete draft.speed;
    }
  }
  together(scene);
  for (const slot of ['setting', 'camera', 'light', 'wall'] as const) {
    const said = scene[slot];
    const kind = slot === 'camera' ? 'view' : slot;
    if (said && !knows(phraseOf({ kind, value: said.value }), words)) unlearned(scene, slot);
  }
}

function unlearned(scene: Scene, slot: 'setting' | 'camera' | 'light' | 'wall' | 'picture'): void {
  lack(scene[slot]!.item, 'model');
  delete scene[slot];
}

/** Day has no word in the world: it is day in all places but two, and in the meadow where none is named. */
function light(scene: Scene): void {
  const { day, setting } = scene;
  if (!day) return;
  if (setting) return drop(day.item, ['night', 'sunset'].includes(setting.value) ? 'second' : 'already');
  if (scene.light || scene.things.length === 0) return drop(day.item, scene.light ? 'already' : 'alone');
  scene.setting = { value: 'meadow', item: day.item };
  useAs(day.item, { kind: 'setting', value: 'meadow' });
}

/** In a picture nothing moves, and its caption does not say so. */
function stillness(draft: Draft): void {
  for (const trait of ['motion', 'speed', 'to'] as const) {
    const slot = draft[trait];
    if (slot) drop(slot.item, trait === 'motion' && slot.value === 'still' ? 'already' : 'picture');
    delete draft[trait];
  }
}

/** A change of colour has a beginning; where none was said, the first colour that is another one. */
function turning(draft: Draft, words: number): void {
  const { to } = draft;
  if (!to) return;
  if (!knows('turns from to', words)) {
    lack(to.item, 'model');
    delete draft.to;
    draft.colour ??= to;
    return;
  }
  if (!draft.colour) {
    draft.colour = { value: Object.keys(world.colours).find((colour) => colour !== to.value)!, item: to.item };
    use(to.item, `from ${draft.colour.value} to ${to.value}`);
    to.item.how = 'open';
  }
  if (draft.colour.value === to.value) delete draft.to; // red that turns red is red
}

/** Who moves moves somewhere: to the right where it was not said, a rocket up. What has a speed moves. */
function moving(draft: Draft): void {
  const open = { value: draft.thing === 'rocket' ? 'up' : 'right', kind: 'motion' };
  const { motion, speed } = draft;
  if (motion?.value === 'moving') {
    draft.motion = { value: open.value, item: motion.item };
    useAs(motion.item, open);
    motion.item.how = 'open';
  } else if (!motion && speed && !draft.to) {
    draft.motion = { value: open.value, item: speed.item };
    speed.item.as = phraseOf(open);
    use(speed.item, speed.value);
    speed.item.how = 'open';
  }
}

function pace(draft: Draft): void {
  const { motion, speed } = draft;
  if (!speed || (motion && world.motions[motion.value].speeds)) return;
  if (speed.item !== motion?.item) drop(speed.item, 'speed');
  delete draft.speed;
}

/** It takes two to collide, and both do nothing else. */
function together({ things, struck }: Scene): void {
  const hit = things.find(({ motion }) => motion?.value === 'colliding');
  if (!hit) return;
  if (things.length === 1 && struck) {
    hit.motion = { value: 'moving', item: hit.motion!.item }; // "hits the wall": there is no other thing to hit
    return moving(hit);
  }
  const speed = things.find((draft) => draft.speed)?.speed;
  if (things.length === 1) things.push({ thing: hit.thing, name: hit.name });
  for (const draft of things) {
    if (draft.motion && draft.motion.value !== 'colliding') drop(draft.motion.item, 'second');
    draft.motion = hit.motion;
    draft.speed = speed;
  }
}
