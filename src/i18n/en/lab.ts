/** Every sentence of the laboratory. A chunk of its own, which comes with that view (src/i18n/lab.ts). */

/** What twelve films have in common, as lab/wall.ts finds it. */
interface Common {
  readonly films: number;
  readonly decided: readonly { readonly phrase: string }[];
  readonly open: readonly { readonly phrase: string; readonly right: number }[];
  readonly places: number;
}

export const lab = {
  title: 'The laboratory',
  help: 'For whoever wants to know exactly: compare, race, draw the way, break it.',
  needsNetwork: 'This needs the network, and it is not ready yet.',
  nothingYet: 'Nothing has run yet. Shake first.',
  tabs: {
    path: 'The way',
    compare: 'Side by side',
    wall: 'Twelve seeds',
    race: 'The race',
    noise: 'Noise lab',
    break: 'Break it',
  },
  about: {
    path: 'A film is a place among all possible films. This is the way from noise to yours, flattened to a map.',
    compare: 'Two settings, the same words, the same noise. What is different?',
    wall: 'The same words and settings, twelve kinds of noise. What do the words decide, and what the noise?',
    race: 'Every sampler gets the same number of model calls. Which setting is the cheapest that keeps words, looks and motion?',
    noise: 'Change the noise before the run. What of the film belongs to the noise, and what to the words?',
    break: 'Nothing here can be damaged. Break it, see how, and go back to where you were.',
  },
  jobs: { compare: 'Running the other one', wall: 'Running twelve seeds', race: 'Racing', slide: 'Drawing films on the way between two words', holes: 'Drawing films of the field and its neighbours', training: 'Drawing the film with less training' }, // prettier-ignore

  // the way
  pathLabel: 'The way of the run, step by step',
  start: 'noise',
  end: 'film',
  now: 'now',
  belief: 'from what it holds to what it believes',
  push: 'where the words push the guess',
  other: 'the other run',
  shown: (share: number) =>
    `Of all the differences between these films, the map shows ${percent(share)}\u00a0%. Point at it, or use the arrow keys.`,
  noiseLeft: 'Noise left',
  stepSize: 'Length of the step',
  update: 'How much this step changed',
  toGo: 'From what it holds to what it believes',
  disagreement: 'How much the words matter',
  percent: (share: number) => `${Math.round(share * 100)}\u00a0%`,
  number: (value: number) => (value === 0 ? '0' : value.toFixed(value < 0.1 ? 3 : 2)),

  // side by side
  thisRun: 'This one',
  otherRun: 'The other one',
  difference: 'The difference',
  keep: 'Keep this film beside the next',
  sameWith: 'The same with …',
  readyMade: 'Ready-made comparisons',
  pairs: {
    guidance: {
      title: 'With and without guidance',
      lookFor: 'Guidance pushes every guess towards your words: is the thing still what you asked for without it?',
    },
    steps: {
      title: 'Few steps and many',
      lookFor: 'Few steps are cheap: look for soft edges, and for a motion that no longer fits.',
    },
    sampler: {
      title: 'Another sampler, equally many model calls',
      lookFor: 'Euler goes straight on, multistep remembers the last guess: which film is farther along?',
    },
    schedule: {
      title: 'Another schedule',
      lookFor: 'Karras steps are small in much noise and at the end: scrub, and see where the two part.',
    },
  },
  otherWords: 'Other words, the same noise',
  runBeside: 'Run them beside it',
  wordsDiffer: 'The same noise, other words.',
  exchange: 'Exchange',
  remove: 'Put away',
  compareEmpty: 'Pick a change here. Or keep this film, change anything on the page, and shake.',
  notAlike: 'These two have another seed or other words than you asked for, so they may differ in everything.',
  sameSettings: 'Both have the same settings.',
  differs: (share: number, frame: number, place: string) =>
    share < 0.005
      ? 'Here nobody can tell them apart.'
      : `Here ${percent(share)}\u00a0% of the film differs in a way one sees, most in frame ${frame}, ${place}.`,
  partAt: (step: number | null) => (step === null ? '' : `They part at step ${step}.`),
  places: {
    top: 'at the top',
    bottom: 'at the bottom',
    left: 'on the left',
    right: 'on the right',
    middle: 'in the middle',
    'all over': 'all over the picture',
  },
  on: 'yes',
  off: 'no',
  none: 'none',
  changes: (count: number) => (count === 1 ? '1 change' : `${count} changes`),

  // twelve seeds
  fillWall: 'Run twelve seeds',
  seedNumber: (seed: number) => `Seed ${seed}`,
  takeSeed: 'show it large',
  /** What the words decided and what the noise did, from what our reader sees in the films that are done. */
  wallSays: ({ films, decided, open, places }: Common) =>
    [
      `Of ${films === 1 ? 'one film' : `${films} films`}:`,
      decided.length > 0 ? `your words decided ${inQuotes(decided.map(({ phrase }) => phrase))}.` : '',
      open.length > 0 ? `${open.map(({ phrase, right }) => `“${phrase}” came out right in ${right}`).join(', ')}.` : '',
      decided.length + open.length === 0 ? 'your words ask for nothing that our reader can see.' : '',
      places > 1
        ? `The thing stands in ${places} different parts of the picture: that, the noise decided.`
        : places === 1 && films > 1
          ? 'The thing stands in the same part of the picture each time.'
          : '',
    ]
      .filter(Boolean)
      .join(' '),

  // the race
  entrants: 'Who runs',
  startRace: 'Start the race',
  goOn: 'Go on with the race',
  stopRace: 'Stop the race',
  nobodyRuns: 'Choose at least one that runs.',
  raceSize: 'How far',
  raceSizes: {
    small: (films: number, calls: number, long: number) =>
      `A small race: ${films} films of each, up to ${calls} model calls, beside a long run of at most ${long}`,
    whole: (films: number, calls: number, long: number) =>
      `The whole race: ${films} films of each, up to ${calls} model calls, beside a long run of at most ${long}`,
  },
  raceCost: (calls: number, seconds: number | null) =>
    calls === 0
      ? 'All of them have run. Change the words, the seed, a setting or who runs, and there is a new race.'
      : `${calls} model calls in all${seconds === null ? '' : `: ${duration(seconds)} on this device`}.`,
  secondsLeft: (seconds: number) => `${duration(seconds)} left`,
  filmsRun: (ran: number, all: number) => `${ran} of ${all} films have run.`,
  crowned: ({ name, calls, steps, right, films, long, open }: Crowned) =>
    `${open ? 'So far, measured' : 'Measured'} on ${films} films: ${name} with ${callCount(calls)} (${stepCount(steps)}) is the cheapest setting that shows every word (in ${right} of ${films}), moves things by their laws and gets about as near to a long run of ${long} as anything does for that price.`,
  crownedIn: ({ distance, least, most, lawful, longLawful, films }: Figures) =>
    `Its films are ${decimal(distance)} away from the long run (${decimal(least)} to ${decimal(most)}; 0 is the same film) and about as clear. Everything moves as its law says in ${lawful} of ${films} (in the long runs: ${longLawful}).`,
  notYet: 'Nothing is judged yet: the long run, which all are measured against, is still to come.',
  noneYet:
    'Nothing that has run so far shows every word, moves by the laws, and is clear and near enough to the long run.',
  noneCrowned: (right: number, films: number) =>
    `Measured on ${films} films: no setting shows every word in most of them, moves by the laws, and is clear and near enough to the long run. At best every word is there in ${right} of ${films}. Try another seed, or other samplers.`,
  nothingAsked: 'The words ask for nothing that our reader can see. Go by your own eyes.',
  freshNoise: 'Samplers with fresh noise go to another film than the long run, so they are far from it by design.',
  putOnStage: 'Put this setting on the stage',
  longRun: (calls: number) => `The long run: Heun, ${callCount(calls)}`,
  figures: 'All films and figures',
  howJudged:
    'How near: the mean difference to the long run from the same noise, at most a tenth more than for the nearest with no more model calls than it may use. Clear: in every film things are drawn at least nine tenths as clearly as in the long run. Every word: our reader sees all that you asked for. By the laws: in most films everything moves as its law says, or in as many as in the long runs, which break a law at times, too.',
  theCheapest: 'the crown',
  notRight: 'hollow: not every word in most films',
  wordsPlot: 'Words that are right',
  rightPlot: 'Films that show every word',
  distancePlot: 'Distance to the long run, mean and spread (0: the same film)',
  tableSaysIt: 'The table says the same.',
  raceTable:
    'The first film of every setting, in how many every word is right, and how far they are from the long run.',
  calls: 'Model calls',
  callsOf: callCount,
  callsAxis: 'model calls, at most',
  takeEntry: (steps: number) => `show this film, ${stepCount(steps)}`,
  rightIn: (right: number, films: number) => `every word in ${right} of ${films} films`,
  lawfulIn: (lawful: number, films: number) => `moves as its law says in ${lawful} of ${films}`,
  blurred: 'blurred',
  lawless: 'breaks the law',
  markShort: (right: number, asked: number) => `${right}/${asked}`,
  distance: (value: number, least: number, most: number) =>
    `distance ${decimal(value)} (${decimal(least)} to ${decimal(most)})`,

  // break it
  tryIt: 'Try it',
  back: 'Back to where I was',
  before: 'Before',
  pickOne: 'Try one of them: the film before and the film after will stand here, side by side.',
  broke: ({ share, words, flicker, lawful }: Broke) =>
    sentence([
      share < 0.005 ? 'nobody can see a difference' : `${percent(share)}\u00a0% of the film looks different`,
      words &&
        (words.now === words.before
          ? `${words.now} of ${words.asked} words are right, as before`
          : `${words.now} of ${words.asked} words are right, and were ${words.before} before`),
      flicker &&
        {
          same: 'the backdrop is as calm as before',
          more: `the backdrop flickers ${flicker.times.toFixed(1)} times as much`,
          less: `the backdrop flickers only ${flicker.times.toFixed(1)} times as much`,
        }[flicker.change],
      lawful && lawful.before !== lawful.now
        ? lawful.now === null
          ? 'and our reader sees no thing any more'
          : lawful.now
            ? 'and now everything moves as its law says'
            : 'and not everything moves as its law says any more'
        : null,
    ]),
  notComparable: 'The film before was made of other words or another seed, so the two can’t be compared.',
  experiments: {
    oneStep: {
      title: 'One step',
      lookFor: 'From pure noise straight to the first guess: a pale blur, the mean of all films that would fit.',
    },
    wildGuidance: {
      title: 'Guidance 15',
      lookFor:
        'The words pull fifteen times as hard. Colours burn out, edges crumble, and the backdrop begins to flicker.',
    },
    noGuidance: {
      title: 'No words at all',
      lookFor: 'Guidance 0 asks only the guess without words. A film comes, but not the one you asked for.',
    },
    backwards: {
      title: 'Lie about the noise',
      lookFor:
        'It is told that noise is a clean film, and later that the film is noise. What comes is blurred and out of shape; small things such as stars are gone.',
    },
    eta: {
      title: 'Twice the fresh noise',
      lookFor:
        'After each of four steps more noise comes back than the network is told of. It takes that for a part of the film: the thing ends up elsewhere, often out of shape.',
    },
    cliff: {
      title: 'One giant step',
      lookFor:
        'Nearly the whole way in one step, on the first rough guess. What was not clear by then stays pale and blurred.',
    },
    sameNoise: {
      title: 'The same noise in every frame',
      lookFor:
        'Every frame starts alike, as no film in training did. The thing ends up elsewhere, gets out of shape, and may stop moving.',
    },
  },

  // noise lab
  frameSnow: 'The noise at the start, frame by frame',
  frameFilm: 'The film, frame by frame',
  drawRegion: 'Draw a box in the big picture of the noise, or choose a part of it:',
  bigSnow: (frame: number) => `The noise of frame ${frame}, with the chosen part`,
  area: 'Part of the picture',
  areas: {
    whole: 'the whole picture',
    left: 'left half',
    right: 'right half',
    top: 'top half',
    bottom: 'bottom half',
    middle: 'the middle',
    drawn: 'the box you drew',
  },
  span: 'Frames',
  spans: { all: 'all frames', first: 'first half', second: 'second half', one: 'this frame' },
  otherSeed: 'The other seed',
  deeds: {
    copy: 'Copy this frame’s noise to the frames',
    swap: 'Exchange first and last frame',
    turn: 'Turn the part by a quarter',
    roll: 'Push the part to the right',
    paint: 'Paint the other seed’s noise there',
    freeze: 'Freeze the part, take the other seed for the rest',
    blend: 'Mix with the other seed',
  },
  done: 'Done to the noise, in this order',
  did: {
    copy: (from: number, first: number, last: number) => `Frame ${from} copied to frames ${first} to ${last}`,
    swap: (a: number, b: number) => `Frames ${a} and ${b} exchanged`,
    turn: (where: string) => `Turned: ${where}`,
    roll: (where: string) => `Pushed: ${where}`,
    paint: (seed: number, where: string) => `Noise of seed ${seed}: ${where}`,
    blend: (seed: number, percent: number) => `${percent}\u00a0% of seed ${seed} mixed in`,
  },
  box: (x: number, y: number, width: number, height: number, first: number, last: number) =>
    `${width} × ${height} at (${x}, ${y}), frames ${first} to ${last}`,
  undo: 'Undo',
  undoAll: 'Plain noise again',
  share: 'Share of the other seed',
  comparePlain: 'Compare with plain noise',
  unfit: 'What is done to the noise does not fit clips of this size.',

  // words in equations
  awayWord: 'away',
  ifWord: 'if',
  elseWord: 'else',
  fromWord: 'from',
  toWord: 'until',

  // every setting
  groups: { sampler: 'Sampler', guidance: 'Guidance', steer: 'Steer while it runs', schedule: 'Schedule' },
  equation: 'The equation',
  tooMuch: 'Too much',
  byDefault: (value: string) => `Default: ${value}.`,
  reset: 'Back to the default',
  resetAll: 'All settings back to the default',
  dragPoint: (point: number) => `Point ${point}`,
  moreSettings: 'Sampler, guidance, schedule',
  changed: (names: string[]) => `not as usual: ${names.join(', ')}`,
};

