/** Jeder Satz der Dateien, der Links und dessen, was man verbergen kann. */
import type { files as english } from '../en/files';

export const files: typeof english = {
  title: 'Behalten und teilen',
  copy: 'Link kopieren',
  copied: 'Der Link zu genau diesem Stand ist kopiert.',
  notCopied: 'Das Kopieren ging nicht. Hier ist der Link:',
  givenLost:
    'Was von diesem Film vorgegeben war, passt in keinen Link: Der machte einen nur aus den Wörtern. Sichere ihn als Datei.',
  takeAway: 'GIF, Video, Plakat …',
  save: 'Diesen Lauf speichern',
  saving: 'Wird gespeichert …',
  savingHelp: 'Ein langer Lauf braucht etwas. Die Seite läuft solange weiter.',
  saveHelp:
    'Eine kleine Datei. Sie öffnet sich in jeder Kopie dieser Seite, ohne Internet und ohne Grafikchip. Ein sehr langer Lauf wird etwas gröber aufgehoben, damit die Datei unter 1 MB bleibt.',
  open: 'Einen Lauf öffnen',
  drop: 'Lass die Datei los, um sie zu öffnen',
  openHelp: 'Oder zieh eine Datei irgendwo auf die Seite.',
  notYet: 'Sobald ein Lauf fertig ist, gibt es etwas zu speichern.',
  teachers: 'Für Lehrkräfte: ein Link, der weniger zeigt',
  teachersHelp: 'Was hier gewählt wird, gilt für diese Seite und für den Link, der kopiert wird.',
  presets: { watch: 'Nur zusehen', play: 'Spielen', everything: 'Alles' },
  singly: 'Teil für Teil',
  hiddenNote: 'Der Link, den du geöffnet hast, verbirgt Teile dieser Seite.',
  showAll: 'Alles zeigen',
  parts: {
    examples: 'Beispiele und Wortlisten',
    sheet: 'Der Bogen',
    controls: 'Alle Einstellungen',
    story: 'Die Geschichte',
    inside: 'Der Blick hinein',
    make: 'Filme aus Filmen machen',
    learn: 'Das eigene Netz',
    lab: 'Das Labor',
    files: 'Behalten und teilen',
  },
};
