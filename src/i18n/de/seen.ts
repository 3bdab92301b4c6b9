/** Jeder Satz darüber, was das Netz gesehen hat, in der Ansicht Innen. Er kommt mit der Ansicht. */
import type { SeenStrings } from '../en/seen';

export const seen: SeenStrings = {
  title: 'Was es gesehen hat',
  help: 'Das Netz lernte an Szenen, die ein Programm ausgelost und gezeichnet hat, jede nur einmal. Hier steht, wie oft zwei Wörter zusammen vorkamen und welche Paare absichtlich fehlten. Drück auf ein Feld, um einen echten Clip zu sehen: gezeichnet von jenem Programm, nicht vom Netz.',
  rows: 'Nach unten',
  columns: 'Nach rechts',
  axes: { colour: 'Farben', thing: 'Dinge', motion: 'Bewegungen', setting: 'Orte' },
  map: (rows, columns) => `Wie oft das Training ${rows} mit ${columns} gezeichnet hat: in 10.000 Szenen mit einem Ding`,
  times: (share) => String(Math.round(10_000 * share)),
  field: (row, column, share) =>
    share === 0 ? `${row}, ${column}: ausgelassen` : `${row}, ${column}: ${Math.round(10_000 * share)} von 10.000`,
  legend: '✕ absichtlich ausgelassen',
  asked: (prompt) => `Ein echter Clip: ${prompt}`,
  inHole: (row, column) =>
    `Das Training hat „${row}“ nie zusammen mit „${column}“ gezeigt. Kann das Netz es trotzdem zeichnen, hat es zwei Dinge zusammengesetzt, die es einzeln kennt.`,
  common: (row, column) => `Das Training hat „${row}“ viele Male zusammen mit „${column}“ gezeigt.`,
  another: 'Noch einer',
  ask: 'Das Netz danach fragen',
};
