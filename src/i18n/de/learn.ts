/** Jeder Satz der Ansicht „Lernen“. Er kommt mit der Ansicht: Niemand lädt ihn, der nicht hineinschaut. */
import type { LearnStrings } from '../en/learn';
import { count } from './numbers';

const motionWords = { left: 'nach links', right: 'nach rechts', up: 'nach oben', down: 'nach unten' } as Readonly<
  Record<string, string>
>;

export const learn: LearnStrings = {
  title: 'Lernen',
  help: 'Bring einem eigenen Netz etwas bei, hier, auf diesem Gerät. Am Anfang weiß es nichts. Du wählst, welche Filme es zu sehen bekommt. In jeden wird Rauschen gemischt; das Netz vermutet den sauberen Film, erfährt, wie weit es daneben lag, und ändert seine Zahlen ein wenig. Das ist alles, einige tausend Mal.',
  starting: 'Einen Augenblick, es wird eingerichtet …',
  failed: 'Hier kann das Netz nicht lernen.',
  again: 'Noch einmal versuchen',

  grid: 'Was es zu sehen bekommt',
  gridHelp:
    'Kreuze an, was das Training zeigt. Was du auslässt, sieht es nie: eine Lücke. Frag es später in der Lücke, und rate vorher, was es tut.',
  motions: 'Farbe und Bewegung',
  things: 'Farbe und Ding',
  otherThings: 'Andere Dinge als Bälle',
  motionWords,
  ownThings: 'Eigene Dinge',
  ownHelp:
    'Zeichne bis zu drei kleine Dinge. Sie bewegen sich durch den Schnee wie die Dinge der kleinen Welt. Neue Wörter kennt das Netz nicht, deshalb heißt jedes nach einem Wort, das hier frei ist. Auf der Bühne kennt unser Leser nur die Dinge der kleinen Welt.',
  ownWhich: 'Welches',
  ownTooSmall: (cells) =>
    `Noch ${cells} ${cells === 1 ? 'Feld' : 'Felder'}, dann ist es groß genug, um im Film gesehen zu werden.`,
  ownShown: 'Es ist groß genug. Kreuze unten an, wohin es sich bewegt.',
  ownMotions: 'Eigene Dinge und Bewegung',
  cell: (colour, word) => `${colour}, ${word}`,
  empty:
    'Es ist nichts angekreuzt, das gezeigt werden könnte. Ein Film braucht ein Kreuz bei Farbe und Bewegung und eins bei Farbe und Ding.',
  shows: (cells, holes) =>
    `${cells} Arten von Filmen zum Lernen, ${holes === 0 ? 'keine Lücke' : holes === 1 ? '1 Lücke' : `${holes} Lücken`}.`,

  controls: 'Training',
  start: 'Los',
  goOn: 'Weiter',
  pause: 'Pause',
  step: 'Ein Schritt',
  anew: 'Von vorn',
  ready: 'Eines nehmen, das schon gelernt hat',
  nothingYet: 'Es hat noch nichts zu sehen bekommen.',
  stands: (seen, seconds, speed) =>
    `Es hat ${count(seen)} Filme gesehen, in ${clock(seconds)} Minuten${speed > 0 ? `, ${Math.round(speed)} je Sekunde` : ''}.`,
  left: (minutes) =>
    minutes < 1
      ? 'Jetzt zeichnet es meistens, worum man es bittet.'
      : `In etwa ${minutes} weiteren ${minutes === 1 ? 'Minute' : 'Minuten'} zeichnet es meistens, worum man es bittet.`,
  slept: (seconds) =>
    `Der Browser hat es ${Math.round(seconds)} Sekunden ruhen lassen, wie er es bei einer Seite darf, die nicht zu sehen ist.`,
  slower: 'Langsamer',
  faster: 'Schneller',
  paces: [
    'Ein Schritt je Sekunde.',
    'Vier Schritte je Sekunde.',
    'Mit einer kurzen Pause nach jedem Schritt.',
    'So schnell es kann.',
  ],
  brokenTitle: 'Es ist zerbrochen.',
  broken:
    'Jeder Schritt hat die Zahlen so weit geworfen, dass der nächste noch mehr danebenging. Unten siehst du, was so ein Netz zeichnet. Fang von vorn an, mit einer kleineren Lernrate.',
  where: (parameters, backend) =>
    `${count(parameters)} Zahlen lernen, ${backend === 'webgpu' ? 'auf dem Grafikprozessor' : `auf dem Prozessor, ${backend === 'wasm' ? 'mit WebAssembly' : 'in reinem JavaScript, das ist langsam'}`}. Das geht weiter, während du andere Seiten ansiehst. Es ist ein Netz derselben Art wie das große, nur kleiner: Seine Filme sind 8 Bilder mit 16 × 16 Pixeln.`,

  inStory:
    'Sieh zu, wie das geht: ein kleines Netz, das genau so gelernt hat, in zwölf Augenblicken seines Trainings. Seine Filme entstehen hier, während du zusiehst.',
  teachOwn: 'Selbst einem etwas beibringen',
  ownIsThere: 'Du bringst schon einem eigenen Netz etwas bei: Es wartet in der Ansicht „Lernen“.',
  recorded: 'Keine Zeit, oder ein langsames Gerät?',
  recordedHelp:
    'Hier ist ein Training, das aufgezeichnet wurde: das Netz, wie es in zwölf Augenblicken war, vom ersten, in dem es nichts weiß, bis zum letzten. Sieh nach, was es jeweils zeichnet, stell es auf die Bühne, oder mach von dort aus weiter.',
  recordedOpen: 'Ein aufgezeichnetes Training ansehen',
  recordedMoment: 'Augenblick',
  moment: (at, all, seen, seconds) =>
    `Augenblick ${at} von ${all}: ${count(seen)} Filme gesehen, ${clock(seconds)} Minuten Training.`,

  films: 'Was es jetzt zeichnet',
  filmsHelp: 'Vier Filme, alle paar Sekunden neu gezeichnet, jeder immer aus demselben Rauschen.',
  film: (prompt) => `Film zu „${prompt}“`,
  shown: 'kam im Training vor',
  hole: 'eine Lücke: kam nie vor',
  right: 'richtig',
  sees: (what, motion) =>
    what === null && motion === null
      ? 'noch nichts Klares'
      : `sieht aus wie: ${what ?? 'etwas'}, ${motion === null ? 'ohne klare Richtung' : motionWords[motion]}`,
  toStage: 'Auf die Bühne',
  toStageOf: (prompt) => `Auf die Bühne: ${prompt}`,
  toStageHelp: 'Auf der Bühne antwortet dein Netz anstelle des großen: Schüttle, sieh hinein, probier es im Labor.',
  yours: 'Deines',
  theirs: 'Das andere, dasselbe gefragt, aus demselben Rauschen',

  curves: 'Wie es vorankommt',
  loss: 'Fehler, danach, wie verrauscht der Film war',
  lossHelp: 'Niedriger ist besser. Die Skala ist logarithmisch: Jede Linie tiefer ist zehnmal weniger.',
  levels: ['fast reines Rauschen', 'viel Rauschen', 'halb und halb', 'wenig Rauschen', 'fast sauber'],
  lossSaid: (first, last) => `Fehler bei fast reinem Rauschen: anfangs ${short(first)}, jetzt ${short(last)}.`,
  rightSoFar: 'Filme, die richtig sind',
  rightHelp: 'Filme aus frischem Rauschen, von einem Programm gelesen: Richtig heißt Farbe, Ding und Richtung stimmen.',
  lineShown: 'von dem, was es sieht',
  lineHoles: 'in den Lücken',
  noCurve: 'Die Kurven beginnen nach ein paar Sekunden Training.',
  score: (right, films) =>
    `Von den letzten ${films} Filmen zu dem, was es zu sehen bekommt, sind ${share(right, films)} richtig.`,
  scoreHole: (films, right, colour, motion) =>
    `In den Lücken: Von ${films} Filmen sind ${share(right, films)} richtig; die Farbe stimmt bei ${share(colour, films)}, die Richtung bei ${share(motion, films)}.`,
  instead: (what, motion, times, films) =>
    `Was es stattdessen am häufigsten zeichnete, in ${times} von ${films} Filmen: ${what ?? 'etwas'}, ${motion === null ? 'ohne klare Richtung' : motionWords[motion]}.`,
  noScore: 'Noch wurde keiner seiner Filme gelesen.',
  seen: 'Welche Filme es bisher gesehen hat',
  times: (times) => `${count(times)}-mal`,

  settings: 'Einstellungen',
  rate: 'Lernrate',
  rateHelp:
    'Wie weit die Zahlen in jedem Schritt gehen. Zehnmal zu klein: Es lernt fast nichts. Viel zu groß: Es zerbricht. Probier 10.',
  batch: 'Filme je Schritt',
  batchHelp: 'Mehr machen jeden Schritt sicherer und langsamer.',
  width: 'Breite',
  widthHelp: 'Wie viele Zahlen für jedes Stück des Films (Patch) stehen. Fest, sobald es zu lernen begonnen hat.',
  mean: 'Rauschen',
  meanHelp:
    'Woran es übt: Niedriger ist mehr Rauschen. Viel Rauschen lehrt, worum es in einem Film geht, wenig Rauschen seine Einzelheiten.',
  byDefault: 'Zurück zu den üblichen Einstellungen',

  files: 'Behalten',
  kept: 'Es bleibt auf diesem Gerät: Nach dem Neuladen ist es wieder da.',
  save: 'Das Netz speichern',
  open: 'Ein Netz öffnen',
  fileHelp:
    'Eine Datei mit seinen Zahlen, was es gesehen hat und wie lange. Tausch mit jemandem, der andere Lücken gelassen hat.',
  compare: 'Zwei nebeneinander',
  compareHelp: 'Öffne das Netz von jemand anderem neben deinem. Beide werden dasselbe gefragt, aus demselben Rauschen.',
  compareOpen: 'Ein anderes daneben öffnen',
  compareEnd: 'Ohne das andere',
  besideSaid: (seen, seconds, kinds) =>
    `Das andere hat ${count(seen)} Filme von ${kinds} ${kinds === 1 ? 'Art' : 'Arten'} gesehen, in ${clock(seconds)} Minuten.`,
  notTaken: 'Die Datei ließ sich nicht als Netz öffnen, das hier gelernt hat.',
  tooEarly: 'Es gibt noch nichts zu speichern.',
};

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const share = (part: number, whole: number) => `${Math.round((100 * part) / Math.max(1, whole))}\u00a0%`;
const short = (loss: number) => loss.toPrecision(2).replace('.', ',');
