/** Jeder Satz von „Was wäre, wenn“ in der Ansicht Innen. Er kommt mit der Ansicht. */
import type { Part, WhatIfStrings } from '../en/what-if';

export const whatIf: WhatIfStrings = {
  title: 'Was wäre, wenn …',
  help: 'Nimm dem Netz etwas weg und lass es denselben Film aus demselben Rauschen zeichnen. Was dem Film dann fehlt, hat dieser Teil getan. Das Fach nennt das eine Ablation.',
  choose: 'Was wäre, wenn',
  kinds: {
    time: 'kein Patch zu anderen Zeiten schauen könnte',
    space: 'kein Patch an andere Orte schauen könnte',
    words: 'kein Patch die Wörter lesen könnte, ab einem Block',
    block: 'ein Block fehlte',
    head: 'ein Kopf still wäre',
    shuffle: 'jedem Patch der Ort eines anderen gesagt würde',
    key: 'ein Wort lauter oder leiser wäre',
  },
  about: {
    time: 'Ein Patch liest nur Patches seiner eigenen Bilder, und die Wörter.',
    space: 'Ein Patch liest nur die Patches an seiner eigenen Stelle im Bild, zu allen Zeiten, und die Wörter.',
    words:
      'Ab diesem Block lesen Patches nichts mehr vom Prompt. Jeder Block hört noch vom Prompt als Ganzem, in einem Vektor, der seine Zahlen verschiebt und streckt.',
    block: 'Die Tokens gehen an ihm vorbei, als wäre er nicht da.',
    head: 'Was dieser Kopf liest, zählt nichts. Die anderen Köpfe des Blocks machen weiter.',
    shuffle:
      'Was in einem Patch ist, bleibt; nur die Nummer seines Bildes, seiner Zeile und Spalte ist die eines anderen.',
    key: 'Patches vergleichen, was sie suchen, mit dem Schlüssel (key) jedes Wortes. Hier wird der Schlüssel eines Wortes malgenommen: Bei 100 % ändert sich nichts, bei 0 % kann kein Patch es erkennen.',
  },
  block: 'Block',
  fromBlock: 'Ab Block',
  head: 'Kopf',
  word: 'Wort',
  percent: 'Seine Schlüssel',
  noWord: 'Der Prompt hat kein Wort, das dieses Netz kennt.',
  try: 'Probier es',
  stage: 'Auf der Bühne',
  toStage: 'Auf die Bühne damit',
  forget: 'Weg damit',
  measuring: 'Unser Leser schaut beide Filme an …',
  without: (parts) => (parts.length === 0 ? 'das ganze Netz' : parts.map(named).join(', ')),
  same: { both: 'Am Ende ist es noch dasselbe Ding.', lost: 'Aber das Ding bleibt nicht bis zum Ende dasselbe.', won: 'Und jetzt bleibt das Ding bis zum Ende dasselbe.', neither: 'In keinem der Filme bleibt das Ding bis zum Ende dasselbe.' }, // prettier-ignore
};

function named(part: Part): string {
  switch (part.kind) {
    case 'time':
      return 'ohne Aufmerksamkeit über die Zeit';
    case 'space':
      return 'ohne Aufmerksamkeit über den Raum';
    case 'words':
      return part.block === 0
        ? 'ohne Aufmerksamkeit für die Wörter'
        : `ohne Aufmerksamkeit für die Wörter ab Block ${part.block + 1}`;
    case 'block':
      return `ohne Block ${part.block + 1}`;
    case 'head':
      return `ohne Kopf ${part.head + 1} von Block ${part.block + 1}`;
    case 'shuffle':
      return 'mit vertauschten Orten';
    case 'key':
      return `mit Schlüsseln von „${part.word}“ bei ${part.percent}\u00a0%`;
    case 'vector':
      return part.word === part.minus
        ? `mit „${part.word}“ ${part.percent}\u00a0% auf dem Weg zu „${part.plus}“`
        : `mit „${part.word}“ − „${part.minus}“ + „${part.plus}“ (${part.percent}\u00a0%)`;
  }
}
