/** Captions of the world: from a scene that was read, and whether a text is one already. The grammar is world/caption.ts's. */
import { colours, settings, sizes, things, world } from '../world/world';
import type { Draft, Scene } from './draft';
import { phraseOf } from './phrases';

const article = (phrase: string): string => ('aeiou'.includes(phrase[0]) ? 'an ' : 'a ') + phrase;

/** The caption of a finished scene (finish.ts); '' where nothing is in it. */
export function captionOf(scene: Scene): string {
  const joint = scene.things.some(({ motion }) => motion?.value === 'colliding');
  const clauses = scene.things.map((draft) => clause(draft, joint)).join(' and ');
  const [first] = scene.things;
  const said = [
    scene.picture && clauses ? `a picture of ${clauses}` : clauses,
    joint ? moves(first) : '',
    scene.wall && clauses ? world.wall.phrase : '',
    scene.setting ? phraseOf({ kind: 'setting', value: scene.setting.value }) : '',
  ];
  const after = [
    scene.camera ? phraseOf({ kind: 'view', value: scene.camera.value }) : '',
    scene.light ? phraseOf({ kind: 'light', value: scene.light.value }) : '',
  ];
  const text = [said.filter(Boolean).join(' '), ...after].filter(Boolean).join(', ');
  return text && `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function clause(draft: Draft, joint: boolean): string {
  const { size, colour, to, thing } = draft;
  const noun = article([size?.value, to ? '' : colour?.value, thing].filter(Boolean).join(' '));
  const turn = to && colour ? `turns from ${colour.value} to ${to.value}` : '';
  return [noun, joint ? '' : moves(draft), turn].filter(Boolean).join(' ');
}

function moves({ motion, speed }: Draft): string {
  return motion ? [phraseOf({ kind: 'motion', value: motion.value }), speed?.value].filter(Boolean).join(' ') : '';
}

const any = (words: readonly string[]): string => `(?:${words.join('|')})`;
const maybe = (part: string): string => `(?:${part})?`;

function grammar(): RegExp {
  const phrases = Object.values(world.motions);
  const alone = any(phrases.filter(({ joint }) => !joint).map(({ phrase, speeds }) => phrase + (speeds ? maybe(' slowly| fast') : ''))); // prettier-ignore
  const joint = any(phrases.filter((motion) => motion.joint).map(({ phrase }) => phrase));
  const colour = any(colours);
  const turn = `turns from ${colour} to ${colour}`;
  const noun = `an? ${maybe(`${any(sizes)} `)}${maybe(`${colour} `)}${any([...things, 'thing'])}`;
  const object = `${noun}${maybe(`(?: is)? ${alone}`)}${maybe(`(?: and)? ${turn}`)}`;
  const objects = `${maybe('a picture of ')}${object}(?: and ${object}){0,2}${maybe(`(?: are)? ${joint}${maybe(' slowly| fast')}`)}`; // prettier-ignore
  const place = any(settings.map((name) => world.settings[name].phrase));
  const view = any(Object.values(world.cameras).flatMap(({ phrase }) => phrase || []));
  const light = any([world.lights.dusk.phrase, world.lights.dawn.phrase]);
  // Each part after the first begins with a space; without things the first of them begins the text.
  return new RegExp(`^(?:${objects}${maybe(` ${world.wall.phrase}`)})?${maybe(` ?${place}`)}${maybe(` ?${view}`)}${maybe(` ?${light}`)}$`); // prettier-ignore
}

const sentence = grammar();

/** Whether a text is a caption of the world, or one with words left out, whatever its capitals and commas. */
export function isCaption(text: string): boolean {
  if (/[^\s\p{L},.]/u.test(text)) return false;
  const words = text.toLowerCase().match(/\p{L}+/gu);
  return words !== null && sentence.test(words.join(' '));
}
