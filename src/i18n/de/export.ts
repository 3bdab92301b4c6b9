/** Was gesagt wird, wo man einen Film mitnimmt, prüft oder auf eine andere Seite stellt. */
import type { ExportStrings } from '../en/export';

export const takeAway: ExportStrings = {
  title: 'Nimm den Film mit',
  what: 'Was',
  whats: {
    film: 'Der Film',
    clearing: 'Der Film, wie er sich aus dem Rauschen klärt',
    frame: 'Das Bild, das du gerade siehst',
    strip: 'Alle Bilder nebeneinander',
    sheet: 'Der Bogen als Plakat',
  },
  format: 'Als',
  formats: {
    mp4: 'MP4: für Folien und Handys',
    webm: 'WebM: für Webseiten',
    gif: 'GIF: läuft überall, in Schleife',
    png: 'PNG',
  },
  asking: (name) => `${name} (der Browser wird gefragt …)`,
  lacking: (name) => `${name} (dieser Browser kann keins machen)`,
  noVideo: 'Dieser Browser kann keine Videodatei machen. Ein GIF läuft überall.',
  size: 'Größe',
  sizeOf: (pixels) => `${pixels} Pixel`,
  cellOf: (pixels) => `je ${pixels} Pixel, für Papier`,
  look: 'Beim Vergrößern',
  smooth: 'weich',
  crisp: 'scharf: jedes Pixel ein Quadrat',
  drawn: 'Vom Decoder groß gezeichnet',
  label: 'Ein kleiner Hinweis im Bild: AI-generated (von KI gemacht)',
  save: (format) => `${format} speichern`,
  working: {
    drawing: 'Der Decoder zeichnet …',
    packing: 'Wird verpackt …',
  },
  cancel: 'Abbrechen',
  saved: (name, bytes) => `Gespeichert: ${name}, ${size(bytes)}.`,
  notYet: 'Zum Mitnehmen gibt es etwas, sobald ein Lauf durch ist.',
  inIt: 'In jeder Datei steht, für Maschinen, dass ein trainiertes Netz sie gemacht hat, und das Rezept, nach dem sie sich noch einmal machen lässt. Der Film gehört dir: Mach damit, was du willst (CC0).',

  poster: {
    across: (frames) => `Quer läuft die Filmzeit: ${frames} Bilder, ${number(frames / 8)} Sekunden.`,
    down: (steps) => `Nach unten läuft das Klären: ${steps} Schritte, vom reinen Rauschen bis zum fertigen Film.`,
    shows: {
      x: 'Jedes kleine Bild: was es vor sich hat, Film und Rauschen.',
      guess: 'Jedes kleine Bild: seine Vermutung des fertigen Films.',
    },
    frame: (frame) => String(frame),
    row: (step, noise) => `Schritt ${step}: ${Math.round(100 * noise)} % Rauschen`,
    settings: (seed, steps, sampler, guidance) =>
      `Startzahl ${seed}, ${steps} Schritte, Verfahren ${sampler}, Führung ${number(guidance)}.`,
    made: (model) => `Gemacht vom Netz ${model} von Snowglobe. Frei für jeden Zweck (CC0).`,
    label: 'Von KI gemacht',
  },

  check: {
    title: 'Ist eine Datei von hier?',
    help: 'Zieh ein GIF, PNG oder Video her, das hier gespeichert wurde. Die Seite macht den Film nach dem Rezept darin noch einmal und vergleicht.',
    choose: 'Datei prüfen',
    stages: {
      reading: 'Die Datei wird gelesen …',
      loading: 'Das Netz ist noch nicht da …',
      making: 'Der Film wird noch einmal gemacht …',
      drawing: 'Der Decoder zeichnet …',
      comparing: 'Vergleich, Bild für Bild …',
    },
    same: (prompt) => `Sie ist, was sie sagt: Das Netz hier macht aus „${prompt}“ genau diesen Film.`,
    off: (off, limit) =>
      `Wo sie am meisten abweicht, sind es ${number(off)} von 255 Stufen; bis ${limit} ist bei so einer Datei normal.`,
    altered: (prompt) => `Sie ist nicht, was sie sagt: Aus ihrem Rezept, „${prompt}“, wird etwas anderes.`,
    why: {
      recipe: 'Im Rezept steht etwas, das diese Seite nie schreibt.',
      size: 'Die Bilder haben eine andere Größe.',
      count: 'Es sind mehr Bilder, oder weniger.',
      length: 'Sie läuft schneller oder langsamer.',
      pixels: (picture) => `Am meisten weicht Bild ${picture} ab.`,
    },
    unknown: 'Unbekannt: In ihr steht kein Rezept dieser Seite.',
    labelled: 'Unbekannt: In ihr steht, dass eine KI sie gemacht hat, aber kein Rezept dieser Seite.',
    unknownHelp: 'Das macht sie nicht echt und nicht gefälscht: So eine Datei lässt sich hier nicht prüfen.',
    given: (prompt) =>
      `Sie lässt sich nicht noch einmal machen: In ihr steckt mehr als Wörter und Zahlen („${prompt}“), etwa ein eigenes Bild.`,
    weights: (prompt) =>
      `Es lässt sich nicht sagen: „${prompt}“ ist von einer anderen Fassung des Netzes als der hier.`,
    unreadable: 'Die Datei ließ sich nicht bis zum Ende lesen.',
    proves: 'Was das zeigt, und was nicht',
    provesText: [
      'Wenn es passt, sind die Bilder das, was dieses Netz aus dem Rezept macht. Wer an den Bildern oder am Rezept etwas ändert, fällt auf; nur so kleine Änderungen nicht, wie sie schon das Verpacken eines Films macht.',
      'Es zeigt nicht, wer die Datei gemacht hat, oder wann: Mit dieser Seite kann jeder die gleiche machen. Viele Programme und Messenger werfen das Rezept weg, und wer es verbergen will, kann das auch.',
      'Eine Datei ohne Rezept ist unbekannt. Nichts hier kann sagen, dass etwas echt ist.',
    ],
  },

  embed: {
    title: 'Auf deiner eigenen Webseite',
    help: 'Der Film allein, in einem Rahmen. Er lässt auf dem Gerät der Besucher nichts zurück.',
    copy: 'Code zum Einbetten kopieren',
    copied: 'Der Code ist kopiert.',
    notCopied: 'Er ließ sich nicht kopieren. Hier ist der Code:',
    waits: 'Einen Moment …',
    line: (prompt) => `„${prompt}“, gemacht von einer kleinen KI.`,
    open: 'Sieh, wie: Schritt für Schritt',
    frame: (prompt) => `Ein Film, den ein kleines neuronales Netz gemacht hat: ${prompt}`,
  },
};

function size(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${(bytes / 1e6).toFixed(1).replace('.', ',')} MB`;
}

function number(value: number): string {
  return String(Math.round(10 * value) / 10).replace('.', ',');
}
