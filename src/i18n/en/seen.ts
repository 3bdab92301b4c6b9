/** Every sentence on what the network has seen, in the view Inside. It comes with the view. */

export const seen = {
  title: 'What it has seen',
  help: 'The network learned from scenes that a program drew by lot, each once. Here is how often two words stood together, and which pairs were left out on purpose. Press a field to see a true clip: drawn by that program, not by the network.',
  rows: 'Down',
  columns: 'Across',
  axes: { colour: 'colours', thing: 'things', motion: 'motions', setting: 'places' },
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
};

export type SeenStrings = typeof seen;
