/** Jeder Satz der Seite auf Deutsch. Die Wörter der kleinen Welt bleiben englisch: nur diese hat das Netz gelernt. */
import type { Strings } from './en';

export const de: Strings = {
  language: 'Deutsch',
  title: 'Snowglobe',
  tagline: 'Ein kleines neuronales Netz macht aus Schnee kurze Filme. Schüttle, und sieh jeden Schritt.',
  locally: 'Es rechnet auf deinem eigenen Gerät. Nichts, was du tippst, verlässt es.',
  kept: 'Auf diesem Gerät aufbewahrt: Beim nächsten Mal geht es auch ohne Netz auf.',
  notKept: 'Beim nächsten Mal muss es neu geholt werden.',
  licences: 'Lizenzen',
  chooseLanguage: 'Sprache',

  promptTitle: 'Was soll erscheinen?',
  promptHelp: 'Schreib mit den Wörtern seiner kleinen Welt, oder wähle sie unten aus.',
  promptLanguage: 'Das Netz hat nur diese englischen Wörter gelernt.',
  promptReading: 'So liest es deine Wörter',
  neverSeen: 'im Training nie gesehen',
  neverSeenHint: (words) =>
    `${list(words, 'und')} ${words.length === 1 ? 'kam' : 'kamen'} im Training nie vor, darum lässt es ${words.length === 1 ? 'das Wort' : 'die Wörter'} weg.`,
  tooManyWords: (most) => `Es liest höchstens ${most} Wörter; der Rest fällt weg.`,
  noWords: 'Keine Wörter: Alles kann erscheinen.',
  examples: 'Probier eins',
  recordings: 'Aufgezeichnete Läufe',
  recordingsHelp: 'Früher mit demselben Netz gemacht. Sie laufen auch ohne das Netz.',
  choose: 'Wörter auswählen',
  anyWord: 'egal',
  choosers: {
    sizes: 'Größe',
    colours: 'Farbe',
    things: 'Ding',
    motions: 'Bewegung',
    speeds: 'Tempo',
    settings: 'Ort',
    cameras: 'Kamera',
  },

  shake: 'Schütteln',
  shakeHelp: 'Macht alles zu frischem Schnee und lässt ihn sich legen. Taste S.',
  stop: 'Stopp',
  controls: 'Wie sich der Schnee legt',
  more: 'Mehr Einstellungen',
  equation: 'Die Gleichung',
  seed: 'Startzahl',
  seedHelp: 'Mit welchem Schnee es beginnt. Gleiche Zahl, gleiche Wörter: gleicher Film.',
  dice: 'Neue Startzahl würfeln',
  steps: 'Schritte',
  stepsHelp: 'In wie vielen kleinen Schritten sich der Schnee legt.',
  sampler: 'Verfahren',
  samplerHelp: 'Die Regel, wie es von einem Schritt zum nächsten geht.',
  samplers: {
    euler: 'Euler: ein Blick pro Schritt',
    heun: 'Heun: zwei Blicke pro Schritt, genauer',
    multistep: 'Mehrschritt: ein Blick, und merkt sich den letzten',
  },
  guidance: 'Führung',
  guidanceHelp: 'Wie stark die Wörter ziehen. 1 ist normal; zu viel zerstört den Film.',
  from: 'Führung ab',
  to: 'Führung bis',
  intervalHelp: 'Nur solange der Film so weit klar ist, ziehen die Wörter stärker.',
  shift: 'Kleine Schritte im Schnee',
  shiftHelp: '1: alle Schritte gleich. Mehr: kleine Schritte bei viel Schnee, später große.',
  percentClear: (share) => `${percent(share)}\u00a0% klar`,
  mixing: 'Was Schnee hier heißt',
  mixingHelp:
    'Was es vor sich hat, ist immer eine Mischung: ein Teil Film, ein Teil Rauschen. t sagt, wie viel davon Film ist. Es beginnt bei 0, nur Rauschen, und endet bei 1, nur Film.',
  guidanceEquation:
    'Es rät zweimal: mit deinen Wörtern und ganz ohne. Der Unterschied ist das, was die Wörter wollen; die Führung w geht w-mal so weit in diese Richtung.',
  samplerEquation:
    'Die Vermutung x̂ sagt, wo der Film enden soll. Daraus folgt eine Richtung, die Geschwindigkeit v. Euler geht einen Schritt der Länge h geradeaus; Heun schaut dort noch einmal und nimmt das Mittel beider Richtungen; Mehrschritt nutzt auch die Richtung davor.',
  noiseWord: 'Rauschen',
  emptyWord: 'leer',
  promptWord: 'Prompt',

  clip: 'Der Film',
  show: 'Das große Bild zeigt',
  shows: { x: 'was es vor sich hat', guess: 'was es vermutet' },
  showHelp: {
    x: 'Der Film, wie er gerade dasteht, mit allem Rauschen.',
    guess: 'Seine beste Vermutung, wie der fertige Film aussieht.',
  },
  play: 'Abspielen',
  pause: 'Anhalten',
  loop: 'Schleife',
  fullSpeed: 'Flackernde Bilder in vollem Tempo',
  fullSpeedHelp:
    'Flackernde Bilder wechseln höchstens dreimal pro Sekunde, denn schnelle Blitze können Menschen schaden.',
  frameSlider: 'Filmzeit',
  stepSlider: 'Klärung',
  frameOf: (frame, frames) => `Bild ${frame} von ${frames}`,
  stepOf: (step, steps) => `Schritt ${step} von ${steps}`,
  place: (step, steps, frame, frames, noise) =>
    `Schritt ${step} von ${steps}, Bild ${frame} von ${frames}, noch ${percent(noise)}\u00a0% Rauschen`,
  noClip: 'Wartet auf den ersten Schritt',
  sheet: 'Der Bogen',
  sheetHelp: 'Jedes kleine Bild ist ein Filmbild bei einem Schritt. Klick eines an oder geh mit den Pfeiltasten.',
  filmTime: 'Filmzeit: was im Film geschieht',
  clearingTime: 'Klärung: vom Schnee zum Film',
  twoTimes: 'Zwei Zeiten: Nach rechts läuft der Film, nach unten legt sich der Schnee.',
  noiseColumn: 'Rauschen',

  status: 'Was gerade geschieht',
  backends: {
    webgpu: 'Läuft auf deinem Grafikchip (WebGPU)',
    wasm: 'Läuft auf deinem Prozessor (WebAssembly)',
    cpu: 'Läuft auf deinem Prozessor (JavaScript), langsam',
  },
  parameters: (model, count) => `Modell ${model}, ${count.toLocaleString('de')} gelernte Zahlen`,
  loading: {
    backend: 'Sucht den schnellsten Weg, hier zu rechnen',
    weights: 'Holt das Netz',
    'warm-up': 'Wärmt sich auf',
  },
  bytes: (done, total) => `${megabytes(done)} von ${megabytes(total)} MB`,
  engineWaiting: 'Das Netz ist noch nicht geladen',
  engineFailed: 'Das Netz konnte nicht starten',
  queued: 'Schüttelt, sobald das Netz bereit ist',
  idle: 'Noch nichts gelaufen',
  recordedRun: 'Aufgezeichneter Lauf',
  liveRun: 'Lauf hier und jetzt',
  phases: { running: 'läuft', done: 'fertig', stopped: 'angehalten', failed: 'abgebrochen' },
  took: (seconds) => `${seconds.toFixed(1).replace('.', ',')} s`,
  newNotRun: 'Du hast etwas geändert. Schüttle, um es zu sehen.',

  troubles: {
    engine: 'Das Netz konnte nicht starten.',
    run: 'Der Lauf ist abgebrochen.',
    recording: 'Der aufgezeichnete Lauf ließ sich nicht abspielen.',
  },
  mended: 'Etwas ist kaputtgegangen und repariert.',
  mendedNow: 'Das Netz wurde neu geladen und macht weiter, wo es war.',
  meanwhile: 'Der aufgezeichnete Lauf spielt weiter, und alles andere auf der Seite funktioniert.',
  retry: 'Noch einmal versuchen',
  dismiss: 'Schließen',
  notices: {
    clamped: (key, given, used) => `${key}: „${given}“ liegt außerhalb der Grenzen und wurde auf ${used} gesetzt.`,
    unreadable: (key, given, used) => `${key}: „${given}“ ist nicht lesbar, es bleibt bei ${used}.`,
    'unknown-key': (given) => `Der Link verlangt „${given}“; das kennt diese Seite nicht.`,
    'too-long': (given, used) => `Der Link hat ${given} Zeichen; nur die ersten ${used} wurden gelesen.`,
    promptClamped: 'Der Prompt war zu lang oder enthielt unsichtbare Zeichen; er wurde bereinigt.',
  },
  keys: {
    prompt: 'Prompt',
    seed: 'Startzahl',
    steps: 'Schritte',
    sampler: 'Verfahren',
    guidance: 'Führung',
    from: 'Führung ab',
    to: 'Führung bis',
    shift: 'Kleine Schritte im Schnee',
    show: 'Bild',
    step: 'Schritt',
    frame: 'Filmbild',
  },

  keyboard: 'Tastatur',
  shortcuts: 'S und Leertaste wirken überall auf der Seite',
  keyList: [
    ['S', 'schütteln'],
    ['Leertaste', 'Film abspielen oder anhalten'],
    ['← →', 'auf dem Bogen: Filmzeit'],
    ['↑ ↓', 'auf dem Bogen: Klärung'],
    ['Pos1 Ende', 'auf dem Bogen: erstes und letztes Bild'],
    ['Bild ↑ Bild ↓', 'auf dem Bogen: reiner Schnee, fertiger Film'],
  ],
};

function list(words: string[], join: string): string {
  const quoted = words.map((word) => `„${word}“`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${join} ${quoted.at(-1)}`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1).replace('.', ',');
}
