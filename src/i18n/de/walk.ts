/** Jeder Satz vom Gang durch einen Schritt in der Ansicht Innen. Er kommt mit der Ansicht. */
import type { WalkStrings } from '../en/walk';
import { percent } from './numbers';

export const walk: WalkStrings = {
  title: 'Ein Gang durch einen Schritt',
  help: 'Der ganze Weg, von deinen Wörtern und dem verrauschten Clip bis zum nächsten Clip. Drück auf eine Station: Sie zeigt ihre Zahlen für das Patch, das oben gewählt ist.',
  picture: 'Die Stationen eines Schritts',
  prompt: 'Deine Wörter',
  clip: 'Der verrauschte Clip',
  blocks: (depth) => `${depth} Blöcke nacheinander`,
  names: {
    words: 'Wörter zu Tokens',
    encoder: 'Text-Encoder',
    keys: 'Schlüssel und Werte',
    patches: 'Patches',
    tokens: 'Tokens',
    level: 'Rauschstufe',
    attention: 'Aufmerksamkeit',
    mlp: 'MLP mit Toren',
    head: 'Kopf am Ende',
    guess: 'Vermutung',
    next: 'Nächster Clip',
  },
  shape: (shape) => `${shape} Zahlen`,
  says: {
    words: ({ words, places }) =>
      words.length === 0
        ? `Der Prompt hat kein Wort, das dieses Netz kennt: ein Startzeichen und leere Plätze, zusammen ${places} Tokens.`
        : `Aus dem Prompt werden ${places} Tokens: ein Startzeichen, ${words.map(({ text, token }) => `${text} = ${token}`).join(', ')}, und leere Plätze. Die Zahl ist der Platz des Wortes in der Liste aller Wörter.`,
    encoder: ({ dim }) =>
      `Zu jedem Token gibt es einen gelernten Vektor aus ${dim} Zahlen. In einem kleinen Transformer für sich lesen die Wörter einander, damit „red“ von „ball“ wissen kann.`,
    keys: ({ depth, heads, dim }) =>
      `Jeder der ${depth} Blöcke macht aus den Wörtern Schlüssel und Werte (keys, values), für jeden seiner ${heads} Köpfe ${dim / heads} Zahlen. Das geschieht einmal je Prompt, nicht einmal je Schritt.`,
    patches: ({ clip: [frames, height, width], patches, pixels }) =>
      `Der Clip aus ${frames} Bildern, ${height} × ${width}, wird in ${patches} Patches zu ${pixels} Pixeln zerschnitten. Jeder Pixel bringt vier Zahlen mit: drei Farben und seine Rauschstufe.`,
    tokens: ({ dim, passages }) =>
      `Zwei Matrizen machen aus jedem Patch ein Token aus ${dim} Zahlen. Das gewählte hat die Länge ${two(passages[0].before)}. Wo es in der Zeit, in Zeile und Spalte liegt, erfahren jede Anfrage und jeder Schlüssel: Sie werden um Winkel gedreht.`,
    level: ({ noise, dim }) =>
      `Dem Netz wird gesagt, dass ${percent(noise)} des Clips Rauschen sind. Daraus und aus dem Prompt als Ganzem werden ${6 * dim} Zahlen, die verschieben, strecken und öffnen oder schließen, was jeder Block tut.`,
    attention: ({ patches, places, heads }) =>
      `Das Token fragt mit seiner Anfrage (query), in jedem von ${heads} Köpfen: Welche der ${patches} Patches und ${places} Plätze des Prompts haben einen Schlüssel, der passt? Deren Werte nimmt es nach diesen Anteilen, und was daraus wird, zählt es zu sich hinzu.`,
    mlp: ({ hidden }) =>
      `Dann wird an jedem Token für sich gerechnet, über ${hidden} Zahlen, von denen die eine Hälfte sagt, wie weit die andere zählt. Auch was daraus wird, kommt hinzu.`,
    head: ({ channels, pixels }) =>
      `Am Ende wird jedes Token zu ${channels * pixels} Zahlen: drei Farben für jeden seiner ${pixels} Pixel${channels > 3 ? ', und wie sicher es sich bei jedem ist' : ''}.`,
    guess: ({ channels, detail }) =>
      `Wieder zusammengesetzt sind die Patches die Vermutung des fertigen Clips${detail ? '. Ein zweites, kleines Netz, der Kopf für Einzelheiten (detail head), sieht jeden ihrer Pixel mit denen ringsum, neben den verrauschten, und bessert Umrisse aus, die zwischen Patches ausfransen' : ''}${channels > 3 ? '; wo das Netz nicht sicher ist, redet der verrauschte Pixel mit' : ''}. Die Führung mischt sie dann mit der Vermutung ohne Wörter.`,
    next: ({ t: [now, next] }) =>
      next === 1
        ? 'Das war der letzte Schritt: Die Vermutung ist der fertige Film.'
        : `Das Verfahren geht von t = ${two(now)} nach t = ${two(next)}: ein Stück auf die Vermutung zu. Was herauskommt, ist der Clip des nächsten Schritts.`,
  },
  most: ({ most: { block, by, attention, mlp, before } }) =>
    `Am meisten zählt ${by === 'attention' ? 'die Aufmerksamkeit' : 'das MLP'} von Block ${block + 1} hinzu: eine Länge von ${two(by === 'attention' ? attention : mlp)} zu einem Token der Länge ${two(before)}.`,
  table: 'Längen des gewählten Tokens in jedem Block',
  columns: {
    block: 'Block',
    before: 'vorher',
    attention: 'Aufmerksamkeit zählt hinzu',
    mlp: 'MLP zählt hinzu',
    after: 'nachher',
  },
  number: (value) => two(value),
  formula: 'Die Formel',
  code: 'Die Zeilen im Code',
  languages: { ts: 'TypeScript (in dieser Seite)', py: 'PyTorch (im Training)' },
  where: (file, first, last) => `${file}, Zeilen ${first} bis ${last}`,
  coming: 'Der Code ist unterwegs …',
  failed: 'Der Code ließ sich nicht holen. Prüfe die Verbindung und versuch es noch einmal.',
};

function two(value: number): string {
  return value.toFixed(2).replace('.', ',');
}
