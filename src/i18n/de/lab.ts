/** Jeder Satz des Labors. */
import type { LabStrings } from '../en/lab';
import { world } from './world';

export const lab: LabStrings = {
  title: 'Das Labor',
  help: 'Für alle, die es genau wissen wollen: vergleichen, um die Wette laufen, den Weg zeichnen, kaputt machen.',
  needsNetwork: 'Das braucht das Netz, und es ist noch nicht bereit.',
  nothingYet: 'Noch ist nichts gelaufen. Schüttle zuerst.',
  tabs: {
    path: 'Der Weg',
    compare: 'Nebeneinander',
    wall: 'Zwölf Startzahlen',
    race: 'Das Rennen',
    noise: 'Rauschlabor',
    break: 'Mach es kaputt',
  },
  about: {
    path: 'Ein Film ist ein Ort unter allen möglichen Filmen. Das ist der Weg vom Rauschen zu deinem, flach gedrückt zu einer Karte.',
    compare: 'Zwei Einstellungen, dieselben Wörter, dasselbe Rauschen. Was ist anders?',
    wall: 'Dieselben Wörter und Einstellungen, zwölfmal anderes Rauschen. Was entscheiden die Wörter, was das Rauschen?',
    race: 'Jedes Verfahren bekommt gleich viele Modellaufrufe. Welche Einstellung ist die billigste, die Wörter, Aussehen und Bewegung behält?',
    noise: 'Ändere das Rauschen vor dem Lauf. Was am Film gehört zum Rauschen, was zu den Wörtern?',
    break: 'Hier kann nichts Schaden nehmen. Mach es kaputt, schau, wie, und geh dorthin zurück, wo du warst.',
  },
  jobs: { compare: 'Der andere läuft', wall: 'Zwölf Startzahlen laufen', race: 'Das Rennen läuft', slide: 'Zeichnet Filme auf dem Weg zwischen zwei Wörtern', holes: 'Zeichnet Filme des Feldes und seiner Nachbarn', training: 'Zeichnet den Film mit weniger Training' }, // prettier-ignore

  pathLabel: 'Der Weg des Laufs, Schritt für Schritt',
  start: 'Rauschen',
  end: 'Film',
  now: 'jetzt',
  belief: 'von dem, was es vor sich hat, zu dem, was es vermutet',
  push: 'wohin die Wörter die Vermutung schieben',
  other: 'der andere Lauf',
  shown: (share) =>
    `Von allen Unterschieden zwischen diesen Filmen zeigt die Karte ${percent(share)}\u00a0%. Zeig darauf oder nimm die Pfeiltasten.`,
  noiseLeft: 'Übriges Rauschen',
  stepSize: 'Länge des Schritts',
  update: 'Wie viel dieser Schritt geändert hat',
  toGo: 'Von dem, was es hat, zu dem, was es vermutet',
  disagreement: 'Wie viel die Wörter ausmachen',
  percent: (share) => `${Math.round(share * 100)}\u00a0%`,
  number: (value) => (value === 0 ? '0' : value.toFixed(value < 0.1 ? 3 : 2).replace('.', ',')),

  thisRun: 'Dieser',
  otherRun: 'Der andere',
  difference: 'Der Unterschied',
  keep: 'Diesen Film neben den nächsten stellen',
  sameWith: 'Dasselbe mit …',
  readyMade: 'Fertige Vergleiche',
  pairs: {
    guidance: {
      title: 'Mit und ohne Führung',
      lookFor:
        'Die Führung schiebt jede Vermutung zu deinen Wörtern hin: Ist das Ding auch ohne sie, was du verlangt hast?',
    },
    steps: {
      title: 'Wenige Schritte und viele',
      lookFor: 'Wenige Schritte sind billig: Achte auf weiche Ränder und auf eine Bewegung, die nicht mehr stimmt.',
    },
    sampler: {
      title: 'Ein anderes Verfahren, gleich viele Modellaufrufe',
      lookFor: 'Euler geht geradeaus, Mehrschritt merkt sich die letzte Vermutung: Welcher Film ist weiter?',
    },
    schedule: {
      title: 'Ein anderer Zeitplan',
      lookFor:
        'Karras macht kleine Schritte bei viel Rauschen und am Ende: Schieb den Regler und sieh, wo sich die beiden trennen.',
    },
  },
  otherWords: 'Andere Wörter, dasselbe Rauschen',
  runBeside: 'Daneben laufen lassen',
  wordsDiffer: 'Dasselbe Rauschen, andere Wörter.',
  exchange: 'Tauschen',
  remove: 'Weglegen',
  compareEmpty: 'Wähl hier eine Änderung. Oder behalte diesen Film, ändere irgendetwas auf der Seite und schüttle.',
  notAlike: 'Die beiden haben andere Wörter oder eine andere Startzahl, also kann alles anders sein.',
  sameSettings: 'Beide haben dieselben Einstellungen.',
  differs: (share, frame, place) =>
    share < 0.005
      ? 'Hier kann sie niemand auseinanderhalten.'
      : `Hier sind ${percent(share)}\u00a0% des Films sichtbar anders, am meisten in Bild ${frame}, ${place}.`,
  partAt: (step) => (step === null ? '' : `Sie trennen sich bei Schritt ${step}.`),
  places: {
    top: 'oben',
    bottom: 'unten',
    left: 'links',
    right: 'rechts',
    middle: 'in der Mitte',
    'all over': 'über das ganze Bild verteilt',
  },
  on: 'ja',
  off: 'nein',
  none: 'keine',
  changes: (count) => (count === 1 ? '1 Änderung' : `${count} Änderungen`),

  fillWall: 'Zwölf Startzahlen laufen lassen',
  seedNumber: (seed) => `Startzahl ${seed}`,
  takeSeed: 'groß zeigen',
  wallSays: ({ films, decided, open, places }) =>
    [
      `Von ${films === 1 ? 'einem Film' : `${films} Filmen`}:`,
      decided.length > 0
        ? `Deine Wörter entschieden ${inQuotes(decided.map(({ phrase }) => world.phrase(phrase)))}.`
        : '',
      open.length > 0
        ? `${open.map(({ phrase, right }) => `„${world.phrase(phrase)}“ stimmt in ${right}`).join(', ')}.`
        : '',
      decided.length + open.length === 0 ? 'Deine Wörter verlangen nichts, was unser Leser sehen kann.' : '',
      places > 1
        ? `Das Ding steht in ${places} verschiedenen Teilen des Bildes: Das entschied das Rauschen.`
        : places === 1 && films > 1
          ? 'Das Ding steht jedes Mal im selben Teil des Bildes.'
          : '',
    ]
      .filter(Boolean)
      .join(' '),

  entrants: 'Wer läuft mit',
  startRace: 'Rennen starten',
  goOn: 'Weiter mit dem Rennen',
  stopRace: 'Rennen anhalten',
  nobodyRuns: 'Wähl mindestens einen, der mitläuft.',
  raceSize: 'Wie weit',
  raceSizes: {
    small: (films, calls, long) =>
      `Ein kleines Rennen: je ${films} Filme, bis ${calls} Modellaufrufe, neben einem langen Lauf mit höchstens ${long}`,
    whole: (films, calls, long) =>
      `Das ganze Rennen: je ${films} Filme, bis ${calls} Modellaufrufe, neben einem langen Lauf mit höchstens ${long}`,
  },
  raceCost: (calls, seconds) =>
    calls === 0
      ? 'Alle sind gelaufen. Mit anderen Wörtern, Startzahlen, Einstellungen oder Läufern gibt es ein neues Rennen.'
      : `Zusammen ${calls} Modellaufrufe${seconds === null ? '' : `: ${duration(seconds)} auf diesem Gerät`}.`,
  secondsLeft: (seconds) => `noch ${duration(seconds)}`,
  filmsRun: (ran, all) => `${ran} von ${all} Filmen sind gelaufen.`,
  crowned: ({ name, calls, steps, right, films, long, open }) =>
    `${open ? 'Bis jetzt an' : 'An'} ${films} Filmen gemessen: ${name} ${withCalls(calls)} (${stepCount(steps)}) ist die billigste Einstellung, die jedes Wort zeigt (in ${right} von ${films}), die Gesetze der Bewegung hält und einem langen Lauf mit ${long} etwa so nah kommt, wie es für den Preis geht.`,
  crownedIn: ({ distance, least, most, lawful, longLawful, films }) =>
    `Seine Filme sind ${decimal(distance)} vom langen Lauf entfernt (${decimal(least)} bis ${decimal(most)}; 0 ist derselbe Film) und etwa ebenso klar. Alles bewegt sich nach seinem Gesetz in ${lawful} von ${films} (in den langen Läufen: ${longLawful}).`,
  notYet: 'Noch ist nichts beurteilt: Der lange Lauf, an dem alle gemessen werden, kommt noch.',
  noneYet:
    'Von dem, was gelaufen ist, zeigt noch nichts jedes Wort, hält die Gesetze und ist klar und dem langen Lauf nah genug.',
  noneCrowned: (right, films) =>
    `An ${films} Filmen gemessen: Keine Einstellung zeigt jedes Wort in den meisten davon, hält die Gesetze und ist klar und dem langen Lauf nah genug. Bestenfalls ist jedes Wort in ${right} von ${films} da. Nimm eine andere Startzahl oder andere Verfahren.`,
  nothingAsked: 'Die Wörter verlangen nichts, was unser Leser sehen kann. Urteile mit eigenen Augen.',
  freshNoise:
    'Verfahren mit frischem Rauschen gehen zu einem anderen Film als der lange Lauf; sie sind mit Absicht weit weg.',
  putOnStage: 'Diese Einstellung auf die Bühne',
  longRun: (calls) => `Der lange Lauf: Heun, ${callCount(calls)}`,
  figures: 'Alle Filme und Zahlen',
  howJudged:
    'Wie nah: der mittlere Unterschied zum langen Lauf aus demselben Rauschen, höchstens ein Zehntel mehr als beim nächsten, der nicht mehr Modellaufrufe braucht, als es haben darf. Klar: In jedem Film sind die Dinge mindestens neun Zehntel so deutlich gezeichnet wie im langen Lauf. Jedes Wort: Unser Leser sieht alles, was du verlangt hast. Gesetze: In den meisten Filmen bewegt sich alles nach seinem Gesetz, oder in so vielen wie bei den langen Läufen, die auch manchmal eines brechen.',
  theCheapest: 'die Krone',
  notRight: 'hohl: nicht jedes Wort in den meisten Filmen',
  wordsPlot: 'Wörter, die stimmen',
  rightPlot: 'Filme, die jedes Wort zeigen',
  distancePlot: 'Abstand zum langen Lauf, Mittel und Streuung (0: derselbe Film)',
  tableSaysIt: 'Die Tabelle sagt dasselbe.',
  raceTable:
    'Der erste Film jeder Einstellung, in wie vielen jedes Wort stimmt, und wie weit sie vom langen Lauf entfernt sind.',
  calls: 'Modellaufrufe',
  callsOf: callCount,
  callsAxis: 'Modellaufrufe, höchstens',
  takeEntry: (steps) => `diesen Film zeigen, ${steps === 1 ? '1 Schritt' : `${steps} Schritte`}`,
  rightIn: (right, films) => `jedes Wort in ${right} von ${films} Filmen`,
  lawfulIn: (lawful, films) => `bewegt sich nach seinem Gesetz in ${lawful} von ${films}`,
  blurred: 'verwaschen',
  lawless: 'bricht das Gesetz',
  markShort: (right, asked) => `${right}/${asked}`,
  distance: (value, least, most) => `Abstand ${decimal(value)} (${decimal(least)} bis ${decimal(most)})`,

  tryIt: 'Ausprobieren',
  back: 'Zurück dorthin, wo ich war',
  before: 'Vorher',
  pickOne: 'Probier etwas davon aus: Der Film vorher und der Film danach stehen dann hier nebeneinander.',
  broke: ({ share, words, flicker, lawful }) =>
    sentence([
      share < 0.005 ? 'niemand sieht einen Unterschied' : `${percent(share)}\u00a0% des Films sehen anders aus`,
      words &&
        (words.now === words.before
          ? `${words.now} von ${words.asked} Wörtern stimmen, wie vorher`
          : `${words.now} von ${words.asked} Wörtern stimmen, vorher waren es ${words.before}`),
      flicker &&
        {
          same: 'der Hintergrund ist so ruhig wie vorher',
          more: `der Hintergrund flackert ${flicker.times.toFixed(1).replace('.', ',')}-mal so stark`,
          less: `der Hintergrund flackert nur ${flicker.times.toFixed(1).replace('.', ',')}-mal so stark`,
        }[flicker.change],
      lawful && lawful.before !== lawful.now
        ? lawful.now === null
          ? 'und unser Leser sieht kein Ding mehr'
          : lawful.now
            ? 'und jetzt bewegt sich alles nach seinem Gesetz'
            : 'und nicht mehr alles bewegt sich nach seinem Gesetz'
        : null,
    ]),
  notComparable:
    'Der Film vorher kam von anderen Wörtern oder einer anderen Startzahl; die beiden kann man nicht vergleichen.',
  experiments: {
    oneStep: {
      title: 'Ein Schritt',
      lookFor:
        'Vom reinen Rauschen geradewegs zur ersten Vermutung: blass und verwaschen, das Mittel aller Filme, die passen würden.',
    },
    wildGuidance: {
      title: 'Führung 15',
      lookFor:
        'Die Wörter ziehen fünfzehnmal so stark. Farben brennen aus, Kanten zerbröseln, und der Hintergrund fängt an zu flackern.',
    },
    noGuidance: {
      title: 'Ganz ohne Wörter',
      lookFor: 'Führung 0 fragt nur die Vermutung ohne Wörter. Ein Film kommt, aber nicht der, den du wolltest.',
    },
    backwards: {
      title: 'Beim Rauschen lügen',
      lookFor:
        'Ihm wird gesagt, Rauschen sei ein klarer Film, und später, der Film sei Rauschen. Was herauskommt, ist verwaschen und verbeult; Kleines wie Sterne ist weg.',
    },
    eta: {
      title: 'Doppelt frisches Rauschen',
      lookFor:
        'Nach jedem von vier Schritten kommt mehr Rauschen zurück, als dem Netz gesagt wird. Das hält es für einen Teil des Films: Das Ding landet anderswo, oft verbeult.',
    },
    cliff: {
      title: 'Ein Riesenschritt',
      lookFor:
        'Fast der ganze Weg in einem Schritt, nach der ersten groben Vermutung. Was bis dahin nicht klar war, bleibt blass und verwaschen.',
    },
    sameNoise: {
      title: 'Dasselbe Rauschen in jedem Bild',
      lookFor:
        'Jedes Bild fängt gleich an, wie kein Film im Training. Das Ding landet anderswo, verbeult, und vielleicht bewegt es sich nicht mehr.',
    },
  },

  frameSnow: 'Das Rauschen am Anfang, Bild für Bild',
  frameFilm: 'Der Film, Bild für Bild',
  drawRegion: 'Zeichne einen Rahmen in das große Bild des Rauschens, oder wähle einen Teil:',
  bigSnow: (frame) => `Das Rauschen von Bild ${frame}, mit dem gewählten Teil`,
  area: 'Teil des Bildes',
  areas: {
    whole: 'das ganze Bild',
    left: 'linke Hälfte',
    right: 'rechte Hälfte',
    top: 'obere Hälfte',
    bottom: 'untere Hälfte',
    middle: 'die Mitte',
    drawn: 'dein Rahmen',
  },
  span: 'Bilder',
  spans: { all: 'alle Bilder', first: 'erste Hälfte', second: 'zweite Hälfte', one: 'dieses Bild' },
  otherSeed: 'Die andere Startzahl',
  deeds: {
    copy: 'Rauschen dieses Bildes in die Bilder kopieren',
    swap: 'Erstes und letztes Bild tauschen',
    turn: 'Den Teil um ein Viertel drehen',
    roll: 'Den Teil nach rechts schieben',
    paint: 'Dort das Rauschen der anderen Startzahl malen',
    freeze: 'Den Teil einfrieren, für den Rest die andere Startzahl',
    blend: 'Mit der anderen Startzahl mischen',
  },
  done: 'Das ist mit dem Rauschen geschehen, der Reihe nach',
  did: {
    copy: (from, first, last) => `Bild ${from} in die Bilder ${first} bis ${last} kopiert`,
    swap: (a, b) => `Bilder ${a} und ${b} getauscht`,
    turn: (where) => `Gedreht: ${where}`,
    roll: (where) => `Verschoben: ${where}`,
    paint: (seed, where) => `Rauschen der Startzahl ${seed}: ${where}`,
    blend: (seed, percent) => `${percent}\u00a0% der Startzahl ${seed} untergemischt`,
  },
  box: (x, y, width, height, first, last) => `${width} × ${height} bei (${x}, ${y}), Bilder ${first} bis ${last}`,
  undo: 'Rückgängig',
  undoAll: 'Wieder gewöhnliches Rauschen',
  share: 'Anteil der anderen Startzahl',
  comparePlain: 'Mit gewöhnlichem Rauschen vergleichen',
  unfit: 'Was mit dem Rauschen geschehen soll, passt nicht zu Filmen dieser Größe.',

  awayWord: 'weg',
  ifWord: 'wenn',
  elseWord: 'sonst',
  fromWord: 'ab',
  toWord: 'bis',

  groups: { sampler: 'Verfahren', guidance: 'Führung', steer: 'Unterwegs lenken', schedule: 'Zeitplan' },
  equation: 'Die Gleichung',
  tooMuch: 'Zu viel',
  byDefault: (value) => `Voreingestellt: ${value}.`,
  reset: 'Zurück zur Voreinstellung',
  resetAll: 'Alle Einstellungen zurücksetzen',
  dragPoint: (point) => `Punkt ${point}`,
  moreSettings: 'Verfahren, Führung, Zeitplan',
  changed: (names) => `nicht wie üblich: ${names.join(', ')}`,
};

function inQuotes(phrases: readonly string[]): string {
  const all = phrases.map((phrase) => `„${phrase}“`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} und ${all.at(-1)}`;
}

/** Die Teile als ein Satz; die, die es gibt. */
function sentence(parts: readonly (string | null)[]): string {
  const text = parts.filter(Boolean).join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function callCount(calls: number): string {
  return calls === 1 ? '1 Modellaufruf' : `${calls} Modellaufrufe`;
}

/** Im Dativ: „mit 8 Modellaufrufen“. */
function withCalls(calls: number): string {
  return calls === 1 ? 'mit 1 Modellaufruf' : `mit ${calls} Modellaufrufen`;
}

function stepCount(steps: number): string {
  return steps === 1 ? 'in 1 Schritt' : `in ${steps} Schritten`;
}

function decimal(value: number): string {
  return value.toFixed(2).replace('.', ',');
}

function duration(seconds: number): string {
  if (seconds < 8) return 'ein paar Sekunden';
  if (seconds < 90) return `etwa ${5 * Math.round(seconds / 5)} Sekunden`;
  return `etwa ${Math.round(seconds / 60)} Minuten`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
