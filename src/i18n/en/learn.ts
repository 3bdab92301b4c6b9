/** Every sentence of the Learn view. It comes with the view: nobody loads it who does not look. */
import { count } from './numbers';

const motionWords: Readonly<Record<string, string>> = { left: 'left', right: 'right', up: 'up', down: 'down' };

export const learn = {
  title: 'Learn',
  help: 'Teach a network of your own, here, on this machine. It begins knowing nothing. You choose which films it is shown. Each film gets noise mixed in; the network guesses the clean film, is told how far off it was, and changes its numbers a little. That is all, some thousand times.',
  starting: 'One moment: it is being set up …',
  failed: 'The network cannot learn here.',
  again: 'Try again',

  // what it is shown
  grid: 'What it is shown',
  gridHelp:
    'Tick what training shows. What you leave out it never sees: a hole. Ask it in the hole later, and guess first what it will do.',
  motions: 'Colour and motion',
  things: 'Colour and thing',
  otherThings: 'Other things than balls',
  motionWords,
  ownThings: 'Things of your own',
  ownHelp:
    'Draw up to three little things. They move through the snow as the world’s own things do. The network knows no new words, so each of yours is called by a word that is free here. On the stage our reader knows the world’s own things alone.',
  ownWhich: 'Which one',
  ownTooSmall: (cells: number) =>
    `${cells} more ${cells === 1 ? 'cell' : 'cells'}, and it is large enough to be seen in a film.`,
  ownShown: 'It is large enough. Tick below where it moves.',
  ownMotions: 'Your things and motion',
  cell: (colour: string, word: string) => `${colour}, ${word}`,
  empty: 'Nothing is ticked that could be shown. A film needs its colour ticked with a motion and with a thing.',
  shows: (cells: number, holes: number) =>
    `${cells} kinds of film to learn from, ${holes === 0 ? 'no hole' : holes === 1 ? '1 hole' : `${holes} holes`}.`,

  // how it goes
  controls: 'Training',
  start: 'Start',
  goOn: 'Go on',
  pause: 'Pause',
  step: 'One step',
  anew: 'Begin anew',
  ready: 'Take one that has learned',
  nothingYet: 'It has not been shown anything yet.',
  stands: (seen: number, seconds: number, speed: number) =>
    `It has been shown ${count(seen)} films, in ${clock(seconds)} minutes${speed > 0 ? `, ${Math.round(speed)} a second` : ''}.`,
  left: (minutes: number) =>
    minutes < 1
      ? 'By now it usually draws what it is asked for.'
      : `In about ${minutes} more ${minutes === 1 ? 'minute' : 'minutes'} it usually draws what it is asked for.`,
  slept: (seconds: number) =>
    `The browser let it rest for ${Math.round(seconds)} seconds, as it may with a page out of sight.`,
  slower: 'Slower',
  faster: 'Faster',
  paces: ['One step a second.', 'Four steps a second.', 'With a short rest after each step.', 'As fast as it can.'],
  brokenTitle: 'It broke.',
  broken:
    'Each step has thrown the numbers so far that the next one went wrong even more. Below you see what such a network draws. Begin anew with a smaller learning rate.',
  where: (parameters: number, backend: string) =>
    `${count(parameters)} numbers learn, ${backend === 'webgpu' ? 'on the graphics processor' : `on the processor, ${backend === 'wasm' ? 'by WebAssembly' : 'in plain JavaScript, which is slow'}`}. It goes on while you look at other pages. It is the same kind of network as the big one, only smaller: its films are 8 frames of 16 × 16 pixels.`,

  // a recorded training
  inStory:
    'See it happen: a small network that was trained in this very way, at twelve moments of its training. Its films are made here, while you look.',
  teachOwn: 'Teach one of your own',
  ownIsThere: 'You are teaching a network of your own already: it waits in the view Learn.',
  recorded: 'No time, or a slow machine?',
  recordedHelp:
    'Here is a training that was recorded: the network as it stood at twelve moments, from knowing nothing to the end. Look what it draws at each, put it on the stage, or go on with it from there.',
  recordedOpen: 'Watch a recorded training',
  recordedMoment: 'Moment',
  moment: (at: number, all: number, seen: number, seconds: number) =>
    `Moment ${at} of ${all}: ${count(seen)} films shown, ${clock(seconds)} minutes of training.`,

  // its films
  films: 'What it draws now',
  filmsHelp: 'Four films, drawn anew every few seconds, each always from the same noise.',
  film: (prompt: string) => `Film for “${prompt}”`,
  shown: 'shown in training',
  hole: 'a hole: never shown',
  right: 'right',
  sees: (what: string | null, motion: string | null) =>
    what === null && motion === null
      ? 'nothing clear yet'
      : `looks like: ${what ?? 'something'}, ${motion === null ? 'no clear direction' : `moving ${motionWords[motion]}`}`,
  toStage: 'On the stage',
  toStageOf: (prompt: string) => `On the stage: ${prompt}`,
  toStageHelp:
    'On the stage your network answers in the place of the big one: shake it, look inside, try it in the laboratory.',
  yours: 'Yours',
  theirs: 'The other one, asked the same, from the same noise',

  // how it gets on
  curves: 'How it gets on',
  loss: 'Error, by how noisy the film was',
  lossHelp: 'Lower is better. The scale is logarithmic: each line down is ten times less.',
  levels: ['almost pure noise', 'much noise', 'half and half', 'little noise', 'almost clean'],
  lossSaid: (first: number, last: number) =>
    `Error on films of almost pure noise: ${short(first)} at first, ${short(last)} now.`,
  rightSoFar: 'Films that are right',
  rightHelp: 'Films with fresh noise, read back by a program: right is right colour, thing and direction.',
  lineShown: 'of what it is shown',
  lineHoles: 'in the holes',
  noCurve: 'The curves begin after a few seconds of training.',
  score: (right: number, films: number) =>
    `Of its last ${films} films of what it is shown, ${share(right, films)} are right.`,
  scoreHole: (films: number, right: number, colour: number, motion: number) =>
    `In the holes: of ${films} films ${share(right, films)} are right; the colour is right in ${share(colour, films)}, the direction in ${share(motion, films)}.`,
  instead: (what: string | null, motion: string | null, times: number, films: number) =>
    `What it drew most often instead, in ${times} of ${films} films: ${what ?? 'something'}, ${motion === null ? 'no clear direction' : `moving ${motionWords[motion]}`}.`,
  noScore: 'None of its films has been read yet.',
  seen: 'Which films it has been shown so far',
  times: (times: number) => `${count(times)} times`,

  // settings
  settings: 'Settings',
  rate: 'Learning rate',
  rateHelp:
    'How far the numbers go in each step. Ten times too small: it learns next to nothing. Far too large: it breaks. Try 10.',
  batch: 'Films a step',
  batchHelp: 'More make each step surer, and slower.',
  width: 'Width',
  widthHelp: 'How many numbers stand for each patch of the film. Fixed once it has begun to learn.',
  mean: 'Noise',
  meanHelp:
    'Which noise it practises on: lower is more noise. Much noise teaches what a film is about, little noise its details.',
  byDefault: 'Back to the usual settings',

  // files
  files: 'Keep it',
  kept: 'It is kept on this device: after a reload it is here again.',
  save: 'Save the network',
  open: 'Open a network',
  fileHelp: 'One file with its numbers, what it was shown and for how long. Swap with someone who left other holes.',
  compare: 'Two side by side',
  compareHelp: 'Open the network of someone else beside yours. Both are asked the same, from the same noise.',
  compareOpen: 'Open another beside it',
  compareEnd: 'Without the other',
  besideSaid: (seen: number, seconds: number, kinds: number) =>
    `The other one was shown ${count(seen)} films of ${kinds} ${kinds === 1 ? 'kind' : 'kinds'}, in ${clock(seconds)} minutes.`,
  notTaken: 'The file could not be opened as a network that learned here.',
  tooEarly: 'There is nothing to save yet.',
};

export type LearnStrings = typeof learn;

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const share = (part: number, whole: number) => `${Math.round((100 * part) / Math.max(1, whole))}\u00a0%`;
const short = (loss: number) => loss.toPrecision(2);
