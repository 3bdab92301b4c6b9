/** Every sentence of the Inside view. It comes with the view: nobody loads it who does not look. */
import { rounded } from './numbers';

export const inside = {
  title: 'Inside',
  help: 'A look into the transformer, in the step that you stand on. All of it is worked out now, from its own numbers.',
  of: (step: number, steps: number, noise: number) =>
    `Step ${step} of ${steps}: the network was given a clip with ${rounded(noise)} noise. You see what it does with your words, before guidance.`,
  told: (prompt: string, share: number) =>
    share === 1
      ? `The words in this step are “${prompt}”.`
      : `Two prompts have a say in this step. You see what it does with “${prompt}”, which has ${rounded(share)} of it.`,
  stored: (model: string) =>
    `This look is a recording, too: ${model} was asked when the film was recorded. It has this one step, the mean over all heads, and two frames of each early guess. With the network loaded you can look into every step and head.`,
  otherModel: (ran: string, asked: string) =>
    `The film was recorded with the model ${ran}. Here ${asked} looks at the same noisy clip.`,
  obstacles: {
    nothing: 'Nothing has run yet. Shake first.',
    noModel: 'The film is a recording, and no network is loaded that one could look into.',
    loading: 'The network is on its way. Then you can look into it.',
    running: 'A run is going on. You can look into the network once it is through.',
  },
  load: 'Load the network',
  busy: 'Looking …',
  fault: 'The network could not be looked into this time. Runs go on as before.',

  // patches
  patches: 'Patches',
  patchesAbout: (count: number, frames: number, height: number, width: number) =>
    `The network cuts the film into ${count} patches: ${frames} frames long, ${height} × ${width} pixels large. Each patch becomes one token, and all tokens are worked on at once.`,
  howTo: 'Point at a patch; press to keep it. By keyboard: arrows in the picture, Page ↑ and Page ↓ in time.',
  given: 'The clip as the network is given it, patch by patch',
  patch: (number: number, count: number, place: Place) => `Patch ${number} of ${count}: ${where(place)}.`,
  holds: (pixels: number, noise: number) =>
    `It holds ${4 * pixels} numbers: three colours and the noise level of each of its ${pixels} pixels. Noise level: ${rounded(noise)} noise.`,
  takeApart: 'Take the clip apart',
  putTogether: 'Put it together',
  apart: (percent: number) => `${percent}\u00a0% taken apart`,
  apartAbout: (count: number, numbers: number) =>
    `This is how the clip reaches the network: as a list of ${count} tokens, each made of ${numbers} numbers. Where a token was in the film is not in the list; that is told to it besides.`,
  tokensLabel: (count: number) => `The clip as a list of ${count} tokens`,
  own: 'This patch, as it is given',
  ownGuess: 'And as the step guesses it',

  // where it looks
  looks: 'Where it looks',
  looksAbout:
    'Each patch reads from all patches and all words. How much from each is its attention: shares that add up to 1. Every block has several heads, and each looks elsewhere.',
  looked: 'Where the patch looks, over all frames',
  block: 'Block',
  head: 'Head',
  mean: 'mean of all',
  number: (index: number) => String(index + 1),
  gaze: ({ frames, framesShare, ownPlace, ownPlaceEven, words, word, wordShare }: Gaze) => {
    const times =
      frames === null
        ? 'This patch looks at all times about alike.'
        : `This patch looks mostly at ${span(frames)}: ${rounded(framesShare)}.`;
    const place = `Its own place in the picture gets ${rounded(ownPlace)} (${rounded(ownPlaceEven)} if all places were alike)`;
    if (word === null) return `${times} ${place}.`;
    if (words < 0.005) return `${times} ${place}; hardly anything goes to words.`;
    return `${times} ${place}; ${rounded(words)} goes to words, most to “${word}” (${rounded(wordShare)}).`;
  },
  legend:
    'Clear: it looks here most. Grey: hardly at all. (Drawn by the square root of the share, so that small ones show, too.)',
  prompt: 'What it reads of the prompt',
  promptHelp: 'Press a word to see which patches read it.',
  noWords: 'The prompt has no word that this network knows.',
  rest: 'start mark and empty places',
  share: (share: number) => rounded(share),
  sum: (patches: number, words: number, rest: number, sum: number) =>
    `Patches ${rounded(patches)}, words ${rounded(words)}, the start mark and the empty places of the prompt ${rounded(rest)}. All shares of this row together: ${sum.toFixed(4)}.`,
  reads: (word: string) => `Which patches read “${word}”`,
  readers: (word: string, mean: number, most: number, number: number, place: Place) =>
    `“${word}” gets ${rounded(mean)} of a patch’s attention on average. Patch ${number} gives it most, ${rounded(most)}: ${where(place)}.`,
  back: 'Back to the patch',

  // across time
  across: 'From frame to frame',
  acrossSaid: ({ own, beside, far, prompt }: Across) =>
    `On average patches have ${rounded(own)} of what they read from their own frames, ${rounded(beside)} from the ones right before and after, ${rounded(far)} from all others, and ${rounded(prompt)} from the prompt.`,
  acrossTable: 'As a table',
  acrossCaption: 'Patches of these frames (rows) read from those frames (columns), in percent',
  frames: (first: number, last: number) => (first === last ? String(first) : `${first}–${last}`),
  promptColumn: 'prompt',
  cell: (share: number) => String(Math.round(100 * share)),

  // block by block
  depth: 'Block by block',
  depthAbout:
    'What the network would guess if it ended after each block. Its head has learned to read the last block alone: you see from where on that is a picture.',
  after: (block: number, last: boolean) => (last ? `block ${block}: its guess` : `after block ${block}`),
  like: (likeness: number) => `likeness ${signed(likeness)}`,
  fainter: (times: number) => `drawn ${few(times)} times fainter`,
  guessAfter: (block: number, frame: number) => `Guess after block ${block}, frame ${frame}`,
  depthSaid: (block: number, from: number, to: number, fainter: number) =>
    `Block ${block} does most for the picture: it takes the guess from a likeness of ${signed(from)} to ${signed(to)} (1: the same as the last guess, 0: nothing alike, −1: its negative).${fainter > 1 ? ` Before it the numbers run ${few(fainter)} times too far beyond black and white.` : ''}`,
  depthOne: 'This network has one block.',
};

export type InsideStrings = typeof inside;

/** Frames, rows and columns, counted from 1. */
interface Place {
  readonly frames: readonly [first: number, last: number];
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

/** Shares 0 .. 1 of a patch's attention. */
interface Gaze {
  readonly frames: readonly [first: number, last: number] | null; // null: all about alike
  readonly framesShare: number;
  readonly ownPlace: number;
  readonly ownPlaceEven: number;
  readonly words: number;
  readonly word: string | null;
  readonly wordShare: number;
}

interface Across {
  readonly own: number;
  readonly beside: number;
  readonly far: number;
  readonly prompt: number;
}

function where({ frames, row, rows, column, columns }: Place): string {
  return `${span(frames)}, row ${row} of ${rows}, column ${column} of ${columns}`;
}

function span([first, last]: readonly [number, number]): string {
  if (first === last) return `frame ${first}`;
  return last === first + 1 ? `frames ${first} and ${last}` : `frames ${first} to ${last}`;
}

function signed(likeness: number): string {
  return likeness.toFixed(2).replace('-', '−');
}

function few(times: number): string {
  return times < 10 ? times.toFixed(1) : String(Math.round(times));
}
