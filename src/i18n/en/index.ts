/** Every sentence of the page in English. The other languages have the same keys: `Strings` is their type. */
import { faults } from './faults';
import { files } from './files';
import { heard } from './heard';
import { options, settings } from './settings';
import { world } from './world';

export const en = {
  language: 'English',
  decimalSign: '.',
  title: 'Snowglobe',
  tagline: 'A small neural network turns noise into short films. Shake it, and see every step.',
  locally: 'It runs on your own machine. Nothing you type leaves it.',
  kept: 'Kept on this device: next time it opens without a network, too.',
  notKept: 'Next time it has to be fetched again.',
  licences: 'Licences',
  kit: 'For teachers',
  article: 'Read how it works',
  chooseLanguage: 'Language',

  // what stands beside the stage
  views: {
    title: 'Views',
    names: { watch: 'Watch', story: 'Story', inside: 'Inside', make: 'Make', learn: 'Learn', lab: 'Lab' },
    about: {
      watch: 'See the film come out of the noise',
      story: 'How it works, in eight short chapters',
      inside: 'Where the network looks, patch by patch',
      make: 'Keep parts of a film, make up the rest',
      learn: 'Teach a small network of your own',
      lab: 'Every setting, and experiments',
    },
    loading: 'One moment …',
    failed:
      'This part of the page did not come. Check the connection, then try again; if it still does not come, reload the page.',
  },
  history: { title: 'Films of this visit', film: (prompt: string, seed: number) => `“${prompt}”, seed ${seed}` },
  present: {
    start: 'Present',
    end: 'End',
    help: 'Film and sheet alone, large. Key P; arrow and page keys walk the steps, page keys the chapters of the story; Esc ends.',
  },

  // the prompt
  promptTitle: 'What should appear?',
  promptHelp: 'Say it as you would, in English or German, or pick words below.',
  promptLanguage: 'It is told in the words of its little world.',
  heard,
  promptReading: 'How it reads your words',
  neverSeen: 'never seen in training',
  neverSeenHint: (words: string[], other: string | null) =>
    `${other === null ? '' : `This film was made by another model (${other}), which may know more words. `}${other === null ? 'It' : 'The one loaded here'} never saw ${list(words, 'or')} in training, so it leaves ${words.length === 1 ? 'that word' : 'those words'} out.`,
  tooManyWords: (most: number) => `It reads ${most} words at most; the rest is cut off.`,
  noWords: 'No words: anything may appear.',
  examples: 'Try one',
  recordings: 'Recorded runs',
  recordingsHelp: 'Made earlier by the same network. They play even without it.',
  choose: 'Pick the words',
  anyWord: 'any',
  choosers: {
    sizes: 'Size',
    colours: 'Colour',
    things: 'Thing',
    motions: 'Motion',
    speeds: 'Speed',
    settings: 'Place',
    walls: 'Wall',
    cameras: 'Camera',
    lights: 'Light',
    pictures: 'Film or picture',
  },

  // the controls
  shake: 'Shake',
  shakeHelp: 'Fresh noise, and a new film of the same words. Key S.',
  live: 'Live',
  liveHelp: 'The film follows every change at once, made by a quicker network.',
  again: 'The same noise again',
  keepSeed: (seed: number) => `Keep the noise (seed ${seed})`,
  phoneShakes: 'Shaking the phone shakes the globe',
  phoneRefused: 'The browser does not let this page feel the phone move. Its settings for this page can change that.',
  stop: 'Stop',
  controls: 'How it clears',
  more: 'More',
  dice: 'Roll a new seed',
  percentClear: (share: number) => `${percent(share)}\u00a0% clear`,
  noiseWord: 'noise',
  emptyWord: 'empty',
  promptWord: 'prompt',
  weakWord: 'earlier',
  thenWord: 'then',

  // the clip and the sheet
  clip: 'The film',
  show: 'The big picture shows',
  shows: { x: 'what it holds', guess: 'what it believes' },
  showHelp: {
    x: 'The film as it stands now, noise and all.',
    guess: 'Its best guess of the finished film, from what it holds.',
  },
  decoder: {
    name: 'Decoder',
    help: (pixels: string) =>
      `The transformer makes ${pixels} pixels; a second network, the decoder, draws its guesses large. Key D.`,
    drawn: 'drawn large by the decoder',
    raw: (pixels: string) => `${pixels} pixels`,
    fault: 'The decoder is not running, so you see the pixels of the transformer.',
    phases: {
      waiting: 'The decoder is not loaded yet.',
      loading: 'The decoder is being loaded.',
      failed: 'The decoder is not running.',
    },
    ready: (where: string, count: number) => `Decoder: ${count.toLocaleString('en')} numbers learned. ${where}.`,
  },
  play: 'Play',
  pause: 'Pause',
  loop: 'Loop',
  fullSpeed: 'Flickering pictures at full speed',
  fullSpeedHelp: 'Pictures that flicker change three times a second at most, because quick flashes can hurt people.',
  frameSlider: 'Film time',
  stepSlider: 'Clearing',
  frameOf: (frame: number, frames: number) => `frame ${frame} of ${frames}`,
  stepOf: (step: number, steps: number) => `step ${step} of ${steps}`,
  place: (step: number, steps: number, frame: number, frames: number, noise: number) =>
    `Step ${step} of ${steps}, frame ${frame} of ${frames}, ${percent(noise)}\u00a0% noise left`,
  /** The same for the ear, with what is seen in it. */
  step: (step: number, steps: number, frame: number, frames: number, noise: number, things: readonly Heard[]) => {
    const said = things.map(({ colour, thing, line, column, motion }) => {
      const where =
        line === 'middle'
          ? column === 'middle'
            ? 'in the middle'
            : column
          : column === 'middle'
            ? `${line} middle`
            : `${line} ${column}`;
      const name = world.named(colour, thing);
      const what = thing === null ? 'something' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
      return [what, where, motion].filter(Boolean).join(', ');
    });
    const all = said.length > 0 ? said.join('; and ') : 'nothing seen yet';
    return `Step ${step} of ${steps}, frame ${frame} of ${frames}: ${all}; ${percent(noise)}\u00a0% noise left`;
  },
  noClip: 'Waiting for the first step',
  sheet: 'The sheet',
  wholeSheet: 'Whole sheet',
  leftOut: (columns: number, frames: number, lines: number, rows: number) =>
    `Shown here: ${columns} of ${frames} frames, ${lines} of ${rows} steps.`,
  sheetHelp: 'Every small picture is one frame at one step. Click one, or walk with the arrow keys.',
  filmTime: 'Film time: what happens in the film',
  clearingTime: 'Clearing: from noise to film',
  twoTimes: 'Two times: across runs the film, down the noise clears.',
  noiseColumn: 'noise',

  // what we see
  seen: {
    title: 'What we see',
    help: 'Our own reader looks at the film alone, without your words, and says what it finds.',
    at: (step: number, steps: number) => `Seen in what it believes at step ${step} of ${steps}`,
    atEnd: 'Seen in the finished film',
    looking: 'Looking …',
    nothing: 'Nothing seen yet.',
    noThing: 'No thing seen yet, only the place.',
    line: (right: number, total: number) => `${right} of ${total} as asked`,
    free: 'No words to be right or wrong about',
    more: 'What we see',
    rest: 'Word by word, how it moves, and when it is decided',
    asked: 'asked',
    seen: 'seen',
    notAsked: 'not asked',
    word: 'Word',
    thingNumber: (number: number) => `Thing ${number}`,
    wholeFilm: 'The whole film',
    attributes: {
      size: 'Size',
      colour: 'Colour',
      to: 'Turns into',
      thing: 'Thing',
      motion: 'Motion',
      speed: 'Speed',
      setting: 'Place',
      light: 'Light',
      camera: 'Camera',
      wall: 'Wall',
      picture: 'Picture',
      count: 'How many',
      place: 'Where it is',
    },
    marks: {
      right: 'right',
      wrong: 'wrong',
      undecided: 'can’t tell',
      absent: 'not there',
      same: 'as in the end',
      other: 'still different',
    },
    none: 'none',
    cameraStands: 'stands still',

    verdicts: {
      unclear: () => 'Can’t tell how it moves: its path fits no law.',
      still: () => 'Stands still.',
      collides: ({ momentum, energy }: { momentum: number; energy: number }) =>
        `Runs into the other one: ${Math.round(100 * momentum)} % of the momentum and ${Math.round(100 * energy)} % of the energy are kept.`,
      moves: ({ way, speed, pace, pixels }: Moves) =>
        `Moves ${way}, ${speed ?? 'neither slowly nor fast'}, ${{ steady: 'and steadily', slower: 'but slows down', faster: 'but speeds up', jerky: 'but in fits and starts' }[pace]}: ${decimal(pixels)} pixels a frame.`,
      falls: ({ g, lands }: { g: number; lands: boolean }) =>
        `Falls${isOne(g) ? ' at 1.0 g, as everything here does' : `, but at ${decimal(g)} g`}${lands ? ', and lands' : ''}.`,
      bounces: ({ times, g, kept, due }: Bounces) => {
        if (times === 0) return 'Flies as in a bounce, but does not come down to the ground in this film.';
        const count = ['', 'once', 'twice', 'three times'][times] ?? `${times} times`;
        const lower = times > 1 && kept !== null && kept < 0.97 ? ', each lower' : '';
        const gravity = g === null ? '' : isOne(g) ? ' at 1.0 g' : `, but at ${decimal(g)} g`;
        const rest =
          kept === null
            ? ''
            : `: keeps ${percent(kept)}\u00a0% of its speed${Math.abs(kept - due) < 0.05 ? '' : ` (it should be ${percent(due)}\u00a0%)`}`;
        return `Bounces ${count}${lower}${gravity}${rest}.`;
      },
      orbits: ({ clockwise, frames }: Turns) =>
        `Goes round in a circle, ${clockwise ? 'clockwise' : 'counter-clockwise'}, once in ${Math.round(frames)} frames.`,
      spins: ({ clockwise, frames }: Turns) =>
        `Turns on the spot, ${clockwise ? 'clockwise' : 'counter-clockwise'}, once in ${Math.round(frames)} frames.`,
      grows: ({ times }: { times: number }) => `Grows to ${decimal(times)} times its size.`,
      shrinks: ({ times }: { times: number }) => `Shrinks to ${percent(times)}\u00a0% of its size.`,
    },
    stray: (pixels: number) => `Its path is ${decimal(pixels)} pixels off that law on average.`,

    plots: 'How it moves, frame by frame',
    plotsHelp: 'Click a frame, or walk with ← and →: film and sheet go there.',
    whichThing: 'Which thing',
    measured: 'measured',
    law: 'the law that fits best',
    noLaw: 'no law fits',
    quantities: {
      across: {
        position: 'Place, to the right',
        speed: 'Speed, to the right',
        acceleration: 'Acceleration, to the right',
      },
      height: { position: 'Height above ground', speed: 'Speed, upwards', acceleration: 'Acceleration, upwards' },
      radius: { position: 'Radius', speed: 'Growth of the radius', acceleration: 'Change of that growth' },
      angle: { position: 'Angle, clockwise', speed: 'Turning speed', acceleration: 'Change of turning speed' },
    },
    units: {
      pixels: { position: 'pixels', speed: 'pixels a frame', acceleration: 'pixels a frame²' },
      degrees: { position: 'degrees', speed: 'degrees a frame', acceleration: 'degrees a frame²' },
    },
    frame: 'Frame',
    plotsHow:
      'Speed and acceleration come from five frames at a time, for the dots and for the line alike; so there is none at either end.',
    table: 'As a table',
    number: decimal,

    decided: 'When is it decided?',
    decidedHelp: 'Each column is its guess after one more step. Click one to go there.',
    from: (step: number) => `step ${step}`,
    never: 'never',
    order: (rows: { name: string; step: number }[]) =>
      rows.length === 0
        ? 'Nothing is decided.'
        : `${capital(rows.map(({ name, step }) => `${name.toLowerCase()} from step ${step}`).join(', '))}.`,
    columns: 'Guesses of the finished film',

    path: 'Show the measured path',
    who: 'Who reads this, and how often is it right?',
    whoText: [
      'A program of our own: no person, and no second network. It knows the eight things, eight colours and six places of this little world, draws each of them, and takes what explains the pixels best.',
      'We tried it on 2,000 films drawn by the rules of this world and then made noisy: it read every word right. Films that a network makes are less clean. Where nothing explains them clearly it says “can’t tell”, and that never counts as right.',
      'It sees no more than three things, and none that hide each other most of the time.',
    ],
    fault: 'Some of this run could not be read.',
  },

  // what is going on
  status: 'What is going on',
  backends: {
    webgpu: 'Runs on your graphics chip (WebGPU)',
    wasm: 'Runs on your processor (WebAssembly)',
    cpu: 'Runs on your processor (JavaScript), slowly',
  },
  /** Why the network does not run faster here, by what the engine says that it missed. */
  whyNot: {
    noWebGpu: 'this browser does not offer WebGPU',
    noAdapter: 'this browser found no graphics chip for WebGPU',
    emulated: 'the only graphics chip here is a program that plays one, which would be slower still',
    failed: 'a faster way did not start',
    broke: 'a faster way broke off here',
    noGraph: 'this graphics chip cannot run the whole network in one go',
  },
  notFaster: (why: readonly string[]) => `Not faster, because ${why.join(', and because ')}.`,
  guest: 'A network of your own answers now, in the place of the big one.',
  leaveGuest: 'Back to the big network',
  parameters: (model: string, count: number) => `Model ${model}, ${count.toLocaleString('en')} numbers learned`,
  loading: {
    backend: 'Looking for the fastest way to run here',
    weights: 'Fetching the network',
    'warm-up': 'Warming up',
  },
  loadingOther: {
    weak: {
      weights: 'Fetching an earlier copy of the network, to compare with',
      'warm-up': 'Warming the earlier copy up',
    },
    student: {
      weights: 'Fetching the student, the quick network',
      'warm-up': 'Warming the student up',
    },
  },
  bytes: (done: number, total: number) => `${megabytes(done)} of ${megabytes(total)} MB`,
  engineWaiting: 'The network is not loaded yet',
  engineFailed: 'The network could not start',
  queued: 'Will shake as soon as the network is ready',
  idle: 'Nothing has run yet',
  recordedRun: 'Recorded run',
  liveRun: 'Live run',
  phases: { running: 'running', done: 'done', stopped: 'stopped', failed: 'failed' },
  took: (seconds: number) => `${seconds.toFixed(1)} s`,
  newNotRun: 'You changed something. Shake to see it.',

  // when something goes wrong
  troubles: {
    engine: 'The network could not start.',
    run: 'The run broke off.',
    recording: 'The recorded run could not be played.',
    file: 'That file could not be opened.',
    save: 'The run could not be saved.',
    words: 'What you type is read word by word, and not understood as you would say it.',
    nothing: 'That did not work.',
  },
  mended: 'Something broke and was mended.',
  mendedNow: 'The network was loaded again, and goes on where it was.',
  meanwhile: 'The recorded run still plays, and everything else on this page works.',
  retry: 'Try again',
  good: 'Back to the last good setting',
  dismiss: 'Close',
  notices: {
    clamped: (key: string, given: string, used: string) =>
      `${key}: “${given}” is out of bounds, so it was set to ${used}.`,
    unreadable: (key: string, given: string, used: string) =>
      `${key}: “${given}” cannot be read, so it stays at ${used}.`,
    'unknown-key': (given: string) => `The link asks for “${given}”, which this page does not know.`,
    'too-long': (given: string, used: string) => `The link has ${given} characters; only the first ${used} were read.`,
    cut: (given: string, used: string) =>
      `The end of the link is missing: ${given} of its ${used} characters have come, as when a mail program breaks it. This may be another film than the one meant. Ask for the link once more; if you have changed it yourself, all is well.`,
    changed: (given: string, used: string) =>
      `The link was changed on its way: it says that it has ${used} characters, and has ${given}. This may be another film than the one meant. Ask for the link once more; if you have changed it yourself, all is well.`,
    promptClamped: 'The prompt was too long or held invisible characters; it was tidied.',
  },
  keys: {
    length: 'Length of the link',
    prompt: 'Prompt',
    typed: 'What was typed',
    show: 'Picture',
    decoder: 'Decoder',
    step: 'Step',
    frame: 'Frame',
    view: 'View',
    chapter: 'Chapter',
    inside: 'Place in the view Inside',
    lab: 'Laboratory',
    vs: 'Comparison',
    vsprompt: 'Other words',
    race: 'Race',
    looks: 'Size of the race',
    hide: 'Hidden parts',
    live: 'Live',
  },

  // the keyboard
  glossary: 'What the words mean',
  keyboard: 'Keyboard',
  shortcuts: 'S, D, P, digits and space work anywhere on the page',
  keyList: [
    ['S', 'shake: fresh noise'],
    ['D', 'decoder on or off'],
    ['1 2 3 …', 'the views, in their order'],
    ['P', 'present: film and sheet fill the screen'],
    ['Space', 'play or pause the film'],
    ['← →', 'on the sheet: film time'],
    ['↑ ↓', 'on the sheet: clearing'],
    ['Home End', 'on the sheet: first and last frame'],
    ['Page ↑ Page ↓', 'on the sheet: pure noise, finished film'],
  ],

  settings,
  options,
  files,
  faults,
  world,
};

