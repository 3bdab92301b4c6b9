/** What is said where a film is taken away, checked, or put on another page. It comes with that part of the page. */

export const takeAway = {
  title: 'Take the film with you',
  what: 'What',
  whats: {
    film: 'The film',
    clearing: 'The film, clearing out of the noise',
    frame: 'The picture that you see now',
    strip: 'All pictures side by side',
    sheet: 'The sheet as a poster',
  },
  format: 'As',
  formats: {
    mp4: 'MP4: for slides and phones',
    webm: 'WebM: for web pages',
    gif: 'GIF: plays everywhere, loops',
    png: 'PNG',
  },
  asking: (name: string) => `${name} (asking the browser …)`,
  lacking: (name: string) => `${name} (this browser cannot make one)`,
  noVideo: 'This browser cannot make a video file. A GIF plays everywhere.',
  size: 'Size',
  sizeOf: (pixels: number) => `${pixels} pixels`,
  cellOf: (pixels: number) => `${pixels} pixels each, for paper`,
  look: 'When it is made larger',
  smooth: 'smooth',
  crisp: 'crisp: every pixel a square',
  drawn: 'Drawn large by the decoder',
  label: 'A small label in the picture: AI-generated',
  save: (format: string) => `Save the ${format}`,
  working: {
    drawing: 'The decoder draws …',
    packing: 'Packing …',
  },
  cancel: 'Give up',
  saved: (name: string, bytes: number) => `Saved: ${name}, ${size(bytes)}.`,
  notYet: 'There is something to take away as soon as a run is through.',
  inIt: 'In every file stands, for machines, that a trained network made it, and the recipe it can be made again from. The film is yours: use it as you like (CC0).',

  // on the poster
  poster: {
    across: (frames: number) => `Film time runs across: ${frames} pictures, ${number(frames / 8)} seconds.`,
    down: (steps: number) => `The clearing runs down: ${steps} steps, from pure noise to the finished film.`,
    shows: {
      x: 'Every small picture: what it holds, film and noise.',
      guess: 'Every small picture: its guess of the finished film.',
    },
    frame: (frame: number) => String(frame),
    row: (step: number, noise: number) => `step ${step}: ${Math.round(100 * noise)} % noise`,
    settings: (seed: number, steps: number, sampler: string, guidance: number) =>
      `Seed ${seed}, ${steps} steps, sampler ${sampler}, guidance ${number(guidance)}.`,
    made: (model: string) => `Made by the network ${model} of Snowglobe. Free for any use (CC0).`,
    label: 'AI-generated',
  },

  // a file that somebody wants checked
  check: {
    title: 'Is a file from here?',
    help: 'Drop a GIF, PNG or video that was saved here. This page makes the film again from the recipe in it, and compares.',
    choose: 'Check a file',
    stages: {
      reading: 'Reading the file …',
      loading: 'Waiting for the network …',
      making: 'Making the film again …',
      drawing: 'The decoder draws …',
      comparing: 'Comparing, picture by picture …',
    },
    same: (prompt: string) => `It is what it says: the network here makes this very film from “${prompt}”.`,
    off: (off: number, limit: number) =>
      `Where it differs most it is off by ${number(off)} of 255 shades; up to ${limit} is normal for a file of this kind.`,
    altered: (prompt: string) => `It is not what it says: its recipe, “${prompt}”, makes something else.`,
    why: {
      recipe: 'The recipe holds something that this page never writes.',
      size: 'The pictures have another size.',
      count: 'There are more pictures, or fewer.',
      length: 'It plays faster or slower.',
      pixels: (picture: number) => `Picture ${picture} differs most.`,
    },
    unknown: 'Unknown: it carries no recipe of this page.',
    labelled: 'Unknown: it says that an AI made it, but carries no recipe of this page.',
    unknownHelp: 'That does not make it real, and it does not make it a fake: such a file cannot be checked here.',
    given: (prompt: string) =>
      `It cannot be made again: more went into it than words and numbers (“${prompt}”), such as a picture of somebody’s own.`,
    weights: (prompt: string) =>
      `It cannot be told: “${prompt}” was made by another version of the network than the one here.`,
    unreadable: 'The file could not be read to its end.',
    proves: 'What this shows, and what not',
    provesText: [
      'If it fits, the pictures are what this network makes of that recipe. Whoever changes the pictures or the recipe is found out, except for changes so small that packing a film changes as much.',
      'It does not show who made the file, or when: anybody with this page can make the same one. Many programs and messengers throw the recipe away, and so can anybody who wants to hide it.',
      'A file without a recipe is unknown. Nothing here can say that something is real.',
    ],
  },

  // on another page
  embed: {
    title: 'On your own web page',
    help: 'The film alone, in a frame. It keeps nothing on the visitor’s device.',
    copy: 'Copy the embed code',
    copied: 'The code is copied.',
    notCopied: 'It could not be copied. Here is the code:',
    waits: 'One moment …',
    line: (prompt: string) => `“${prompt}”, made by a small AI.`,
    open: 'See how, step by step',
    frame: (prompt: string) => `A film made by a small neural network: ${prompt}`,
  },
};

export type ExportStrings = typeof takeAway;

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function number(value: number): string {
  return String(Math.round(10 * value) / 10);
}
