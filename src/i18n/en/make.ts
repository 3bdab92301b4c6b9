/** Every sentence of the Make view. It comes with the view: nobody loads it who does not look. */
import { rounded } from './numbers';

export const make = {
  title: 'Make',
  help: 'A film of which parts are given: they stay as they are, and the network makes up the rest so that it fits.',
  startsTitle: 'What do you want to make?',
  starts: {
    still: 'Set a picture in motion',
    forward: 'Go on',
    backward: 'What was before?',
    gap: 'Fill a gap',
    loop: 'Close to a loop',
    connect: 'Connect two films',
    region: 'Paint a part anew',
    shift: 'Look beyond the edge',
  },
  about: {
    still: 'One picture is given, as the first frame. What happens then is made up.',
    forward: 'The last frames of the film are given as the first ones of a new film: it goes on from there.',
    backward: 'The first frames of the film are given as the last ones of a new film: you see how it came to this.',
    gap: 'Beginning and end are given. What happens in between is made up.',
    loop: 'The end of the film is given first, its beginning last: the way from one to the other is made up.',
    connect:
      'The end of one film is given first, the beginning of another last: the way from one to the other is made up.',
    region: 'All of the film is given but a part of the picture, which is made up anew.',
    shift: 'The picture is moved aside. What comes in at the edge is made up.',
  },
  formatsTitle: 'Or from words alone, in another length or shape',
  formats: { usual: 'as always', short: '8 frames', long: '24 frames', wide: 'wide', tall: 'tall', still: 'a picture' },
  formatAbout: (format: string, frames: number, height: number, width: number) =>
    ({
      short: `${frames} frames: half of what it always makes, so half of the patches.`,
      long: `${frames} frames: patches later than any it met in training. Does it go on as it began?`,
      wide: `${width} pixels wide and ${height} high. It never saw a picture of this shape: where are its patches still right?`,
      tall: `${height} pixels high and ${width} wide. It never saw a picture of this shape: what does it put where none ever was?`,
      still: `A picture: one patch in time, which is ${frames} frames, and nothing moves.`,
    })[format] ?? '',
  formatHelp:
    'Large systems make films of many lengths and shapes because they cut all of them into patches: more noise, more patches, a larger film. This network reads any number of patches, too, but was trained on one size.',
  own: 'Your own: each frame is given or made up, as you chose.',

  // the strip
  strip: 'The new film, frame by frame',
  stripHelp: 'Press a frame to change it. By keyboard: arrows to go, Space to change.',
  frame: (frame: number, source: number | null, second: boolean) =>
    source === null
      ? `Frame ${frame}: made up`
      : `Frame ${frame}: given, frame ${source} of the ${second ? 'second film' : 'film'}`,
  madeUp: 'made up',
  given: 'given',
  count: 'Frames given at each end',
  still: 'Which frame of the film',
  secondFilm: 'The film that comes after',
  choose: 'Choose …',
  right: 'Moved right',
  down: 'Moved down',
  pixels: (count: number) => `${count.toString().replace('-', '−')} pixels`,

  // a part of the picture
  part: 'A part of the picture',
  partHelp:
    'Draw on the picture: what is striped is made up. By keyboard: arrows to go; Space sets one corner, then the other, or paints.',
  markPart: 'Mark a part',
  tools: { box: 'Rectangle', brush: 'Brush', eraser: 'Give back' },
  canvas: (frame: number) => `Frame ${frame} of the new film`,
  pixel: (column: number, row: number, given: boolean, corner: boolean) =>
    `Column ${column}, row ${row}: ${given ? 'given' : 'made up'}${corner ? '; one corner is set' : ''}`,
  fromFrame: 'from frame',
  toFrame: 'to frame',

  // making it
  make: 'Make it',
  makeHelp: (prompt: string) => `In the words of the prompt: “${prompt}”.`,
  quiet:
    'How strongly the words pull (guidance) goes to 1, unless you chose it: what is given says already how things look.',
  noWords: 'Without words: anything may appear.',
  stop: 'Stop',
  obstacles: {
    nothing: 'There is no film to begin with yet. Shake first, or take a picture below.',
    noModel: 'No network is loaded that could make it.',
    loading: 'The network is on its way. Then you can make it.',
    shape: 'This film has another size than those of the network that is loaded. Shake for one that fits.',
    second: 'Choose the film that comes after, above. If there is none, shake for one.',
    allGiven: 'Everything is given: there is nothing to make up.',
  },
  load: 'Load the network',

  // what came of it
  kept: (off: number) =>
    off < 0.0005
      ? 'What was given came through as it is: the network is told that these pixels hold no noise, and its own guess left them alone.'
      : off < 0.04
        ? `The network knew what was given: its own guess had it right to within ${rounded(off)} of black to white.`
        : `The network’s own guess missed what was given by ${rounded(off)} of black to white; it was put back.`,
  seam: (smooth: boolean, seam: number, usual: number, most: number) =>
    smooth
      ? `Where given and made up meet, the picture changes by ${rounded(seam)}, no more than elsewhere in the film (${rounded(usual)} as a rule, ${rounded(most)} at most).`
      : `Where given and made up meet, the film jumps by ${rounded(seam)}; elsewhere it changes by ${rounded(usual)} as a rule, ${rounded(most)} at most.`,
  edge: (smooth: boolean, seam: number, most: number) =>
    smooth
      ? `At the edge of the part neighbours differ by ${rounded(seam)}, about as beside it (${rounded(most)}).`
      : `At the edge of the part neighbours differ by ${rounded(seam)}; beside it by ${rounded(most)}: the edge can be seen.`,
  numbers: 'In numbers',
  decibels: 'Given pixels in the guess itself, before they were put back (PSNR)',
  timeSeam: 'From frame to frame where given and made up meet (root mean square, black to white is 100 %)',
  spaceSeam: 'From pixel to pixel across the edge',
  elsewhere: 'Elsewhere: as a rule, at most',
  trueFilms: (share: number) =>
    `For comparison: in films drawn by our own renderer, this place is no larger than the rest in ${Math.round(100 * share)} of 100.`,
  dB: (value: number) => `${value.toFixed(1)} dB`,
  percents: (...shares: number[]) => shares.map(rounded).join(', '),

  // going on
  goOn: 'And on',
  goOnHelp:
    'Each clip begins with the last frames of the one before. Large systems make long films like this, too, and what they make drifts from what it was.',
  more: 'One more clip',
  minute: 'On to a minute',
  toCome: (clips: number) => (clips === 1 ? 'One more clip is to come.' : `${clips} more clips are to come.`),
  whole: (seconds: number) => `The whole film: ${tenths(seconds)} seconds`,
  play: 'Play',
  pause: 'Pause',
  place: 'Place in the film',
  at: (seconds: number) => `${tenths(seconds)} s`,
  drift: 'How it drifts',
  driftSaid: ({ seconds, thing, law, colour }: Drifted) =>
    [
      thing === null
        ? `After ${tenths(seconds)} s it is still the same thing`
        : `The thing is no longer the one it was from ${tenths(thing)} s on`,
      colour === null ? '' : `its colour is ${rounded(colour)} of black to white from where it began`,
      law === null
        ? 'it moves as its law says in every clip'
        : `it first breaks its law in the clip up to ${tenths(law)} s`,
    ]
      .filter(Boolean)
      .join('; ') + '.',
  driftRows: { thing: 'Same thing', colour: 'Colour off by', law: 'Moves as its law says' },
  driftMarks: { kept: 'yes', lost: 'no', undecided: 'can’t be told' },
  upTo: 'Up to',

  // what it is made of
  source: 'Which film is given',
  sourceNow: (prompt: string | null) => (prompt === null ? 'Now: your own picture.' : `Now: “${prompt}”.`),
  pictureInLink:
    'It stays on this device, but a link to a film made of it holds the picture: whoever gets the link can see it.',
  stage: 'Take the film on the stage',
  ofVisit: 'A film of this visit',
  ownPicture: 'A picture of your own',
};

export type MakeStrings = typeof make;

/** Where a long film has drifted, in seconds from its beginning; null: nowhere. */
interface Drifted {
  readonly seconds: number; // of the film so far
  readonly thing: number | null; // from when on it is another thing
  readonly law: number | null;
  readonly colour: number | null; // 0 .. 1 of black to white, now
}

function tenths(seconds: number): string {
  return seconds.toFixed(1);
}
