/**
 * Captions: a full sentence for a scene, sometimes with words left out, so that the model learns short prompts too.
 */
import type { Draw, Scene } from './scene';
import { world } from './world';

const article = (phrase: string): string => ('aeiou'.includes(phrase[0]) ? 'an ' : 'a ') + phrase;

/** A full sentence. With `draw` the phrasing varies and part of the captions drop words (world.json, `odds`). */
export function caption(scene: Scene, draw?: Draw): string {
  const shortened = draw !== undefined && draw() < world.odds.shortened_caption;
  const verb = draw !== undefined && draw() < 0.5 ? ' is ' : ' ';
  const said = (text: string): string => (shortened && draw() < world.odds.dropped_word ? '' : text);
  const clauses = scene.objects.map((object) => {
    const noun = shortened && draw() < 0.15 ? 'thing' : object.thing;
    const name = article([said(object.size), said(object.colour), noun].filter(Boolean).join(' '));
    const motion = said(world.motions[object.motion].phrase);
    const speed = said(object.speed ?? '');
    return motion ? name + verb + motion + (speed && ' ' + speed) : name;
  });
  let text = clauses.join(' and ');
  const setting = said(world.settings[scene.setting].phrase);
  if (setting) text += ' ' + setting;
  const camera = scene.camera === 'stands' ? '' : said(world.cameras[scene.camera].phrase);
  if (camera) text += ', ' + camera;
  return text[0].toUpperCase() + text.slice(1) + '.';
}
