/** Was die Seite von einem Prompt sagt, bevor er läuft. */
import type { AskingStrings } from '../en/asking';

const names: Readonly<Record<string, string>> = {
  colour: 'Farbe',
  size: 'Größe',
  thing: 'Ding',
  motion: 'Bewegung',
  speed: 'Tempo',
  setting: 'Ort',
};

export const asking: AskingStrings = {
  expect: {
    one: (all, weak) =>
      `Was zu erwarten ist: Von 100 solchen Filmen stimmen etwa ${all} in jedem Wort.${weak.length > 0 ? ` Am schwächsten: ${weak.map(({ attribute, right }) => `${names[attribute]} (stimmt in ${right})`).join(', ')}.` : ''}`,
    two: (all, colour) =>
      `Was zu erwarten ist: Zwei Dinge auf einmal sind schwer für es.${all === null ? '' : ` Von 100 solchen Filmen ${all === 0 ? 'stimmt kaum einer' : `stimmen etwa ${all}`} in jedem Wort${colour === null ? '' : `; die Farben stimmen in ${colour}`}.`}`,
    more: (things) =>
      `Was zu erwarten ist: Mit ${things} Dingen auf einmal hat es niemand gemessen. Schon zwei sind schwer für es.`,
    from: 'Gemessen an Filmen genau dieses Netzes, von einer Maschine zurückgelesen: sein Zeugnis.',
  },
  full: {
    title: 'Kurz oder ausführlich?',
    counts: (said, made) =>
      `Dieser Satz könnte ${said + made} Dinge sagen. ${said === 1 ? 'Eines kommt' : `${said} kommen`} von dir, ${made} ${made === 1 ? 'bleibt' : 'bleiben'} offen:`,
    open: (parts) =>
      `${parts.join(', ')}. Das denkt sich das Netz aus, während es das Rauschen klärt; ein anderer Seed bringt einen anderen Film.`,
    parts: { size: 'Größe', colour: 'Farbe', thing: 'das Ding', motion: 'Bewegung', speed: 'Tempo', setting: 'Ort' },
    large:
      'Große Systeme füllen erst auf: Ein Sprachmodell macht aus einem kurzen Prompt einen langen Satz, und du siehst ihn nie. Hier entscheidet das Los, und du siehst, was erfunden ist:',
    made: 'erfunden',
    take: 'Den ganzen Satz nehmen',
    both: 'Beides nebeneinander',
    bothHelp: 'Zweimal dasselbe Rauschen: einmal, wie du es gesagt hast, einmal mit allem ausgefüllt.',
    measured: (count, short, full) =>
      `Hilft das? ${count} Filme wurden kurz und ausführlich bestellt, und die Wörter, die beide sagen, wurden zurückgelesen: Alle drei stimmen in ${short} von 100 kurzen und ${full} von 100 ausführlichen.`,
  },
  surprise: {
    title: 'Drei, die niemand erwartet',
    whys: {
      hole: 'zwei Wörter, die es nie zusammen gesehen hat',
      place: 'wo man es nicht suchen würde',
      two: 'zwei Dinge auf einmal: das Schwerste für es',
    },
  },
};
