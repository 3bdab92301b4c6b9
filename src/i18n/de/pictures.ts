/** Jeder Satz über eigene Bilder: öffnen, zeichnen, und was von ihnen zu erwarten ist. */
import type { PictureStrings, Refusal } from '../en/pictures';
import { count } from './numbers';

const smaller = 'Mach es in einem Bildprogramm kleiner und nimm es dann noch einmal.';
const again = 'Hol oder kopier sie noch einmal, oder nimm eine andere.';
const asPng = 'Öffne es in einem Bildprogramm und speichere es als PNG oder JPEG.';

const kinds = { png: 'PNG', jpeg: 'JPEG', gif: 'GIF', webp: 'WebP', avif: 'AVIF', bmp: 'BMP' };

const foreign: Readonly<Record<NonNullable<Refusal['what']>, string>> = {
  archive: 'Das ist kein Bild, sondern ein gepacktes Archiv, etwa ZIP, egal wie es heißt. Entpack es und nimm ein Bild daraus.', // prettier-ignore
  code: 'Das ist kein Bild, sondern ein Programm. Nimm ein Bild: PNG, JPEG, GIF, WebP, AVIF oder BMP.',
  film: 'Das ist ein Film oder eine Animation, aber kein GIF. Nimm ein Bild oder ein animiertes GIF.',
  heic: `Das ist ein Foto im Format HEIC, das Browser nicht öffnen können. ${asPng}`,
  icon: `Das ist ein Symbol. ${asPng}`,
  pdf: 'Das ist kein Bild, sondern ein PDF. Mach ein Bildschirmfoto der Seite und öffne das.',
  photoshop: `Das ist eine Photoshop-Datei. ${asPng}`,
  run: 'Das ist ein Lauf, der hier gespeichert wurde. Öffne ihn unter „Behalten und teilen“.',
  sound: 'Das ist Ton. Nimm ein Bild: PNG, JPEG, GIF, WebP, AVIF oder BMP.',
  svg: `Das ist ein SVG, ein Bild als Programmtext, der hier nicht ausgeführt wird. ${asPng}`,
  text: 'Das ist kein Bild, sondern Text, egal wie es heißt. Nimm ein Bild: PNG, JPEG, GIF, WebP, AVIF oder BMP.',
  tiff: `Das ist ein TIFF, das Browser nicht öffnen können. ${asPng}`,
  unknown: 'Das ist kein Bild, das sich öffnen lässt, egal wie es heißt. Nimm PNG, JPEG, GIF, WebP, AVIF oder BMP.',
};

