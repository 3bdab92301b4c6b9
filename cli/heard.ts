/** What the terminal says of how a prompt was heard: nothing, or one line. */
import type { Hearing, Token, Why } from '../src/words';

const whys: Readonly<Record<Exclude<Why, 'small' | 'back'>, string>> = {
  second: 'there is room for one',
  many: 'three things at most',
  speed: 'that has one speed only',
  picture: 'in a picture nothing moves',
  shade: 'its colours have no shades',
  already: 'it is so without a word',
  simile: 'a comparison',
  alone: 'nothing it belongs to',
  model: 'this model never learned it',
  animal: 'an animal; the only animal of its world is a fish',
  vehicle: 'a vehicle; those of its world are a boat and a rocket',
  person: 'there are no people in its world',
  plant: 'there are no plants in its world',
  food: 'there is no food in its world',
  building: 'there are no buildings in its world',
  thing: 'nothing like it in its world',
  nohue: 'no colour like it in its world',
  style: 'its world is drawn in one way',
  unknown: 'never seen',
};

/** How a word was heard that is worth a word; the rest (another form, another language) the sentence itself tells. */
const telling: ReadonlySet<string | null> = new Set(['kind', 'like', 'colour', 'slip', 'open']);

/** One line on what was heard otherwise than it was typed; undefined where nothing was. */
export function sayHeard({ caption, negative, tokens, changed }: Hearing): string | undefined {
  const said = tokens.flatMap((token) => sayToken(token) ?? []);
  const small = tokens.flatMap(({ state, why, text }) => (state === 'out' && why === 'small' ? `"${text}"` : []));
  if (small.length > 0) said.push(`small words: ${small.join(' ')}`);
  if (!changed && said.length === 0) return undefined;
  const away = negative === '' ? '' : `, and to stay away from "${negative}"`;
  return [`told "${caption}"${away}`, ...said].join('; ');
}

function sayToken({ text, state, as, how, why }: Token): string | undefined {
  const typed = text.replace(/\s+/g, ' ');
  if (state === 'near') return telling.has(how) ? `"${typed}" heard as "${as}"` : undefined;
  if ((state !== 'out' && state !== 'never') || why === null || why === 'small' || why === 'back') return undefined;
  return `"${typed}" left out (${whys[why]})`;
}
