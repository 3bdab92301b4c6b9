/** Every sentence on where the network has put its words, in the view Inside. It comes with the view. */

export const wordsMap = {
  title: 'Words as places',
  help: 'For each word the network has learned a vector: a place in a room with as many directions as a token has numbers. Nobody told it which words belong together.',
  open: 'Show the words',
  needsNetwork: 'This needs the network, and it is not ready yet.',
  failed: 'The network could not be asked this time.',
  plane: (share: number) =>
    `The words on the plane that shows most of how they differ: ${Math.round(100 * share)}\u00a0% of it. The rest goes into directions that no paper has.`,
  picture: (words: number) => `${words} words on a plane; what lies near what stands in words below`,
  word: 'Word',
  nearest: (word: string, near: readonly Near[]) =>
    `Nearest to “${word}” among all words: ${near.map(({ word, likeness }) => `${word} (${signed(likeness)})`).join(', ')}. 1 is the same direction, 0 has nothing to do with it.`,
  farthest: (word: string, { word: other, likeness }: Near) =>
    `Farthest from “${word}”: ${other} (${signed(likeness)}).`,
  together: (near: number, of: number, kind: KindName) => `Of the ${of} words for ${plural[kind]}, ${near} have another of that kind as the nearest word.`, // prettier-ignore
  slide: {
    title: 'Move a word',
    help: 'The film on the stage once more, from the same noise. The sentence stays as it is, but one of its words is told with another vector: some of the way to another word, or with one word taken away and another added. Do the places of the words mean something? Then the film follows.',
    word: 'Word of the prompt',
    minus: 'Take away',
    plus: 'Add',
    way: (percent: number) => `How much of it: ${percent}\u00a0%`,
    all: 'Draw all five',
    toStage: 'Put this one on the stage',
    films: 'The film, stop by stop',
    film: (percent: number, seen: string | null) =>
      seen === null ? `${percent}\u00a0%: the film` : `${percent}\u00a0%: the film, in which “${seen}” is seen`,
    empty: 'not drawn yet',
    right: (right: number, asked: number) => `${right} of ${asked} words right`,
    nothing: 'Shake first, and let the film come to its end.',
    start: 'Move the slider, or draw all five. Each film takes as long as a shake.',
    said: (word: string, stops: readonly Stop[]) =>
      `For “${word}” our reader sees ${stops.map(({ percent, seen }) => `${seen === null ? 'nothing it can name' : `“${seen}”`} at ${percent}\u00a0%`).join(', ')}.`,
  },
  kinds: {
    colour: 'colours',
    thing: 'things',
    size: 'sizes',
    motion: 'motions',
    place: 'places',
    other: 'other words',
  },
};

export type WordsMapStrings = typeof wordsMap;

type KindName = 'colour' | 'thing' | 'size' | 'motion' | 'place' | 'other';

const plural: Readonly<Record<KindName, string>> = {
  colour: 'colours',
  thing: 'things',
  size: 'sizes',
  motion: 'motions',
  place: 'places',
  other: 'anything else',
};

interface Stop {
  readonly percent: number; // of the way
  readonly seen: string | null; // null: nothing that the reader could name
}

interface Near {
  readonly word: string;
  readonly likeness: number; // -1 .. 1
}

function signed(likeness: number): string {
  return likeness.toFixed(2).replace('-', '−');
}