export const pictures: PictureStrings = {
  title: 'Dein eigenes Bild',
  help: 'Öffne ein Bild oder ein animiertes GIF, oder zeichne eins. Es bleibt auf diesem Gerät: Nichts wird irgendwohin geschickt.',
  ways: { open: 'Ein Bild öffnen', draw: 'Eins zeichnen' },

  choose: 'Datei wählen …',
  paste: 'Einfügen',
  dropHere: 'Oder zieh eine Datei hierher, oder kopier ein Bild und drück Strg + V.',
  opening: 'Wird geöffnet …',
  fit: 'Welcher Teil',
  fits: { fill: 'die Mitte, bis zum Rand', whole: 'alles, mit Hintergrund daneben' },
  pace: 'Tempo des GIF',
  paces: { own: 'sein eigenes, so lange der Film dauert', whole: 'alles in einem Film' },
  original: (width, height) => `Was du gegeben hast: ${count(width)} × ${count(height)} Pixel`,
  reduced: (width, height) => `Was das Netz bekommt: ${width} × ${height} Pixel`,
  frames: (frames) => `${frames} Bilder`,
  altOriginal: (name) => `Dein Bild „${name}“`,
  altReduced: (name) => `„${name}“ in der Größe des Netzes`,
  notes: {
    transparent: 'Es ist stellenweise durchsichtig: Dort zeigt sich der Hintergrund.',
    first:
      'Es ist animiert. Von dieser Art Datei wird nur das erste Bild genommen; als GIF gespeichert, werden es alle.',
    goesOn: (seconds, taken) => `Es dauert ${tenths(seconds)} s; der Film zeigt die ersten ${tenths(taken)} s davon.`,
    print: 'Es ist für einen Drucker gemacht (CMYK), seine Farben können hier anders aussehen.',
    enlarged: 'Es ist kleiner als der Film: Seine Pixel erscheinen als Quadrate.',
  },
  use: 'Dieses Bild nehmen',
  useDrawing: 'Diese Zeichnung nehmen',
  taken: (name) => `„${name}“ ist übernommen.`,
  nameless: 'Bild',
  drawingName: 'Zeichnung',

  refused: ({ reason, kind, what, width = 0, height = 0, bytes = 0, print }) => {
    const name = kind ? `${kinds[kind]}-` : '';
    const file = kind ? `${name}Datei` : 'Datei';
    switch (reason) {
      case 'empty':
        return 'Die Datei ist leer. Nimm eine andere.';
      case 'tooLarge':
        return `Die Datei ist zu groß: ${count(Math.round(bytes / 1e6))} MB, und höchstens 32 MB werden geöffnet. ${smaller}`;
      case 'tooManyPixels':
        return `Das Bild ist zu groß: Es hat ${count(width)} × ${count(height)} Pixel; höchstens 50 Millionen werden geöffnet. ${smaller}`;
      case 'notPicture':
        return foreign[what ?? 'unknown'];
      case 'cut':
        return `Die ${file} ist nicht ganz: Sie hört zu früh auf. ${again}`;
      case 'damaged':
        return `Die ${file} ist beschädigt. ${again}`;
      case 'cannot':
        return print
          ? 'Dieses JPEG hat Druckfarben (CMYK), und dein Browser macht kein Bild daraus. Speichere es mit Bildschirmfarben (RGB).'
          : `Dein Browser macht aus dieser ${file} kein Bild: Sie ist beschädigt oder von einer Art, die er nicht kennt. Speichere das Bild als PNG.`;
      case 'tooSlow':
        return `Das Bild braucht auf diesem Gerät zu lange, darum wurde es aufgegeben. ${smaller}`;
      case 'unreadable':
        return 'Die Datei ließ sich nicht lesen. Wähl sie noch einmal.';
      case 'unsupported':
        return 'Dieser Browser kann hier keine Bilder öffnen. Zeichne eins, oder nimm einen aktuellen Browser.';
    }
  },
  noPicture: 'In der Zwischenablage ist kein Bild. Kopier zuerst eins.',
  noPaste: 'Der Browser lässt diese Seite nicht in die Zwischenablage sehen. Drück Strg + V, oder wähl eine Datei.',
  noFile:
    'Das war keine Datei. Speichere das Bild zuerst auf deinem Gerät und wähl es dann: Diese Seite holt nichts von anderen.',

  expect: 'Was zu erwarten ist',
  check: 'Wie weit ist es von seiner Welt?',
  checking: 'Das Netz sieht es sich an …',
  verdicts: {
    near: 'Es könnte aus der Welt des Netzes stammen. Wahrscheinlich geht es gut weiter.',
    between: 'Es ist etwas anders als das, woraus das Netz gelernt hat. Wahrscheinlich ändern sich Teile davon.',
    far: 'Nichts, woraus das Netz gelernt hat, sieht so aus. Wahrscheinlich wird etwas aus seiner eigenen Welt daraus, oder es zerfällt.',
  },
  times: (times) =>
    times < 1.15
      ? 'Unter Rauschen errät es dieses Bild so gut wie Bilder seiner Welt.'
      : `Unter Rauschen liegt seine Vermutung bei diesem Bild ${tenths(times)}-mal so weit daneben wie bei Bildern seiner Welt.`,
  outside: (share) =>
    share < 0.005 ? 'Alle Farben sind aus seiner Welt.' : `${Math.round(100 * share)} % der Pixel haben Farben, die es in seiner Welt nicht gibt.`, // prettier-ignore
  seen: {
    things: 'Unser Leser findet Dinge seiner Welt darin.',
    setting: 'Unser Leser findet einen Ort seiner Welt darin, aber kein Ding.',
    nothing: 'Unser Leser findet nichts aus seiner Welt darin.',
  },
  noNetwork: 'Es ist kein Netz geladen, darum wurden nur die Farben und unser Leser befragt.',
  unmeasured: 'Für dieses Netz hat noch niemand gemessen, was üblich ist.',
  failed: 'Das ließ sich jetzt nicht herausfinden. Nehmen kannst du das Bild trotzdem.',

  ground: 'Hintergrund',
  grounds: {
    meadow: 'Wiese',
    sea: 'Meer',
    desert: 'Wüste',
    snow: 'Schnee',
    night: 'Nacht',
    sunset: 'Sonnenuntergang',
    light: 'einfach hell',
    dark: 'einfach dunkel',
  },
  surface: (width, height) => `Zeichnung aus ${width} mal ${height} Kästchen`,
  howTo:
    'Mit der Tastatur: Pfeiltasten bewegen, die Leertaste malt, Umschalt und eine Pfeiltaste ziehen eine Spur. Linie und Kasten beginnen mit einer Leertaste und enden mit der nächsten; Escape lässt sie fallen.',
  tool: 'Werkzeug',
  tools: { pen: 'Stift', line: 'Linie', box: 'Kasten', fill: 'Füllen', eraser: 'Radierer' },
  width: 'Dicke',
  widths: { 1: 'dünn', 3: 'mittel', 5: 'dick' },
  mirror: 'Links und rechts spiegeln',
  paint: 'Farbe',
  paints: {
    red: 'Rot',
    orange: 'Orange',
    yellow: 'Gelb',
    green: 'Grün',
    cyan: 'Türkis',
    blue: 'Blau',
    purple: 'Lila',
    pink: 'Rosa',
    light: 'Weiß',
    dark: 'Schwarz',
    fire: 'Feuergelb',
  },
  blank: 'Hintergrund',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  clear: 'Leeren',
  cell: (column, row, what) => `Spalte ${column}, Zeile ${row}: ${what}`,
  begun: (column, row) => `Begonnen in Spalte ${column}, Zeile ${row}.`,
};

function tenths(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace('.', ',') : String(Math.round(value));
}
