/** Every sentence of changing a film with words. */
import { percent } from './numbers';

/** One word of the film: what kind it is, and what was seen before and after; null: nothing. */
interface Word {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export const edit = {
  title: 'Change it with words',
  help: 'Noise goes over the film on the stage, and the network clears it again: with other words. The more noise, the more can change, and the less stays.',
  words: 'The film shall become',
  placeholder: 'A small blue ball bouncing at night.',
  takeWords: 'Take its own words, to change some',
  strength: 'Strength',
  strengthSaid: (strength: number) => `${percent(strength)} noise to begin with`,
  way: 'Begin with',
  ways: { noise: 'noise over the film', invert: 'the noise it comes from' },
  waysHelp: {
    noise: 'Fresh noise covers the film (SDEdit). What it hides is made up anew.',
    invert:
      'The steps are walked backwards, with the old words, to the noise that this film comes from (inversion). That noise remembers more. It takes twice as long.',
  },
  change: 'Change it',
  stop: 'Stop',
  toCome: (runs: number) => (runs === 1 ? 'Being made …' : `Being made; ${runs - 1} more to come …`),
  load: 'Load the network',
  obstacles: {
    nothing: 'There is no finished film on the stage yet. Shake first.',
    running: 'The film on the stage is still being made.',
    noModel: 'No network is loaded that could change it.',
    loading: 'The network is on its way. Then you can change it.',
  },
  before: 'Before',
  after: 'After',
  toStage: 'Put it on the stage',
  reading: 'Looking what changed …',
  /** changed: as asked; failed: asked, and not there; lost: was there; stayed: how many of how many were still there. */
  found: (changed: Word[], failed: Word[], lost: Word[], stayed: number, distance: number) =>
    [
      changed.length > 0 ? `Changed as asked: ${changed.map(said).join(', ')}.` : '',
      failed.length > 0 ? `Asked, but not seen: ${failed.map(said).join(', ')}.` : '',
      changed.length + failed.length === 0 ? 'The film showed all of these words already.' : '',
      stayed + lost.length > 0
        ? lost.length === 0
          ? `Every other word stayed (${stayed} of ${stayed}).`
          : `Of the other words ${stayed} of ${stayed + lost.length} stayed; lost: ${lost.map(said).join(', ')}.`
        : '',
      `The pixels moved by ${percent(distance)} of black to white.`,
    ]
      .filter(Boolean)
      .join(' '),
  unsure: 'can’t tell',
  fault: 'That did not work.',

  plot: 'Strength against faithfulness',
  plotHelp:
    'Weak: everything stays, and nothing changes. Strong: the new word comes, and the rest goes with the film. Somewhere between, both can be had.',
  tryAll: 'Try every strength',
  lines: { changed: 'what was to change did', stayed: 'what was to stay did' },
  table: 'As a table',
  columns: { strength: 'Strength', changed: 'Changed', stayed: 'Stayed', distance: 'Pixels moved', show: 'Show' },
  showTry: (strength: number) => `Show the film of strength ${percent(strength)}`,
  percent,
};

export type EditStrings = typeof edit;

function said({ name, before, after }: Word): string {
  return `${name.toLowerCase()} (${before ?? 'nothing'} → ${after ?? 'nothing'})`;
}
