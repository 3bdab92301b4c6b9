/** Jeder Satz zum Ändern eines Films mit Wörtern. */
import type { EditStrings } from '../en/edit';
import { percent } from './numbers';

type Word = Parameters<EditStrings['found']>[0][number];

export const edit: EditStrings = {
  title: 'Mit Wörtern ändern',
  help: 'Über den Film auf der Bühne kommt Rauschen, und das Netz macht ihn wieder klar: mit anderen Wörtern. Je mehr Rauschen, desto mehr kann sich ändern, und desto weniger bleibt.',
  words: 'Aus dem Film soll werden',
  placeholder: 'Ein kleiner blauer Ball hüpft bei Nacht.',
  takeWords: 'Seine eigenen Wörter nehmen, um einige zu ändern',
  strength: 'Stärke',
  strengthSaid: (strength) => `${percent(strength)} Rauschen am Anfang`,
  way: 'Am Anfang steht',
  ways: { noise: 'Rauschen über dem Film', invert: 'das Rauschen, aus dem er kommt' },
  waysHelp: {
    noise: 'Frisches Rauschen deckt den Film zu (SDEdit). Was es verdeckt, wird neu erfunden.',
    invert:
      'Die Schritte werden mit den alten Wörtern rückwärts gegangen, bis zu dem Rauschen, aus dem dieser Film kommt (Inversion). Dieses Rauschen erinnert sich an mehr. Es dauert doppelt so lange.',
  },
  change: 'Ändern',
  stop: 'Anhalten',
  toCome: (runs) => (runs === 1 ? 'Wird gemacht …' : `Wird gemacht; danach kommen noch ${runs - 1} …`),
  load: 'Netz laden',
  obstacles: {
    nothing: 'Auf der Bühne ist noch kein fertiger Film. Schüttle zuerst.',
    running: 'Der Film auf der Bühne wird noch gemacht.',
    noModel: 'Es ist kein Netz geladen, das ihn ändern könnte.',
    loading: 'Das Netz ist unterwegs. Dann kannst du ihn ändern.',
  },
  before: 'Vorher',
  after: 'Nachher',
  toStage: 'Auf die Bühne',
  reading: 'Sieht nach, was sich geändert hat …',
  found: (changed, failed, lost, stayed, distance) =>
    [
      changed.length > 0 ? `Wie verlangt geändert: ${changed.map(said).join(', ')}.` : '',
      failed.length > 0 ? `Verlangt, aber nicht zu sehen: ${failed.map(said).join(', ')}.` : '',
      changed.length + failed.length === 0 ? 'Der Film zeigte alle diese Wörter schon.' : '',
      stayed + lost.length > 0
        ? lost.length === 0
          ? `Jedes andere Wort ist geblieben (${stayed} von ${stayed}).`
          : `Von den anderen Wörtern sind ${stayed} von ${stayed + lost.length} geblieben; verloren: ${lost.map(said).join(', ')}.`
        : '',
      `Die Pixel haben sich um ${percent(distance)} von Schwarz nach Weiß bewegt.`,
    ]
      .filter(Boolean)
      .join(' '),
  unsure: 'nicht zu erkennen',
  fault: 'Das ging nicht.',

  plot: 'Stärke gegen Treue',
  plotHelp:
    'Schwach: Alles bleibt, und nichts ändert sich. Stark: Das neue Wort kommt, und der Rest geht mit dem Film. Irgendwo dazwischen geht beides.',
  tryAll: 'Jede Stärke versuchen',
  lines: { changed: 'was sich ändern sollte, hat sich geändert', stayed: 'was bleiben sollte, ist geblieben' },
  table: 'Als Tabelle',
  columns: { strength: 'Stärke', changed: 'Geändert', stayed: 'Geblieben', distance: 'Pixel bewegt', show: 'Zeigen' },
  showTry: (strength) => `Den Film der Stärke ${percent(strength)} zeigen`,
  percent,
};

function said({ name, before, after }: Word): string {
  return `${name} (${before ?? 'nichts'} → ${after ?? 'nichts'})`;
}