/** What is seen in a step, as judging/spoken.ts says it, in the words of the world. */
interface Heard {
  readonly colour: string | null;
  readonly thing: string | null;
  readonly line: 'upper' | 'middle' | 'lower';
  readonly column: 'left' | 'middle' | 'right';
  readonly motion: string | null;
}

export type Strings = typeof en;

interface Moves {
  readonly way: string; // left, right, up, down
  readonly speed: string | null; // slowly, fast; null: in between
  readonly pace: 'steady' | 'slower' | 'faster' | 'jerky';
  readonly pixels: number; // a frame
}

interface Bounces {
  readonly times: number;
  readonly g: number | null; // null: can't be told
  readonly kept: number | null; // share of its speed, 0 .. 1
  readonly due: number; // the share that it should be
}

interface Turns {
  readonly clockwise: boolean;
  readonly frames: number; // for one turn
}

/** Whether a gravity is the world's own, as far as it can be told. */
function isOne(g: number): boolean {
  return Math.abs(g - 1) < 0.05;
}

function decimal(value: number): string {
  return (Math.round(10 * value) / 10 || 0).toFixed(1).replace('-', '−');
}

function capital(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}

function list(words: string[], join: string): string {
  const quoted = words.map((word) => `“${word}”`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${join} ${quoted.at(-1)}`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