function inQuotes(phrases: readonly string[]): string {
  const all = phrases.map((phrase) => `“${phrase}”`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** What the race crowns, and on how many films it was measured. */
interface Crowned {
  readonly name: string;
  readonly calls: number;
  readonly steps: number;
  readonly right: number; // films that show every word
  readonly films: number;
  readonly long: number; // model calls of the long run
  readonly open: boolean; // something cheaper is still to run
}

/** Its figures: the distance to the long run with its spread, and films (of it, of the long runs) that keep the laws. */
interface Figures {
  readonly distance: number;
  readonly least: number;
  readonly most: number;
  readonly lawful: number;
  readonly longLawful: number;
  readonly films: number;
}

/** What a break did to a film, as lab/damage.ts measures it. */
interface Broke {
  readonly share: number; // of the film, 0 .. 1
  readonly words: { readonly before: number; readonly now: number; readonly asked: number } | null;
  readonly flicker: { readonly change: 'more' | 'less' | 'same'; readonly times: number } | null;
  readonly lawful: { readonly before: boolean | null; readonly now: boolean | null } | null;
}

/** Its parts as one; those that there are. */
function sentence(parts: readonly (string | null)[]): string {
  const text = parts.filter(Boolean).join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function callCount(calls: number): string {
  return calls === 1 ? '1 model call' : `${calls} model calls`;
}

function stepCount(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}

function decimal(value: number): string {
  return value.toFixed(2);
}

function duration(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds < 90) return `about ${5 * Math.round(seconds / 5)} seconds`;
  return `about ${Math.round(seconds / 60)} minutes`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

export type LabStrings = typeof lab;
