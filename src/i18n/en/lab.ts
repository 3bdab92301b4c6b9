/** Every sentence of the laboratory, of files and of what can be hidden. */

/** What twelve films have in common, as app/lab/wall.ts finds it. */
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
    path: 'A film is a place among all possible films. This is the way from snow to yours, flattened to a map.',
    compare: 'Two settings, the same words, the same snow. What is different?',
    wall: 'The same words and settings, twelve kinds of snow. What do the words decide, and what the snow?',
    race: 'Every sampler gets the same number of looks at the network. Which is the cheapest film that still looks right?',
    noise: 'Change the snow before the run. What of the film belongs to the snow, and what to the words?',
    break: 'Nothing here can be damaged. Break it, see how, and go back to where you were.',
  },
  jobs: { compare: 'Running the other one', wall: 'Running twelve seeds', race: 'Racing' },

  // the way
  pathLabel: 'The way of the run, step by step',
  start: 'snow',
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
      title: 'Another sampler, equally many looks',
      lookFor: 'Euler goes straight on, multistep remembers the last guess: which film is farther along?',
    },
    schedule: {
      title: 'Another schedule',
      lookFor: 'Karras steps are small in the snow and at the end: scrub, and see where the two part.',
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
    small: (looks: number) => `A small race, up to ${looks} looks`,
    whole: (looks: number) => `The whole race, up to ${looks} looks, and the distance to a film of 200 looks`,
  },
  raceCost: (looks: number, seconds: number | null) =>
    looks === 0
      ? 'All of them have run. Change the words, the seed, a setting or who runs, and there is a new race.'
      : `${looks} looks in all${seconds === null ? '' : `: ${duration(seconds)} on this device`}.`,
  secondsLeft: (seconds: number) => `${duration(seconds)} left`,
  cheapest: (name: string, looks: number, steps: number) =>
    `The cheapest that still looks right: ${name} with ${lookCount(looks)}, in ${steps === 1 ? '1 step' : `${steps} steps`}.`,
  others: (list: readonly { name: string; looks: number | null; open: boolean }[]) =>
    list
      .map(({ name, looks, open }) =>
        looks !== null
          ? `${name} needs ${looks}.`
          : open
            ? `${name} is not right yet.`
            : `${name} is never right here.`,
      )
      .join(' '),
  oneSeed: 'Right means: our reader sees every word that you asked for. This is one seed; try another.',
  noneYet: 'No film is right in every word yet.',
  noneRight: (most: number, asked: number) =>
    `No film is right in every word; the best has ${most} of ${asked}. Try another seed, or other samplers.`,
  nothingAsked: 'The words ask for nothing that our reader can see. Go by your own eyes.',
  putOnStage: 'Put this setting on the stage',
  theCheapest: 'the cheapest that looks right',
  notRight: 'hollow: not right in every word',
  wordsPlot: 'Words that are right',
  distancePlot: 'Distance to the film of 200 looks (0: the same film)',
  tableSaysIt: 'The table says the same.',
  raceTable: 'Every film of the race, and how many words are right in it. Press one to see it large.',
  looks: 'Looks',
  looksOf: lookCount,
  looksAxis: 'looks at the network, at most',
  takeEntry: (steps: number) => (steps === 1 ? 'show this film, 1 step' : `show this film, ${steps} steps`),
  reference: (looks: number, right: number | null, asked: number) =>
    `The distance is measured to Heun with ${looks} looks${right === null ? '' : `, in which ${right} of ${asked} words are right`}.`,
  referenceRuns: 'The distances come as soon as the film of 200 looks has run.',
  smallRace: 'The whole race also measures how far each film is from the one that 200 looks lead to.',
  mark: (right: number, asked: number) => `${right} of ${asked} words`,
  markShort: (right: number, asked: number) => `${right}/${asked}`,
  distance: (value: number) => `distance ${value.toFixed(2)}`,

  // break it
  tryIt: 'Try it',
  back: 'Back to where I was',
  before: 'Before',
  experiments: {
    oneStep: {
      title: 'One step',
      lookFor: 'From pure snow straight to the first guess. It is a blur: the mean of all films that would fit.',
    },
    wildGuidance: {
      title: 'Guidance 30',
      lookFor: 'The words shout. Colours burn out, edges harden, and whatever is not in the words vanishes.',
    },
    noGuidance: {
      title: 'No words at all',
      lookFor: 'Guidance 0 asks only the guess without words. Something appears, but does it know what you asked?',
    },
    backwards: {
      title: 'Lie about the noise',
      lookFor: 'It is told that snow is clean. So it keeps the snow, and later wipes out what was clear.',
    },
    eta: {
      title: 'Twice the fresh snow',
      lookFor: 'DDIM with eta 2: more snow falls in than is cleared. See how much grain is left at the end.',
    },
    cliff: {
      title: 'One giant step',
      lookFor: 'A schedule with a cliff: most of the way in a single step. What is missing from the film?',
    },
    sameNoise: {
      title: 'The same snow in every frame',
      lookFor: 'Every frame starts alike. Does the thing still move, and does the backdrop stand stiller?',
    },
  },

  // noise lab
  frameSnow: 'The snow at the start, frame by frame',
  frameFilm: 'The film, frame by frame',
  drawRegion: 'Draw a box in the big picture of snow, or choose a part of it:',
  bigSnow: (frame: number) => `The snow of frame ${frame}, with the chosen part`,
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
    copy: 'Copy this frame’s snow to the frames',
    swap: 'Exchange first and last frame',
    turn: 'Turn the part by a quarter',
    roll: 'Push the part to the right',
    paint: 'Paint the other seed’s snow there',
    freeze: 'Freeze the part, take the other seed for the rest',
    blend: 'Mix with the other seed',
  },
  done: 'Done to the snow, in this order',
  did: {
    copy: (from: number, first: number, last: number) => `Frame ${from} copied to frames ${first} to ${last}`,
    swap: (a: number, b: number) => `Frames ${a} and ${b} exchanged`,
    turn: (where: string) => `Turned: ${where}`,
    roll: (where: string) => `Pushed: ${where}`,
    paint: (seed: number, where: string) => `Snow of seed ${seed}: ${where}`,
    blend: (seed: number, percent: number) => `${percent}\u00a0% of seed ${seed} mixed in`,
  },
  box: (x: number, y: number, width: number, height: number, first: number, last: number) =>
    `${width} × ${height} at (${x}, ${y}), frames ${first} to ${last}`,
  undo: 'Undo',
  undoAll: 'Plain snow again',
  share: 'Share of the other seed',
  comparePlain: 'Compare with plain snow',
  unfit: 'What is done to the snow does not fit clips of this size.',

  // words in equations
  awayWord: 'away',
  ifWord: 'if',
  elseWord: 'else',
  fromWord: 'from',
  toWord: 'until',

  // every setting
  groups: { sampler: 'Sampler', guidance: 'Guidance', schedule: 'Schedule' },
  equation: 'The equation',
  tooMuch: 'Too much',
  byDefault: (value: string) => `Default: ${value}.`,
  reset: 'Back to the default',
  resetAll: 'All settings back to the default',
  dragPoint: (point: number) => `Point ${point}`,
  moreSettings: 'Sampler, guidance, schedule',
  changed: (names: string[]) => `changed: ${names.join(', ')}`,
  good: 'Back to the last good setting',
};

