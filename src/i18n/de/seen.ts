/** Jeder Satz darüber, was das Netz gesehen hat, in der Ansicht Innen. Er kommt mit der Ansicht. */
import type { SeenStrings } from '../en/seen';
import { tenth } from './numbers';

export const seen: SeenStrings = {
  title: 'Was es gesehen hat',
  help: 'Das Netz lernte an Szenen, die ein Programm ausgelost und gezeichnet hat, jede nur einmal. Hier steht, wie oft zwei Wörter zusammen vorkamen und welche Paare absichtlich fehlten. Drück auf ein Feld, um einen echten Clip zu sehen: gezeichnet von jenem Programm, nicht vom Netz.',
  rows: 'Nach unten',
  columns: 'Nach rechts',
  axes: { colour: 'Farben', thing: 'Dinge', motion: 'Bewegungen', setting: 'Orte', speed: 'Tempo' },
  noSpeed: 'kein Tempo genannt',
  speedGap:
    'Auch zwischen langsam und schnell liegt ein Loch: Nie wurde ein Ding mit einem Tempo dazwischen gezeichnet.',
  odds: 'Das sind die Lose der Welt selbst. Die letzten Abschnitte des Trainings zeichneten öfter, was schwer ist (Drehen, Kreisen, Sterne).',
  noScene: (row, column) => `${row}, ${column}: So eine Szene hat die Welt nicht`,
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

  compare: 'Dieses Feld und seine Nachbarn zeichnen',
  more: 'Je zwei Filme mehr',
  compareHelp: (films) =>
    `Das Netz zeichnet von jedem ${films} Filme aus demselben Rauschen, mit Sätzen, die sich in einem Wort unterscheiden. Unser Leser sagt, in wie vielen beide Wörter des Feldes stimmen.`,
  needsNetwork: 'Dazu braucht es das Netz, und das ist noch nicht bereit.',
  tallies: 'Filme, in denen beide Wörter stimmen',
  tally: { field: 'Feld', right: 'Richtig' },
  ofFilms: (right, films) => (films === 0 ? '–' : `${right} von ${films}`),
  holeMark: 'ausgelassen',
  compared: (own, others, hole) =>
    `${hole ? 'Im Loch' : 'In diesem Feld'} stimmen ${own.right} von ${own.films} Filmen, in den Feldern daneben ${others.right} von ${others.films}.`,

  nearest: 'Hat es abgezeichnet?',
  nearestHelp: (pool) =>
    `Das Training hat keinen seiner Clips behalten: Jeder wurde einmal gezeichnet und vergessen. Darum werden ${pool} Clips neu gezeichnet, vom selben Programm und nach denselben Losen, und der Film auf der Bühne wird mit jedem verglichen, Pixel für Pixel.`,
  search: 'Die ähnlichsten Clips suchen',
  searching: (share) => `Verglichen: ${Math.round(100 * share)}\u00a0%`,
  film: 'Der Film auf der Bühne',
  nothing: 'Schüttle zuerst, und lass den Film fertig werden.',
  near: (prompt, distance) => `${prompt} Weicht um ${tenth(distance)} ab.`,
  otherFilm: 'Diese gehören zu dem Film, der vorher hier stand.',
  found: (distance, fresh) =>
    `Der ähnlichste der gezeichneten Clips weicht vom Film um ${tenth(distance)} des Wegs von Schwarz nach Weiß ab. Ein echter Clip derselben Wörter, eben erst gezeichnet und von nirgendwo abgezeichnet, ist von seinem ähnlichsten ${tenth(fresh)} weit weg. ${distance < 0.5 * fresh ? 'Der Film ist viel näher: Schau, ob er eine Kopie ist.' : 'Der Film ist nicht viel näher als das, also deutet nichts auf eine Kopie.'}`,
};
