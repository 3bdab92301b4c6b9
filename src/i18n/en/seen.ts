/** Every sentence on what the network has seen, in the view Inside. It comes with the view. */
import { tenth } from './numbers';

export const seen = {
  title: 'What it has seen',
  help: 'The network learned from scenes that a program drew by lot, each once. Here is how often two words stood together, and which pairs were left out on purpose. Press a field to see a true clip: drawn by that program, not by the network.',
  rows: 'Down',
  columns: 'Across',
  axes: { colour: 'colours', thing: 'things', motion: 'motions', setting: 'places', speed: 'speeds' },
  noSpeed: 'no speed said',
  speedGap: 'Between slow and fast lies a hole, too: no thing was ever drawn at a speed between the two.',
  odds: 'These are the odds of the world itself. Its last stretches of training drew what is hard (spinning, orbiting, stars) more often.',
  noScene: (row: string, column: string) => `${row}, ${column}: the world has no such scene`,
  map: (rows: string, columns: string) =>
    `How often training drew ${rows} with ${columns}: in 10,000 scenes with one thing`,
  times: (share: number) => String(Math.round(10_000 * share)),
  field: (row: string, column: string, share: number) =>
    share === 0 ? `${row}, ${column}: left out` : `${row}, ${column}: ${Math.round(10_000 * share)} in 10,000`,
  legend: '✕ left out on purpose',
  asked: (prompt: string) => `A true clip: ${prompt}`,
  inHole: (row: string, column: string) =>
    `Training never showed “${row}” with “${column}”. If the network can draw it all the same, it has put two things together that it knows apart.`,
  common: (row: string, column: string) => `Training has shown “${row}” with “${column}” many times.`,
  another: 'Another one',
  ask: 'Ask the network for it',

  // a hole beside its neighbours
  compare: 'Draw this field and its neighbours',
  more: 'Two more films of each',
  compareHelp: (films: number) =>
    `The network draws ${films} films of each from the same noise, with sentences that differ in one word. Our reader says in how many both words of the field are right.`,
  needsNetwork: 'This needs the network, and it is not ready yet.',
  tallies: 'Films in which both words are right',
  tally: { field: 'Field', right: 'Right' },
  ofFilms: (right: number, films: number) => (films === 0 ? '–' : `${right} of ${films}`),
  holeMark: 'left out',
  compared: (own: Tally, others: Tally, hole: boolean) =>
    `${hole ? 'In the hole' : 'In this field'} ${own.right} of ${own.films} films are right, in the fields beside it ${others.right} of ${others.films}.`,

  // the nearest training clips
  nearest: 'Has it copied?',
  nearestHelp: (pool: number) =>
    `Training kept none of its clips: each was drawn once and forgotten. So ${pool} clips are drawn anew, by the same program and the same odds, and the film on the stage is compared with each, pixel by pixel.`,
  search: 'Look for the nearest clips',
  searching: (share: number) => `Compared: ${Math.round(100 * share)}\u00a0%`,
  film: 'The film on the stage',
  nothing: 'Shake first, and let the film come to its end.',
  near: (prompt: string, distance: number) => `${prompt} Differs by ${tenth(distance)}.`,
  otherFilm: 'These are of the film that stood here before.',
  found: (distance: number, fresh: number) =>
    `The nearest of the drawn clips differs from the film by ${tenth(distance)} of the way from black to white. A true clip of the same words, drawn just now and copied from nowhere, is ${tenth(fresh)} away from its nearest. ${distance < 0.5 * fresh ? 'The film is much nearer: look whether it is a copy.' : 'The film is not much nearer than that, so nothing hints at a copy.'}`,
};

export type SeenStrings = typeof seen;

interface Tally {
  readonly right: number;
  readonly films: number;
}
