/** Jeder Satz der Ansicht „Innen“. Er kommt mit der Ansicht: Niemand lädt ihn, der nicht hineinschaut. */
import type { InsideStrings } from '../en/inside';
import { rounded } from './numbers';

export const inside: InsideStrings = {
  title: 'Innen',
  help: 'Ein Blick in den Transformer, in dem Schritt, auf dem du stehst. Alles wird jetzt aus seinen eigenen Zahlen errechnet.',
  of: (step, steps, noise) =>
    `Schritt ${step} von ${steps}: Das Netz bekam einen Clip mit ${rounded(noise)} Rauschen. Du siehst, was es mit deinen Wörtern daraus macht, noch ohne Führung.`,
  told: (prompt, share) =>
    share === 1
      ? `Die Wörter in diesem Schritt sind „${prompt}“.`
      : `In diesem Schritt reden zwei Prompts mit. Du siehst, was das Netz mit „${prompt}“ macht, das ${rounded(share)} davon hat.`,
  stored: (model) =>
    `Auch dieser Blick ist eine Aufnahme: ${model} wurde gefragt, als der Film aufgenommen wurde. Er hat nur diesen einen Schritt, das Mittel aller Köpfe und zwei Bilder jeder frühen Vermutung. Ist das Netz geladen, kannst du in jeden Schritt und jeden Kopf schauen.`,
  otherModel: (ran, asked) =>
    `Der Film wurde mit dem Modell ${ran} aufgenommen. Hier schaut ${asked} denselben verrauschten Clip an.`,
  obstacles: {
    nothing: 'Noch ist nichts gelaufen. Schüttle zuerst.',
    noModel: 'Der Film ist eine Aufnahme, und kein Netz ist geladen, in das man schauen könnte.',
    loading: 'Das Netz ist unterwegs. Dann kannst du hineinschauen.',
    running: 'Gerade läuft etwas. Ins Netz schauen kannst du, sobald es fertig ist.',
  },
  load: 'Das Netz laden',
  busy: 'Schaut hinein …',
  fault: 'Diesmal ließ sich nicht ins Netz schauen. Läufe gehen weiter wie zuvor.',

  patches: 'Patches',
  patchesAbout: (count, frames, height, width) =>
    `Das Netz zerschneidet den Film in ${count} Patches: ${frames} Bilder lang, ${height} × ${width} Pixel groß. Jedes Patch wird ein Token, und an allen Tokens wird zugleich gerechnet.`,
  howTo:
    'Zeig auf ein Patch; drück darauf, um es zu behalten. Mit der Tastatur: Pfeile im Bild, Bild ↑ und Bild ↓ in der Zeit.',
  given: 'Der Clip, wie ihn das Netz bekommt, Patch für Patch',
  patch: (number, count, place) => `Patch ${number} von ${count}: ${where(place)}.`,
  holds: (pixels, noise) =>
    `Es enthält ${4 * pixels} Zahlen: drei Farben und die Rauschstufe jedes seiner ${pixels} Pixel. Rauschstufe: ${rounded(noise)} Rauschen.`,
  takeApart: 'Den Clip zerlegen',
  putTogether: 'Wieder zusammensetzen',
  apart: (percent) => `zu ${percent}\u00a0% zerlegt`,
  apartAbout: (count, numbers) =>
    `So kommt der Clip beim Netz an: als Liste von ${count} Tokens, jedes aus ${numbers} Zahlen. Wo ein Token im Film war, steht nicht in der Liste; das wird ihm eigens gesagt.`,
  tokensLabel: (count) => `Der Clip als Liste von ${count} Tokens`,
  own: 'Dieses Patch, wie es gegeben ist',
  ownGuess: 'Und wie der Schritt es vermutet',

  looks: 'Wohin es schaut',
  looksAbout:
    'Jedes Patch liest von allen Patches und allen Wörtern. Wie viel von jedem, das ist seine Aufmerksamkeit (attention): Anteile, die zusammen 1 ergeben. Jeder Block hat mehrere Köpfe, und jeder schaut woandershin.',
  looked: 'Wohin das Patch schaut, über alle Bilder',
  block: 'Block',
  head: 'Kopf',
  mean: 'Mittel aller',
  number: (index) => String(index + 1),
  gaze: ({ frames, framesShare, ownPlace, ownPlaceEven, words, word, wordShare }) => {
    const times =
      frames === null
        ? 'Dieses Patch schaut zu allen Zeiten etwa gleich viel hin.'
        : `Dieses Patch schaut vor allem auf ${span(frames)}: ${rounded(framesShare)}.`;
    const place = `Sein eigener Ort im Bild bekommt ${rounded(ownPlace)} (${rounded(ownPlaceEven)}, wenn alle Orte gleich wären)`;
    if (word === null) return `${times} ${place}.`;
    if (words < 0.005) return `${times} ${place}; fast nichts geht an Wörter.`;
    return `${times} ${place}; ${rounded(words)} gehen an Wörter, am meisten an „${word}“ (${rounded(wordShare)}).`;
  },
  legend:
    'Klar: Hierhin schaut es am meisten. Grau: kaum. (Gezeichnet mit der Wurzel des Anteils, damit man auch kleine sieht.)',
  prompt: 'Was es vom Prompt liest',
  promptHelp: 'Drück auf ein Wort und sieh, welche Patches es lesen.',
  noWords: 'Der Prompt hat kein Wort, das dieses Netz kennt.',
  rest: 'Startzeichen und leere Plätze',
  share: (share) => rounded(share),
  sum: (patches, words, rest, sum) =>
    `Patches ${rounded(patches)}, Wörter ${rounded(words)}, Startzeichen und leere Plätze des Prompts ${rounded(rest)}. Alle Anteile dieser Zeile zusammen: ${sum.toFixed(4).replace('.', ',')}.`,
  reads: (word) => `Welche Patches „${word}“ lesen`,
  readers: (word, mean, most, number, place) =>
    `„${word}“ bekommt im Mittel ${rounded(mean)} der Aufmerksamkeit eines Patches. Am meisten, ${rounded(most)}, gibt ihm Patch ${number}: ${where(place)}.`,
  back: 'Zurück zum Patch',

  across: 'Von Bild zu Bild',
  acrossSaid: ({ own, beside, far, prompt }) =>
    `Im Mittel haben Patches ${rounded(own)} dessen, was sie lesen, aus ihren eigenen Bildern, ${rounded(beside)} aus denen gleich davor und danach, ${rounded(far)} aus allen anderen und ${rounded(prompt)} aus dem Prompt.`,
  acrossTable: 'Als Tabelle',
  acrossCaption: 'Patches dieser Bilder (Zeilen) lesen aus jenen Bildern (Spalten), in Prozent',
  frames: (first, last) => (first === last ? String(first) : `${first}–${last}`),
  promptColumn: 'Prompt',
  cell: (share) => String(Math.round(100 * share)),

  depth: 'Block für Block',
  depthAbout:
    'Was das Netz vermuten würde, wenn es nach jedem Block endete. Sein Ausgang hat gelernt, nur den letzten Block zu lesen: Du siehst, ab wo daraus ein Bild wird.',
  after: (block, last) => (last ? `Block ${block}: seine Vermutung` : `nach Block ${block}`),
  like: (likeness) => `Ähnlichkeit ${signed(likeness)}`,
  fainter: (times) => `${few(times)}-mal blasser gezeichnet`,
  guessAfter: (block, frame) => `Vermutung nach Block ${block}, Bild ${frame}`,
  depthSaid: (block, from, to, fainter) =>
    `Block ${block} tut am meisten für das Bild: Er bringt die Vermutung von einer Ähnlichkeit von ${signed(from)} auf ${signed(to)} (1: wie die letzte Vermutung, 0: gar nicht ähnlich, −1: ihr Negativ).${fainter > 1 ? ` Vor ihm gehen die Zahlen ${few(fainter)}-mal zu weit über Schwarz und Weiß hinaus.` : ''}`,
  depthOne: 'Dieses Netz hat einen Block.',
};

type Place = Parameters<InsideStrings['patch']>[2];

function where({ frames, row, rows, column, columns }: Place): string {
  return `${span(frames)}, Zeile ${row} von ${rows}, Spalte ${column} von ${columns}`;
}

function span([first, last]: readonly [number, number]): string {
  if (first === last) return `Bild ${first}`;
  return last === first + 1 ? `Bild ${first} und ${last}` : `Bild ${first} bis ${last}`;
}

function signed(likeness: number): string {
  return likeness.toFixed(2).replace('-', '−').replace('.', ',');
}

function few(times: number): string {
  return times < 10 ? times.toFixed(1).replace('.', ',') : String(Math.round(times));
}
