/** What hearing a prompt brings: one caption of the world, and for every stretch of the text what became of it. */

/** The two languages that prompts are heard in, whatever language the page speaks. */
export type Tongue = 'en' | 'de';

/**
 * What became of a stretch of the text:
 *   as     stands in the caption as it was typed, or is punctuation
 *   near   the world has another word for it, or one near it
 *   out    left out: a small word, or something that has no room in the caption (`why` says which)
 *   never  the world has no word for it, nor one near it
 *   not    stands among the words to stay away from
 */
export type State = 'as' | 'near' | 'out' | 'never' | 'not';

/** In what way a word is near the one that it was heard as; `chosen` by the reader, `open` where something had to be filled in. */
export type How = 'form' | 'same' | 'kind' | 'like' | 'colour' | 'slip' | 'tongue' | 'open' | 'chosen';

/** Why something was left out, or is not there at all. */
export type Why =
  | 'small' // says nothing that a film could show
  | 'second' // one thing has one size, one colour, one motion; a film has one place and one camera
  | 'many' // three things at most
  | 'speed' // this motion has one speed only
  | 'picture' // in a picture nothing moves
  | 'shade' // its colours have no shades
  | 'already' // is so without a word
  | 'simile' // a comparison
  | 'alone' // belongs to something that is not there
  | 'back' // the reader took it back
  | 'model' // the world has the word, the loaded model has not
  | Far; // what it would be, of which the world has nothing

/** What a word stands for that the world has nothing of. `nearest` in own.ts says what would come closest. */
export type Far =
  'animal' | 'vehicle' | 'person' | 'plant' | 'food' | 'building' | 'thing' | 'nohue' | 'style' | 'unknown';

export interface Token {
  readonly start: number; // where it begins in the text, in UTF-16 units
  readonly end: number; // and where it ends, not included
  readonly text: string; // text.slice(start, end)
  readonly key: string; // folded: what `Picks` calls it by
  readonly state: State;
  readonly as: string; // the words of the world that it was heard as; '' where there are none
  readonly how: How | null; // null where it was heard as it is, or not at all
  readonly distance: number; // 0 the very word .. 1 nothing like it
  readonly why: Why | null; // of out and never
  readonly choices: readonly string[]; // what else it could be heard as, for `Picks`
}

/** What the reader chose for a word: folded text (`fold`) to a phrase of the world, or '' to leave it out. */
export type Picks = Readonly<Record<string, string>>;

export interface Hearing {
  readonly caption: string; // what the network is told; '' where nothing was heard
  readonly negative: string; // words to stay away from, with commas; '' where there are none
  readonly tokens: readonly Token[]; // in order, each visible character of the text in exactly one
  readonly changed: boolean; // whether the caption says it in other words than the text does
  readonly holes: readonly (readonly string[])[]; // pairs of its words that training never showed together
  readonly tongue: Tongue;
}