export const files = {
  title: 'Keep and share',
  copy: 'Copy the link',
  copied: 'The link to exactly this is copied.',
  notCopied: 'It could not be copied. Here is the link:',
  save: 'Save this run',
  saving: 'Saving it …',
  savingHelp: 'A long run takes a while. The page goes on meanwhile.',
  saveHelp:
    'One small file. It opens in any copy of this page, offline and without a graphics chip. A very long run is kept a little coarser, so that the file stays below 1 MB.',
  open: 'Open a run',
  drop: 'Drop the file to open it',
  openHelp: 'Or drop a file anywhere on the page.',
  notYet: 'There is something to save as soon as a run is through.',
  teachers: 'For teachers: a link that shows less',
  teachersHelp: 'What you choose here holds for this page and for the link that you copy.',
  presets: { watch: 'Watch only', play: 'Play', everything: 'Everything' },
  singly: 'Part by part',
  hiddenNote: 'The link you opened hides some parts of this page.',
  showAll: 'Show everything',
  parts: {
    examples: 'Examples and word lists',
    sheet: 'The sheet',
    controls: 'All settings',
    story: 'The story',
    inside: 'The look inside',
    lab: 'The laboratory',
    files: 'Keep and share',
  },
};

function inQuotes(phrases: readonly string[]): string {
  const all = phrases.map((phrase) => `“${phrase}”`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function lookCount(looks: number): string {
  return looks === 1 ? '1 look' : `${looks} looks`;
}

function duration(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds < 90) return `about ${5 * Math.round(seconds / 5)} seconds`;
  return `about ${Math.round(seconds / 60)} minutes`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
