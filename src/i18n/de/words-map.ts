/** Jeder Satz darüber, wohin das Netz seine Wörter gelegt hat, in der Ansicht Innen. Er kommt mit der Ansicht. */
import type { WordsMapStrings } from '../en/words-map';

export const wordsMap: WordsMapStrings = {
  title: 'Wörter als Orte',
  help: 'Für jedes Wort hat das Netz einen Vektor gelernt: einen Ort in einem Raum mit so vielen Richtungen, wie ein Token Zahlen hat. Niemand hat ihm gesagt, welche Wörter zusammengehören.',
  open: 'Die Wörter zeigen',
  needsNetwork: 'Dazu braucht es das Netz, und das ist noch nicht bereit.',
  failed: 'Das Netz ließ sich diesmal nicht fragen.',
  plane: (share) =>
    `Die Wörter auf der Ebene, die am meisten von ihren Unterschieden zeigt: ${Math.round(100 * share)}\u00a0% davon. Der Rest liegt in Richtungen, die kein Papier hat.`,
  picture: (words) => `${words} Wörter auf einer Ebene; was nah beieinanderliegt, steht darunter in Worten`,
  word: 'Wort',
  nearest: (word, near) =>
    `Am nächsten bei „${word}“ liegen von allen Wörtern: ${near.map(({ word, likeness }) => `${word} (${signed(likeness)})`).join(', ')}. 1 ist dieselbe Richtung, 0 hat nichts damit zu tun.`,
  farthest: (word, { word: other, likeness }) => `Am weitesten weg von „${word}“: ${other} (${signed(likeness)}).`,
  together: (near, of, kind) =>
    `Von den ${of} Wörtern für ${plural[kind]} haben ${near} ein anderes dieser Art als nächstes Wort.`,
  slide: {
    title: 'Ein Wort verschieben',
    help: 'Der Film auf der Bühne noch einmal, aus demselben Rauschen. Der Satz bleibt, wie er ist, aber eines seiner Wörter wird mit einem anderen Vektor gesagt: ein Stück auf dem Weg zu einem anderen Wort, oder ein Wort weg und ein anderes dazu. Bedeuten die Orte der Wörter etwas? Dann folgt der Film.',
    word: 'Wort des Prompts',
    minus: 'Wegnehmen',
    plus: 'Dazutun',
    way: (percent) => `Wie viel davon: ${percent}\u00a0%`,
    all: 'Alle fünf zeichnen',
    toStage: 'Diesen auf die Bühne',
    films: 'Der Film, Halt für Halt',
    film: (percent, seen) =>
      seen === null ? `${percent}\u00a0%: der Film` : `${percent}\u00a0%: der Film, in dem „${seen}“ zu sehen ist`,
    empty: 'noch nicht gezeichnet',
    right: (right, asked) => `${right} von ${asked} Wörtern stimmen`,
    nothing: 'Schüttle zuerst, und lass den Film fertig werden.',
    start: 'Bewege den Regler, oder lass alle fünf zeichnen. Jeder Film dauert so lange wie einmal Schütteln.',
    said: (word, stops) =>
      `Für „${word}“ sieht unser Leser ${stops.map(({ percent, seen }) => `bei ${percent}\u00a0% ${seen === null ? 'nichts, was er nennen könnte' : `„${seen}“`}`).join(', ')}.`,
  },
  kinds: {
    colour: 'Farben',
    thing: 'Dinge',
    size: 'Größen',
    motion: 'Bewegungen',
    place: 'Orte',
    other: 'andere Wörter',
  },
};

const plural: Readonly<Record<Parameters<WordsMapStrings['together']>[2], string>> = {
  colour: 'Farben',
  thing: 'Dinge',
  size: 'Größen',
  motion: 'Bewegungen',
  place: 'Orte',
  other: 'anderes',
};

function signed(likeness: number): string {
  return likeness.toFixed(2).replace('-', '−').replace('.', ',');
}
