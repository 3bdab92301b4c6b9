/** Every sentence of the page in English. The other languages have the same keys: `Strings` is their type. */

export const en = {
  language: 'English',
  title: 'Snowglobe',
  tagline: 'A small neural network turns snow into short films. Shake it, and see every step.',
  locally: 'It runs on your own machine. Nothing you type leaves it.',
  kept: 'Kept on this device: next time it opens without a network, too.',
  notKept: 'Next time it has to be fetched again.',
  licences: 'Licences',
  chooseLanguage: 'Language',

  // the prompt
  promptTitle: 'What should appear?',
  promptHelp: 'Write with the words of its little world, or pick them below.',
  promptLanguage: '',
  promptReading: 'How it reads your words',
  neverSeen: 'never seen in training',
  neverSeenHint: (words: string[]) =>
    `It never saw ${list(words, 'or')} in training, so it leaves ${words.length === 1 ? 'that word' : 'those words'} out.`,
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
    cameras: 'Camera',
  },

  // the controls
  shake: 'Shake',
  shakeHelp: 'Turns everything to fresh snow and lets it clear. Key S.',
  stop: 'Stop',
  controls: 'How it clears',
  more: 'More settings',
  equation: 'The equation',
  seed: 'Seed',
  seedHelp: 'Which snow it starts from. Same seed, same words: same film.',
  dice: 'Roll a new seed',
  steps: 'Steps',
  stepsHelp: 'In how many small moves the snow clears.',
  sampler: 'Sampler',
  samplerHelp: 'The rule for going from one step to the next.',
  samplers: {
    euler: 'Euler: one look a step',
    heun: 'Heun: two looks a step, more exact',
    multistep: 'Multistep: one look, and remembers the last',
  },
  guidance: 'Guidance',
  guidanceHelp: 'How hard the words pull. 1 is plain; too much breaks it.',
  from: 'Guidance from',
  to: 'Guidance until',
  intervalHelp: 'The words pull harder only while the film is this far cleared.',
  shift: 'Small steps in snow',
  shiftHelp: '1: all steps alike. More: small steps while there is much snow, big ones later.',
  percentClear: (share: number) => `${percent(share)}\u00a0% clear`,
  mixing: 'What snow means here',
  mixingHelp:
    'What it holds is always a mixture: part film, part noise. t says how much is film. It starts at 0, all noise, and ends at 1, all film.',
  guidanceEquation:
    'It guesses twice, with your words and with none. The difference is what the words want; guidance w goes that way w times as far.',
  samplerEquation:
    'The guess x̂ says where the film should end. That gives a direction, the velocity v. Euler walks straight along it for one step of length h; Heun looks again where it got to and takes the mean of both directions; multistep uses the direction before as well.',
  noiseWord: 'noise',
  emptyWord: 'empty',
  promptWord: 'prompt',

  // the clip and the sheet
  clip: 'The film',
  show: 'The big picture shows',
  shows: { x: 'what it holds', guess: 'what it believes' },
  showHelp: {
    x: 'The film as it stands now, noise and all.',
    guess: 'Its best guess of the finished film, from what it holds.',
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
  noClip: 'Waiting for the first step',
  sheet: 'The sheet',
  sheetHelp: 'Every small picture is one frame at one step. Click one, or walk with the arrow keys.',
  filmTime: 'Film time: what happens in the film',
  clearingTime: 'Clearing: from snow to film',
  twoTimes: 'Two times: across runs the film, down clears the snow.',
  noiseColumn: 'noise',

  // what is going on
  status: 'What is going on',
  backends: {
    webgpu: 'Runs on your graphics chip (WebGPU)',
    wasm: 'Runs on your processor (WebAssembly)',
    cpu: 'Runs on your processor (JavaScript), slowly',
  },
  parameters: (model: string, count: number) => `Model ${model}, ${count.toLocaleString('en')} numbers learned`,
  loading: {
    backend: 'Looking for the fastest way to run here',
    weights: 'Fetching the network',
    'warm-up': 'Warming up',
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
  },
  mended: 'Something broke and was mended.',
  mendedNow: 'The network was loaded again, and goes on where it was.',
  meanwhile: 'The recorded run still plays, and everything else on this page works.',
  retry: 'Try again',
  dismiss: 'Close',
  notices: {
    clamped: (key: string, given: string, used: string) =>
      `${key}: “${given}” is out of bounds, so it was set to ${used}.`,
    unreadable: (key: string, given: string, used: string) =>
      `${key}: “${given}” cannot be read, so it stays at ${used}.`,
    'unknown-key': (given: string) => `The link asks for “${given}”, which this page does not know.`,
    'too-long': (given: string, used: string) => `The link has ${given} characters; only the first ${used} were read.`,
    promptClamped: 'The prompt was too long or held invisible characters; it was tidied.',
  },
  keys: {
    prompt: 'Prompt',
    seed: 'Seed',
    steps: 'Steps',
    sampler: 'Sampler',
    guidance: 'Guidance',
    from: 'Guidance from',
    to: 'Guidance until',
    shift: 'Small steps in snow',
    show: 'Picture',
    step: 'Step',
    frame: 'Frame',
  },

  // the keyboard
  keyboard: 'Keyboard',
  shortcuts: 'S and space work anywhere on the page',
  keyList: [
    ['S', 'shake'],
    ['Space', 'play or pause the film'],
    ['← →', 'on the sheet: film time'],
    ['↑ ↓', 'on the sheet: clearing'],
    ['Home End', 'on the sheet: first and last frame'],
    ['Page ↑ Page ↓', 'on the sheet: pure snow, finished film'],
  ],
};

export type Strings = typeof en;

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
