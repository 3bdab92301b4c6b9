/**
 * The words of the world in German, and its captions as German sentences: what the page shows and offers. A sentence that
 * is made here is heard as the caption that it was made of (tests/words/german.test.ts).
 */
import type { WorldStrings } from '../en/world';

type Gender = 'm' | 'f' | 'n';

const things: Readonly<Record<string, readonly [name: string, gender: Gender]>> = {
  ball: ['Ball', 'm'],
  box: ['Kiste', 'f'],
  star: ['Stern', 'm'],
  ring: ['Ring', 'm'],
  heart: ['Herz', 'n'],
  boat: ['Boot', 'n'],
  fish: ['Fisch', 'm'],
  rocket: ['Rakete', 'f'],
  thing: ['Ding', 'n'],
};

const adjectives: Readonly<Record<string, string>> = {
  small: 'klein',
  big: 'groß',
  red: 'rot',
  orange: 'orange',
  yellow: 'gelb',
  green: 'grün',
  cyan: 'türkis',
  blue: 'blau',
  purple: 'lila',
  pink: 'rosa',
};

/** Colours that were borrowed, and take no ending. */
const bare = ['orange', 'türkis', 'lila', 'rosa'];

/** What something does: the verb, and what stands after the word for its speed. */
const verbs: Readonly<Record<string, readonly [verb: string, after: string]>> = {
  'standing still': ['steht', 'still'],
  'moving left': ['bewegt sich', 'nach links'],
  'moving right': ['bewegt sich', 'nach rechts'],
  'moving up': ['bewegt sich', 'nach oben'],
  'moving down': ['bewegt sich', 'nach unten'],
  falling: ['fällt', ''],
  bouncing: ['hüpft', ''],
  orbiting: ['kreist', ''],
  spinning: ['dreht sich', ''],
  growing: ['wächst', ''],
  shrinking: ['schrumpft', ''],
  colliding: ['stoßen', 'zusammen'],
};

const speeds: Readonly<Record<string, string>> = { slowly: 'langsam', fast: 'schnell' };

/** What stands after everything that moves, each as it ends a sentence. */
const places: Readonly<Record<string, string>> = {
  'behind a wall': 'hinter einer Mauer',
  'in the meadow': 'auf der Wiese',
  'at sea': 'auf dem Meer',
  'in the desert': 'in der Wüste',
  'in the snow': 'im Schnee',
  'at night': 'bei Nacht',
  'at sunset': 'bei Sonnenuntergang',
};

const clauses: Readonly<Record<string, string>> = {
  'the camera pans left': 'die Kamera schwenkt nach links',
  'the camera pans right': 'die Kamera schwenkt nach rechts',
  'the camera zooms in': 'die Kamera zoomt heran',
  'the camera zooms out': 'die Kamera zoomt heraus',
  'day turns into night': 'der Tag wird zur Nacht',
  'night turns into day': 'die Nacht wird zum Tag',
};

const pictures = { 'a picture of': 'ein Bild von' };

const doing = Object.fromEntries(Object.entries(verbs).map(([english, said]) => [english, said.join(' ').trim()]));
const names = Object.fromEntries(Object.entries(things).map(([english, [name]]) => [english, name]));
const phrases: Readonly<Record<string, string>> = {
  ...names,
  ...adjectives,
  ...doing,
  ...speeds,
  ...places,
  ...clauses,
  ...pictures,
};

const endings = { m: 'er', f: 'e', n: 'es' };

function bend(english: string, ending: string): string {
  const word = adjectives[english] ?? english;
  return bare.includes(word) ? word : word + ending;
}

/** "ein kleiner roter Ball", or after "von" "einem kleinen roten Ball". */
function noun(words: readonly string[], dative: boolean): string {
  const [name, gender] = things[words.at(-1) ?? ''] ?? things.thing;
  const article = dative ? (gender === 'f' ? 'einer' : 'einem') : gender === 'f' ? 'eine' : 'ein';
  return [article, ...words.slice(0, -1).map((word) => bend(word, dative ? 'en' : endings[gender])), name].join(' ');
}

