/**
 * Prompts: from what a person types to word tokens. The vocabulary is closed; a word that the model never learned is
 * reported, never silently passed over.
 */
import { world } from './world';

export const vocabulary: readonly string[] = world.vocabulary;

export interface PromptWord {
  readonly text: string; // as typed
  readonly known: boolean;
}

export interface Tokenized {
  readonly tokens: Int32Array; // `length` numbers: <start>, one for each known word, <pad>
  readonly words: readonly PromptWord[];
  readonly unknown: readonly string[];
  readonly truncated: boolean; // whether words were cut because the prompt is too long
}

/** How many words the first models know; later ones know more. */
export const firstCount = world.first_words;
export const firstWords = vocabulary.slice(0, firstCount);

const index = new Map(vocabulary.map((word, i) => [word, i]));

/** The token of a word in any case, by its own name or an alias ("tiny" is "small"); undefined if never learned. */
export function tokenOf(word: string): number | undefined {
  const plain = word.toLowerCase();
  return index.get(Object.hasOwn(world.aliases, plain) ? world.aliases[plain] : plain);
}

/**
 * Word tokens of a prompt, padded or cut to `length` (an integer of at least 1). A model knows the world's first `words`
 * words, as many as its own list has; the world's may have outgrown it.
 */
export function tokenize(prompt: string, length: number, words = world.first_words): Tokenized {
  const typed = (prompt.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((text) => {
    const token = tokenOf(text);
    return { text, token: token !== undefined && token < words ? token : undefined };
  });
  const known = typed.flatMap(({ token }) => token ?? []);
  const tokens = new Int32Array(length); // <pad> is token 0
  tokens.set([1, ...known].slice(0, length));
  return {
    tokens,
    words: typed.map(({ text, token }) => ({ text, known: token !== undefined })),
    unknown: typed.filter(({ token }) => token === undefined).map(({ text }) => text),
    truncated: known.length + 1 > length,
  };
}

export type Kind = 'sizes' | 'colours' | 'things' | 'motions' | 'speeds' | 'settings' | 'walls' | 'cameras' | 'lights' | 'pictures'; // prettier-ignore
export type Kinds = Readonly<Record<Kind, readonly string[]>>;

/** The phrases that a prompt is made of, for choosers and completion: those whose words a model of `words` words knows. */
export function kindsOf(words: number): Kinds {
  const known = (phrase: string): boolean => phrase !== '' && !tokenize(phrase, 8, words).unknown.length;
  const phrases = (of: Readonly<Record<string, { readonly phrase: string }>>): string[] =>
    Object.values(of).flatMap(({ phrase }) => (known(phrase) ? phrase : []));
  return {
    sizes: Object.keys(world.sizes).filter(known),
    colours: Object.keys(world.colours).filter(known),
    things: Object.keys(world.things).filter(known),
    motions: phrases(world.motions),
    speeds: ['slowly', 'fast'],
    settings: phrases(world.settings),
    walls: known(world.wall.phrase) ? [world.wall.phrase] : [],
    cameras: phrases(world.cameras),
    lights: phrases(world.lights),
    pictures: known('a picture of') ? ['a picture of'] : [],
  };
}

/** Those that the first models know. */
export const kinds = kindsOf(world.first_words);

export const examplePrompts: readonly string[] = [
  'A big pink heart growing in the meadow.',
  'A big blue boat moving left slowly at sea.',
  'A small red ball bouncing at night.',
  'A big orange fish moving right slowly at sea.',
  'A small purple rocket moving up fast at night.',
  'A big green star spinning fast in the snow.',
];

/** Others, of what only later models know: each is offered by a model that knows all of its words. */
export const laterExamples: readonly string[] = [
  'A small red ball and a big blue ball colliding fast at sunset.',
  'A small cyan ball moving right fast behind a wall in the desert.',
  'A big star spinning slowly turns from yellow to pink in the snow.',
  'A big orange fish moving left slowly at sea, day turns into night.',
  'A small purple rocket standing still in the meadow, the camera zooms in.',
];

/** The longest prompt kept, in characters. A model reads far fewer words; this only keeps links, files and pages sane. */
export const promptLength = 200;

/**
 * One spelling for a prompt: NFC, no control, direction or other invisible characters, at most `promptLength` characters.
 * Cleaning twice changes nothing.
 */
export function cleanPrompt(text: string): string {
  const visible = text.replace(/\s/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '');
  const most = visible.normalize('NFC').slice(0, 2 * promptLength); // a character is two units of a string at most
  return Array.from(most).slice(0, promptLength).join('');
}
