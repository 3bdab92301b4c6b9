/** Jeder Satz der Ansicht Machen. */
import type { MakeStrings } from '../en/make';
import { rounded } from './numbers';

export const make: MakeStrings = {
  title: 'Machen',
  help: 'Ein Film, von dem Teile vorgegeben sind: Sie bleiben, wie sie sind, und das Netz erfindet den Rest so, dass er passt.',
  startsTitle: 'Was willst du machen?',
  starts: {
    still: 'Ein Bild bewegen',
    forward: 'Weiter',
    backward: 'Was war davor?',
    gap: 'Eine Lücke füllen',
    loop: 'Zur Schleife schließen',
    connect: 'Zwei Filme verbinden',
    region: 'Einen Teil neu malen',
    shift: 'Über den Rand schauen',
  },
  about: {
    still: 'Ein Bild ist vorgegeben, als erstes des Films. Was dann geschieht, wird erfunden.',
    forward: 'Die letzten Bilder des Films sind als erste eines neuen vorgegeben: Er geht von dort weiter.',
    backward: 'Die ersten Bilder des Films sind als letzte eines neuen vorgegeben: Du siehst, wie es dazu kam.',
    gap: 'Anfang und Ende sind vorgegeben. Was dazwischen geschieht, wird erfunden.',
    loop: 'Zuerst ist das Ende des Films vorgegeben, zuletzt sein Anfang: Der Weg vom einen zum anderen wird erfunden.',
    connect:
      'Zuerst ist das Ende des einen Films vorgegeben, zuletzt der Anfang eines anderen: Der Weg dazwischen wird erfunden.',
    region: 'Der ganze Film ist vorgegeben bis auf einen Teil des Bildes, der neu erfunden wird.',
    shift: 'Das Bild wird zur Seite geschoben. Was am Rand hereinkommt, wird erfunden.',
  },
  formatsTitle: 'Oder nur aus Wörtern, in anderer Länge oder Form',
  formats: {
    usual: 'wie immer',
    short: '8 Bilder',
    long: '24 Bilder',
    wide: 'breit',
    tall: 'hoch',
    still: 'ein Bild',
  },
  formatAbout: (format, frames, height, width) =>
    ({
      short: `${frames} Bilder: halb so viele wie sonst, also halb so viele Patches.`,
      long: `${frames} Bilder: Patches, die später liegen als alle im Training. Geht es weiter, wie es anfing?`,
      wide: `${width} Pixel breit und ${height} hoch. Ein Bild dieser Form hat es nie gesehen: Wo stimmen seine Patches noch?`,
      tall: `${height} Pixel hoch und ${width} breit. Ein Bild dieser Form hat es nie gesehen: Was setzt es dahin, wo nie etwas war?`,
      still: `Ein Bild: ein Patch in der Zeit, das sind ${frames} Bilder, und nichts bewegt sich.`,
    })[format] ?? '',
  formatHelp:
    'Große Systeme machen Filme in vielen Längen und Formen, weil sie alle in Patches schneiden: mehr Rauschen, mehr Patches, ein größerer Film. Auch dieses Netz liest beliebig viele Patches, trainiert wurde es aber auf eine Größe.',
  own: 'Dein eigener Plan: Jedes Bild ist vorgegeben oder erfunden, wie du es gewählt hast.',

  // der Streifen
  strip: 'Der neue Film, Bild für Bild',
  stripHelp: 'Drück auf ein Bild, um es zu ändern. Mit der Tastatur: Pfeile zum Gehen, Leertaste zum Ändern.',
  frame: (frame, source, second) =>
    source === null
      ? `Bild ${frame}: erfunden`
      : `Bild ${frame}: vorgegeben, Bild ${source} des ${second ? 'zweiten Films' : 'Films'}`,
  madeUp: 'erfunden',
  given: 'vorgegeben',
  count: 'Vorgegebene Bilder an jedem Ende',
  still: 'Welches Bild des Films',
  secondFilm: 'Der Film, der danach kommt',
  choose: 'Wähle …',
  right: 'Nach rechts geschoben',
  down: 'Nach unten geschoben',
  pixels: (count) => `${count.toString().replace('-', '−')} Pixel`,

  // ein Teil des Bildes
  part: 'Ein Teil des Bildes',
  partHelp:
    'Zeichne auf das Bild: Was gestreift ist, wird erfunden. Mit der Tastatur: Pfeile zum Gehen; die Leertaste setzt eine Ecke, dann die andere, oder malt.',
  markPart: 'Einen Teil markieren',
  tools: { box: 'Rechteck', brush: 'Pinsel', eraser: 'Zurückgeben' },
  canvas: (frame) => `Bild ${frame} des neuen Films`,
  pixel: (column, row, given, corner) =>
    `Spalte ${column}, Zeile ${row}: ${given ? 'vorgegeben' : 'erfunden'}${corner ? '; eine Ecke ist gesetzt' : ''}`,
  fromFrame: 'von Bild',
  toFrame: 'bis Bild',

  // machen
  make: 'Mach es',
  makeHelp: (prompt) => `Mit deinen Wörtern: „${prompt}“.`,
  quiet:
    'Wie stark die Wörter ziehen (Guidance), geht auf 1, wenn du nichts gewählt hast: Was vorgegeben ist, sagt schon, wie alles aussieht.',
  noWords: 'Ohne Wörter: Alles kann erscheinen.',
  stop: 'Halt',
  obstacles: {
    nothing: 'Noch ist kein Film da, mit dem man beginnen kann. Schüttle zuerst, oder nimm unten ein Bild.',
    noModel: 'Es ist kein Netz geladen, das es machen könnte.',
    loading: 'Das Netz ist unterwegs. Dann kannst du es machen.',
    shape: 'Dieser Film hat eine andere Größe als die des geladenen Netzes. Schüttle für einen, der passt.',
    second: 'Wähle oben den Film, der danach kommt. Ist keiner da, schüttle für einen.',
    allGiven: 'Alles ist vorgegeben: Es gibt nichts zu erfinden.',
  },
  load: 'Das Netz laden',

  // was daraus wurde
  kept: (off) =>
    off < 0.0005
      ? 'Was vorgegeben war, kam durch, wie es ist: Das Netz erfährt, dass in diesen Pixeln kein Rauschen ist, und seine eigene Vermutung ließ sie in Ruhe.'
      : off < 0.04
        ? `Das Netz hat verstanden, was vorgegeben war: Seine eigene Vermutung traf es bis auf ${rounded(off)} von Schwarz bis Weiß.`
        : `Die eigene Vermutung des Netzes verfehlte das Vorgegebene um ${rounded(off)} von Schwarz bis Weiß; es wurde wieder eingesetzt.`,
  seam: (smooth, seam, usual, most) =>
    smooth
      ? `Wo Vorgegebenes und Erfundenes sich treffen, ändert sich das Bild um ${rounded(seam)}, nicht mehr als anderswo im Film (meist ${rounded(usual)}, höchstens ${rounded(most)}).`
      : `Wo Vorgegebenes und Erfundenes sich treffen, springt der Film um ${rounded(seam)}; anderswo ändert er sich meist um ${rounded(usual)}, höchstens um ${rounded(most)}.`,
  edge: (smooth, seam, most) =>
    smooth
      ? `Am Rand des Teils unterscheiden sich Nachbarn um ${rounded(seam)}, etwa wie daneben (${rounded(most)}).`
      : `Am Rand des Teils unterscheiden sich Nachbarn um ${rounded(seam)}, daneben um ${rounded(most)}: Man sieht den Rand.`,
  numbers: 'In Zahlen',
  decibels: 'Vorgegebene Pixel in der Vermutung selbst, bevor sie wieder eingesetzt wurden (PSNR)',
  timeSeam:
    'Von Bild zu Bild, wo Vorgegebenes und Erfundenes sich treffen (quadratisches Mittel, Schwarz bis Weiß ist 100 %)',
  spaceSeam: 'Von Pixel zu Pixel über den Rand',
  elsewhere: 'Anderswo: meist, höchstens',
  trueFilms: (share) =>
    `Zum Vergleich: In Filmen, die unser eigener Zeichner gezeichnet hat, ist diese Stelle in ${Math.round(100 * share)} von 100 Filmen nicht größer als der Rest.`,
  dB: (value) => `${value.toFixed(1).replace('.', ',')} dB`,
  percents: (...shares) => shares.map(rounded).join('; '),

  // weiter
  goOn: 'Und weiter',
  goOnHelp:
    'Jeder Abschnitt beginnt mit den letzten Bildern des vorigen. Auch große Systeme machen lange Filme so, und was sie machen, entfernt sich von dem, was es war.',
  more: 'Noch ein Abschnitt',
  minute: 'Weiter bis zu einer Minute',
  toCome: (clips) => (clips === 1 ? 'Ein Abschnitt kommt noch.' : `${clips} Abschnitte kommen noch.`),
  whole: (seconds) => `Der ganze Film: ${tenths(seconds)} Sekunden`,
  play: 'Abspielen',
  pause: 'Anhalten',
  place: 'Stelle im Film',
  at: (seconds) => `${tenths(seconds)} s`,
  drift: 'Wie er sich entfernt',
  driftSaid: ({ seconds, thing, law, colour }) =>
    [
      thing === null
        ? `Nach ${tenths(seconds)} s ist es noch dasselbe Ding`
        : `Ab ${tenths(thing)} s ist das Ding nicht mehr das, das es war`,
      colour === null ? '' : `seine Farbe liegt ${rounded(colour)} von Schwarz bis Weiß neben der vom Anfang`,
      law === null
        ? 'es bewegt sich in jedem Abschnitt nach seinem Gesetz'
        : `im Abschnitt bis ${tenths(law)} s bricht es zum ersten Mal sein Gesetz`,
    ]
      .filter(Boolean)
      .join('; ') + '.',
  driftRows: { thing: 'Dasselbe Ding', colour: 'Farbe daneben um', law: 'Bewegt sich nach seinem Gesetz' },
  driftMarks: { kept: 'ja', lost: 'nein', undecided: 'nicht zu erkennen' },
  upTo: 'Bis',

  // woraus
  source: 'Welcher Film vorgegeben ist',
  sourceNow: (prompt) => (prompt === null ? 'Jetzt: dein eigenes Bild.' : `Jetzt: „${prompt}“.`),
  pictureInLink:
    'Es bleibt auf diesem Gerät, aber ein Link zu einem Film daraus enthält das Bild: Wer den Link bekommt, kann es sehen.',
  stage: 'Den Film auf der Bühne nehmen',
  ofVisit: 'Ein Film dieses Besuchs',
  ownPicture: 'Ein eigenes Bild',
};

function tenths(seconds: number): string {
  return seconds.toFixed(1).replace('.', ',');
}