const either = (of: Readonly<Record<string, unknown>>) => Object.keys(of).join('|');
const thing = new RegExp(
  `^an? ((?:(?:${either(adjectives)}) )*(?:${either(things)}))(?: (?:is |are )?(${either(verbs)}))?(?: (${either(speeds)}))?(?:(?: and)? turns from (${either(adjectives)}) to (${either(adjectives)}))?$`,
);
const tail = new RegExp(`^(.*?)((?: (?:${either(places)}))*)((?:, (?:${either(clauses)}))*)$`);

/** What one thing is and does; null where it is no part of a caption. */
function clause(text: string, dative: boolean): string | null {
  const [whole, words, motion, speed, from, to] = thing.exec(text) ?? [];
  if (whole === undefined) return null;
  const [verb = '', after = ''] = motion ? verbs[motion] : [];
  const turn = from && `${motion ? 'und ' : ''}färbt sich von ${adjectives[from]} zu ${adjectives[to]}`;
  return [noun(words.split(' '), dative), verb, speed && speeds[speed], after, turn].filter(Boolean).join(' ');
}

/** Both things of a collision share one verb: "a red ball and a blue ball colliding fast". */
function collision(text: string): string | null {
  const [, first, second, , speed] = /^(an? .*?) and (an? .*?) (are )?colliding(?: (slowly|fast))?$/.exec(text) ?? [];
  if (!first) return null;
  const both = [clause(first, false), clause(second, false)];
  return both.includes(null) ? null : [both.join(' und '), 'stoßen', speed && speeds[speed], 'zusammen'].filter(Boolean).join(' '); // prettier-ignore
}

function sentence(caption: string): string {
  const text = caption.trim().replace(/\.$/, '');
  const [, body, where, more] = tail.exec(text.slice(0, 1).toLowerCase() + text.slice(1)) ?? [];
  if (!body) return caption;
  const dative = body.startsWith('a picture of ');
  const acting = body.replace(/^a picture of /, '');
  const single = acting.split(/ and (?=an? )/).map((each) => clause(each, dative));
  const said = collision(acting) ?? (single.includes(null) ? null : single.join(' und '));
  if (said === null) return caption;
  const put = (part: string, of: Readonly<Record<string, string>>) => Object.keys(of).reduce((now, english) => now.replace(english, of[english]), part); // prettier-ignore
  const german = (dative ? 'ein Bild von ' : '') + said + put(where, places) + put(more, clauses);
  return `${german[0].toUpperCase()}${german.slice(1)}.`;
}

/** How the word before says what gender the noun will have: "ein kleiner", "eine", "einen großen". */
const genders: readonly (readonly [end: RegExp, ending: string, genders: readonly Gender[]])[] = [
  [/(^|\s)einen$|en$/i, 'en', ['m']],
  [/(^|\s)eine$|e$/i, 'e', ['f']],
  [/er$/i, 'er', ['m']],
  [/es$/i, 'es', ['n']],
  [/(^|\s)ein$/i, 'er', ['m', 'n']],
];

function next(before: string, english: string): string | null {
  const word = before.trimEnd().split(/\s+/).at(-1) ?? '';
  const [, ending, fitting] = genders.find(([end]) => end.test(word)) ?? [null, 'er', ['m', 'f', 'n'] as const];
  if (english in things) return (fitting as readonly Gender[]).includes(things[english][1]) ? things[english][0] : null;
  if (english in adjectives) return bend(english, ending);
  if (english === 'and a') return 'und ein';
  return english in phrases ? phrases[english] : null; // a word of the vocabulary that German says with another
}

export const world: WorldStrings = {
  phrase: (english) => phrases[english] ?? english,
  next,
  named: (colour, of) => {
    const [name, gender] = things[of ?? 'thing'] ?? things.thing;
    return colour === null ? name : `${bend(colour, endings[gender])} ${name}`;
  },
  sentence,
};
