/**
 * Captions: a full sentence for a scene, sometimes with words left out, so that the model learns short prompts too.
 */
import type { Draw, Scene, WorldObject } from './scene';
import { world } from './world';

export const article = (phrase: string): string => ('aeiou'.includes(phrase[0]) ? 'an ' : 'a ') + phrase;

/** A full sentence. With `draw` the phrasing varies and part of the captions drop words (world.json, `odds`). */
export function caption(scene: Scene, draw?: Draw): string {
  const shortened = draw !== undefined && draw() < world.odds.shortened_caption;
  const long = draw !== undefined && draw() < 0.5; // "is spinning" or "spinning"
  const joint = scene.objects[0].motion === 'colliding';
  const said = (text: string): string => (shortened && draw() < world.odds.dropped_word ? '' : text);
  const moves = (verb: string, object: WorldObject): string => {
    const motion = said(world.motions[object.motion].phrase);
    const speed = said(object.speed ?? '');
    return motion && [long && ` ${verb}`, ` ${motion}`, speed && ` ${speed}`].filter(Boolean).join('');
  };
  const clauses = scene.objects.map((object) => {
    const noun = shortened && draw() < 0.15 ? 'thing' : object.thing;
    const { colour, to } = object;
    const name = article([said(object.size), to ? '' : said(colour), noun].filter(Boolean).join(' '));
    const motion = scene.picture || joint ? '' : moves('is', object);
    const turn = to ? said(`turns from ${colour} to ${to}`) : '';
    return name + motion + (turn && motion && long ? ' and' : '') + (turn && ` ${turn}`);
  });
  let text = (scene.picture ? 'a picture of ' : '') + clauses.join(' and ');
  if (joint) text += moves('are', scene.objects[0]);
  const wall = scene.wall ? said(world.wall.phrase) : '';
  if (wall) text += ' ' + wall;
  const setting = said(world.settings[scene.setting].phrase);
  if (setting) text += ' ' + setting;
  const camera = scene.camera === 'stands' ? '' : said(world.cameras[scene.camera].phrase);
  if (camera) text += ', ' + camera;
  const light = scene.light ? said(world.lights[scene.light].phrase) : '';
  if (light) text += ', ' + light;
  return text[0].toUpperCase() + text.slice(1) + '.';
}
