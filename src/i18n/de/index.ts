/** Jeder Satz der Seite auf Deutsch. Das Netz hat nur die englischen Wörter der kleinen Welt gelernt; gezeigt werden deutsche. */
import { faults } from './faults';
import { files } from './files';
import { heard } from './heard';
import { options, settings } from './settings';
import { world } from './world';
import type { Strings } from '../en';

export const de: Strings = {
  language: 'Deutsch',
  decimalSign: ',',
  title: 'Snowglobe',
  tagline: 'Ein kleines neuronales Netz macht aus Rauschen kurze Filme. Schüttle, und sieh jeden Schritt.',
  locally: 'Es rechnet auf deinem eigenen Gerät. Nichts, was du tippst, verlässt es.',
  kept: 'Auf diesem Gerät aufbewahrt: Beim nächsten Mal geht es auch ohne Netz auf.',
  notKept: 'Beim nächsten Mal muss es neu geholt werden.',
  licences: 'Lizenzen',
  kit: 'Für Lehrkräfte',
  article: 'Lesen, wie es geht',
  chooseLanguage: 'Sprache',

  // what stands beside the stage
  views: {
    title: 'Ansichten',
    names: { watch: 'Zusehen', story: 'Geschichte', inside: 'Innen', make: 'Machen', learn: 'Lernen', lab: 'Labor' },
    about: {
      watch: 'Sieh zu, wie der Film aus dem Rauschen entsteht',
      story: 'Wie es geht, in acht kurzen Kapiteln',
      inside: 'Wohin das Netz schaut, Patch für Patch',
      make: 'Behalte Teile eines Films, erfinde den Rest',
      learn: 'Bring einem eigenen kleinen Netz etwas bei',
      lab: 'Jede Einstellung, und Experimente',
    },
    loading: 'Einen Augenblick …',
    failed:
      'Dieser Teil der Seite ist nicht angekommen. Prüf die Verbindung, dann versuch es noch einmal; kommt er trotzdem nicht, lade die Seite neu.',
  },
  history: { title: 'Filme dieses Besuchs', film: (prompt: string, seed: number) => `„${prompt}“, Startzahl ${seed}` },
  present: {
    start: 'Vorführen',
    end: 'Beenden',
    help: 'Nur Film und Bogen, groß. Taste P; Pfeil- und Bildtasten gehen durch die Schritte, Bildtasten durch die Kapitel der Geschichte; Esc beendet.',
  },

  promptTitle: 'Was soll erscheinen?',
  promptHelp: 'Sag es, wie du magst, auf Deutsch oder Englisch, oder wähle Wörter aus.',
  promptLanguage: 'Gesagt wird es ihm in den englischen Wörtern seiner kleinen Welt.',
  heard,
  promptReading: 'So liest es deine Wörter',
  neverSeen: 'im Training nie gesehen',
  neverSeenHint: (words, other) =>
    `${other === null ? '' : `Diesen Film hat ein anderes Modell gemacht (${other}), das vielleicht mehr Wörter kennt. `}${list(words, 'und')} ${words.length === 1 ? 'kam' : 'kamen'} im Training${other === null ? '' : ' des geladenen Modells'} nie vor, darum lässt es ${words.length === 1 ? 'das Wort' : 'die Wörter'} weg.`,
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
    walls: 'Mauer',
    cameras: 'Kamera',
    lights: 'Licht',
    pictures: 'Film oder Bild',
  },

  shake: 'Schütteln',
  shakeHelp: 'Frisches Rauschen, und daraus ein neuer Film derselben Wörter. Taste S.',
  live: 'Live',
  liveHelp: 'Der Film folgt jeder Änderung sofort; ihn macht ein schnelleres Netz.',
  again: 'Dasselbe Rauschen noch einmal',
  keepSeed: (seed: number) => `Rauschen behalten (Startzahl ${seed})`,
  phoneShakes: 'Das Telefon schütteln schüttelt die Kugel',
  phoneRefused:
    'Der Browser lässt diese Seite nicht spüren, wie sich das Telefon bewegt. Seine Einstellungen für diese Seite können das ändern.',
  stop: 'Stopp',
  controls: 'Wie es sich klärt',
  more: 'Mehr',
  dice: 'Neue Startzahl würfeln',
  percentClear: (share) => `${percent(share)}\u00a0% klar`,
  noiseWord: 'Rauschen',
  emptyWord: 'leer',
  promptWord: 'Prompt',
  weakWord: 'früher',
  thenWord: 'dann',

  clip: 'Der Film',
  show: 'Das große Bild zeigt',
  shows: { x: 'was es vor sich hat', guess: 'was es vermutet' },
  showHelp: {
    x: 'Der Film, wie er gerade dasteht, mit allem Rauschen.',
    guess: 'Seine beste Vermutung, wie der fertige Film aussieht.',
  },
  decoder: {
    name: 'Decoder',
    help: (pixels) =>
      `Der Transformer macht ${pixels} Bildpunkte; ein zweites Netz, der Decoder, zeichnet seine Vermutungen groß. Taste D.`,
    drawn: 'groß gezeichnet vom Decoder',
    raw: (pixels) => `${pixels} Bildpunkte`,
    fault: 'Der Decoder läuft nicht, darum siehst du die Bildpunkte des Transformers.',
    phases: {
      waiting: 'Der Decoder ist noch nicht geladen.',
      loading: 'Der Decoder wird geladen.',
      failed: 'Der Decoder läuft nicht.',
    },
    ready: (where, count) => `Decoder: ${count.toLocaleString('de')} gelernte Zahlen. ${where}.`,
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
  step: (step, steps, frame, frames, noise, things) => {
    const lines = { upper: 'oben', middle: '', lower: 'unten' };
    const columns = { left: 'links', middle: '', right: 'rechts' };
    const said = things.map(({ colour, thing, line, column, motion }) => {
      const where = [lines[line], columns[column]].filter(Boolean).join(' ') || 'in der Mitte';
      const what = thing === null ? 'etwas' : world.named(colour, thing);
      return [what, where, motion && world.phrase(motion)].filter(Boolean).join(', ');
    });
    const all = said.length > 0 ? said.join('; und ') : 'noch nichts zu sehen';
    return `Schritt ${step} von ${steps}, Bild ${frame} von ${frames}: ${all}; noch ${percent(noise)}\u00a0% Rauschen`;
  },
  noClip: 'Wartet auf den ersten Schritt',
  sheet: 'Der Bogen',
  wholeSheet: 'Ganzer Bogen',
  leftOut: (columns: number, frames: number, lines: number, rows: number) =>
    `Hier zu sehen: ${columns} von ${frames} Bildern, ${lines} von ${rows} Schritten.`,
  sheetHelp: 'Jedes kleine Bild ist ein Filmbild bei einem Schritt. Klick eines an oder geh mit den Pfeiltasten.',
  filmTime: 'Filmzeit: was im Film geschieht',
  clearingTime: 'Klärung: vom Rauschen zum Film',
  twoTimes: 'Zwei Zeiten: Nach rechts läuft der Film, nach unten klärt sich das Rauschen.',
  noiseColumn: 'Rauschen',

  seen: {
    title: 'Was zu sehen ist',
    help: 'Unser eigenes Leseprogramm schaut nur den Film an, nicht deine Wörter, und sagt, was es findet.',
    at: (step, steps) => `Gesehen in der Vermutung bei Schritt ${step} von ${steps}`,
    atEnd: 'Gesehen im fertigen Film',
    looking: 'Schaut hin …',
    nothing: 'Noch nichts zu sehen.',
    noThing: 'Noch kein Ding zu sehen, nur der Ort.',
    line: (right, total) => `${right} von ${total} wie verlangt`,
    free: 'Keine Wörter, die richtig oder falsch sein könnten',
    more: 'Was zu sehen ist',
    rest: 'Wort für Wort, wie es sich bewegt, und wann es sich entscheidet',
    asked: 'verlangt',
    seen: 'gesehen',
    notAsked: 'nicht verlangt',
    word: 'Wort',
    thingNumber: (number) => `Ding ${number}`,
    wholeFilm: 'Der ganze Film',
    attributes: {
      size: 'Größe',
      colour: 'Farbe',
      to: 'Wird zu',
      thing: 'Ding',
      motion: 'Bewegung',
      speed: 'Tempo',
      setting: 'Ort',
      light: 'Licht',
      camera: 'Kamera',
      wall: 'Mauer',
      picture: 'Standbild',
      count: 'Wie viele',
      place: 'Wo es ist',
    },
    marks: {
      right: 'richtig',
      wrong: 'falsch',
      undecided: 'unklar',
      absent: 'nicht da',
      same: 'wie am Ende',
      other: 'noch anders',
    },
    none: 'keins',
    cameraStands: 'steht still',

    verdicts: {
      unclear: () => 'Unklar, wie es sich bewegt: Seine Bahn passt zu keinem Gesetz.',
      still: () => 'Steht still.',
      collides: ({ momentum, energy }) =>
        `Stößt mit dem anderen zusammen: ${Math.round(100 * momentum)} % des Impulses und ${Math.round(100 * energy)} % der Energie bleiben erhalten.`,
      moves: ({ way, speed, pace, pixels }) =>
        `Bewegt sich nach ${{ left: 'links', right: 'rechts', up: 'oben', down: 'unten' }[way] ?? way}, ${speed === null ? 'weder langsam noch schnell' : speed === 'fast' ? 'schnell' : 'langsam'}, ${{ steady: 'und gleichmäßig', slower: 'aber immer langsamer', faster: 'aber immer schneller', jerky: 'aber ruckweise' }[pace]}: ${decimal(pixels)} Pixel pro Bild.`,
      falls: ({ g, lands }) =>
        `Fällt${isOne(g) ? ' mit 1,0 g, wie hier alles fällt' : `, aber mit ${decimal(g)} g`}${lands ? ', und landet' : ''}.`,
      bounces: ({ times, g, kept, due }) => {
        if (times === 0) return 'Fliegt wie beim Springen, kommt aber in diesem Film nicht am Boden an.';
        const count = ['', 'einmal', 'zweimal', 'dreimal'][times] ?? `${times}-mal`;
        const lower = times > 1 && kept !== null && kept < 0.97 ? ', jedes Mal niedriger' : '';
        const gravity = g === null ? '' : isOne(g) ? ' mit 1,0 g' : `, aber mit ${decimal(g)} g`;
        const rest =
          kept === null
            ? ''
            : `: behält ${percent(kept)}\u00a0% seines Tempos${Math.abs(kept - due) < 0.05 ? '' : ` (es sollten ${percent(due)}\u00a0% sein)`}`;
        return `Springt ${count}${lower}${gravity}${rest}.`;
      },
      orbits: ({ clockwise, frames }) =>
        `Läuft im Kreis, ${clockwise ? 'im' : 'gegen den'} Uhrzeigersinn, einmal in ${Math.round(frames)} Bildern.`,
      spins: ({ clockwise, frames }) =>
        `Dreht sich auf der Stelle, ${clockwise ? 'im' : 'gegen den'} Uhrzeigersinn, einmal in ${Math.round(frames)} Bildern.`,
      grows: ({ times }) => `Wächst auf das ${decimal(times)}-Fache.`,
      shrinks: ({ times }) => `Schrumpft auf ${percent(times)}\u00a0% seiner Größe.`,
    },
    stray: (pixels) => `Im Mittel liegt seine Bahn ${decimal(pixels)} Pixel neben diesem Gesetz.`,

    plots: 'Wie es sich bewegt, Bild für Bild',
    plotsHelp: 'Klick ein Bild an oder geh mit ← und →: Film und Bogen gehen mit.',
    whichThing: 'Welches Ding',
    measured: 'gemessen',
    law: 'das Gesetz, das am besten passt',
    noLaw: 'kein Gesetz passt',
    quantities: {
      across: {
        position: 'Ort, nach rechts',
        speed: 'Tempo, nach rechts',
        acceleration: 'Beschleunigung, nach rechts',
      },
      height: { position: 'Höhe über dem Boden', speed: 'Tempo, nach oben', acceleration: 'Beschleunigung, nach oben' },
      radius: { position: 'Radius', speed: 'Wachstum des Radius', acceleration: 'Änderung des Wachstums' },
      angle: {
        position: 'Winkel, im Uhrzeigersinn',
        speed: 'Drehtempo',
        acceleration: 'Änderung des Drehtempos',
      },
    },
    units: {
      pixels: { position: 'Pixel', speed: 'Pixel pro Bild', acceleration: 'Pixel pro Bild²' },
      degrees: { position: 'Grad', speed: 'Grad pro Bild', acceleration: 'Grad pro Bild²' },
    },
    frame: 'Bild',
    plotsHow:
      'Tempo und Beschleunigung stammen aus je fünf Bildern, bei den Punkten wie bei der Linie; an den Enden gibt es darum keine.',
    table: 'Als Tabelle',
    number: decimal,

    decided: 'Wann steht es fest?',
    decidedHelp: 'Jede Spalte ist seine Vermutung nach einem Schritt mehr. Klick eine an, um hinzugehen.',
    from: (step) => `Schritt ${step}`,
    never: 'nie',
    order: (rows) =>
      rows.length === 0
        ? 'Nichts steht fest.'
        : `${rows.map(({ name, step }) => `${name} ab Schritt ${step}`).join(', ')}.`,
    columns: 'Vermutungen vom fertigen Film',

    path: 'Die gemessene Bahn zeigen',
    who: 'Wer liest das, und wie oft stimmt es?',
    whoText: [
      'Ein Programm von uns: kein Mensch, kein zweites Netz. Es kennt die acht Dinge, acht Farben und sechs Orte dieser kleinen Welt, zeichnet jedes davon und nimmt, was die Pixel am besten erklärt.',
      'Wir haben es an 2000 Filmen geprüft, nach den Regeln dieser Welt gezeichnet und dann verrauscht: Es las jedes Wort richtig. Filme, die ein Netz macht, sind weniger sauber. Wo nichts sie klar erklärt, sagt es „unklar“, und das zählt nie als richtig.',
      'Es sieht höchstens drei Dinge, und keine, die einander die meiste Zeit verdecken.',
    ],
    fault: 'Einiges in diesem Lauf ließ sich nicht lesen.',
  },

  status: 'Was gerade geschieht',
  backends: {
    webgpu: 'Läuft auf deinem Grafikchip (WebGPU)',
    wasm: 'Läuft auf deinem Prozessor (WebAssembly)',
    cpu: 'Läuft auf deinem Prozessor (JavaScript), langsam',
  },
  whyNot: {
    noWebGpu: 'dieser Browser kein WebGPU anbietet',
    noAdapter: 'dieser Browser keinen Grafikchip für WebGPU gefunden hat',
    emulated: 'der einzige Grafikchip hier ein Programm ist, das einen spielt, und das wäre noch langsamer',
    failed: 'ein schnellerer Weg nicht in Gang kam',
    broke: 'ein schnellerer Weg hier abgebrochen ist',
    noGraph: 'dieser Grafikchip nicht das ganze Netz in einem Zug rechnen kann',
  },
  notFaster: (why) => `Nicht schneller, weil ${why.join(', und weil ')}.`,
  guest: 'Jetzt antwortet ein eigenes Netz, anstelle des großen.',
  leaveGuest: 'Zurück zum großen Netz',
  parameters: (model, count) => `Modell ${model}, ${count.toLocaleString('de')} gelernte Zahlen`,
  loading: {
    backend: 'Sucht den schnellsten Weg, hier zu rechnen',
    weights: 'Holt das Netz',
    'warm-up': 'Wärmt sich auf',
  },
  loadingOther: {
    weak: {
      weights: 'Holt eine frühere Kopie des Netzes zum Vergleichen',
      'warm-up': 'Wärmt die frühere Kopie auf',
    },
    student: {
      weights: 'Holt den Schüler, das schnelle Netz',
      'warm-up': 'Wärmt den Schüler auf',
    },
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
    file: 'Die Datei ließ sich nicht öffnen.',
    save: 'Der Lauf ließ sich nicht speichern.',
    words: 'Was du tippst, wird Wort für Wort gelesen und nicht so verstanden, wie du es sagst.',
    nothing: 'Das hat nicht geklappt.',
  },
  mended: 'Etwas ist kaputtgegangen und repariert.',
  mendedNow: 'Das Netz wurde neu geladen und macht weiter, wo es war.',
  meanwhile: 'Der aufgezeichnete Lauf spielt weiter, und alles andere auf der Seite funktioniert.',
  retry: 'Noch einmal versuchen',
  good: 'Zurück zur letzten guten Einstellung',
  dismiss: 'Schließen',
  notices: {
    clamped: (key, given, used) => `${key}: „${given}“ liegt außerhalb der Grenzen und wurde auf ${used} gesetzt.`,
    unreadable: (key, given, used) => `${key}: „${given}“ ist nicht lesbar, es bleibt bei ${used}.`,
    'unknown-key': (given) => `Der Link verlangt „${given}“; das kennt diese Seite nicht.`,
    'too-long': (given, used) => `Der Link hat ${given} Zeichen; nur die ersten ${used} wurden gelesen.`,
    cut: (given, used) =>
      `Das Ende des Links fehlt: ${given} seiner ${used} Zeichen sind angekommen, wie wenn ein Mailprogramm ihn umbricht. Vielleicht ist dies ein anderer Film als der gemeinte. Lass dir den Link noch einmal schicken; hast du ihn selbst geändert, ist alles gut.`,
    changed: (given, used) =>
      `Der Link wurde unterwegs verändert: Er sagt, dass er ${used} Zeichen hat, und hat ${given}. Vielleicht ist dies ein anderer Film als der gemeinte. Lass dir den Link noch einmal schicken; hast du ihn selbst geändert, ist alles gut.`,
    promptClamped: 'Der Prompt war zu lang oder enthielt unsichtbare Zeichen; er wurde bereinigt.',
  },
  keys: {
    length: 'Länge des Links',
    prompt: 'Prompt',
    typed: 'Was getippt wurde',
    show: 'Bild',
    decoder: 'Decoder',
    step: 'Schritt',
    frame: 'Filmbild',
    view: 'Ansicht',
    chapter: 'Kapitel',
    inside: 'Stelle in der Ansicht Innen',
    lab: 'Labor',
    vs: 'Vergleich',
    vsprompt: 'Andere Wörter',
    race: 'Rennen',
    looks: 'Größe des Rennens',
    live: 'Live',
    hide: 'Verborgenes',
  },

  glossary: 'Was die Wörter bedeuten',
  keyboard: 'Tastatur',
  shortcuts: 'S, D, P, Ziffern und Leertaste wirken überall auf der Seite',
  keyList: [
    ['S', 'schütteln: frisches Rauschen'],
    ['D', 'Decoder an oder aus'],
    ['1 2 3 …', 'die Ansichten, in ihrer Reihenfolge'],
    ['P', 'vorführen: Film und Bogen füllen den Bildschirm'],
    ['Leertaste', 'Film abspielen oder anhalten'],
    ['← →', 'auf dem Bogen: Filmzeit'],
    ['↑ ↓', 'auf dem Bogen: Klärung'],
    ['Pos1 Ende', 'auf dem Bogen: erstes und letztes Bild'],
    ['Bild ↑ Bild ↓', 'auf dem Bogen: reines Rauschen, fertiger Film'],
  ],

  settings,
  options,
  files,
  faults,
  world,
};

function list(words: string[], join: string): string {
  const quoted = words.map((word) => `„${word}“`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${join} ${quoted.at(-1)}`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

function isOne(g: number): boolean {
  return Math.abs(g - 1) < 0.05;
}

function decimal(value: number): string {
  return (Math.round(10 * value) / 10 || 0).toFixed(1).replace('-', '−').replace('.', ',');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1).replace('.', ',');
}
