/** Was jede Einstellung tut, in einer einfachen Zeile, und woran man zu viel davon erkennt. */
import type { options as englishOptions, settings as english } from '../en/settings';

export const settings: typeof english = {
  seed: {
    name: 'Startzahl',
    does: 'Mit welchem Rauschen es beginnt. Gleiche Zahl, gleiche Wörter: gleicher Film.',
    tooMuch: 'Zu viel gibt es nicht: Jede Zahl ist einfach ein anderer Film.',
    equation:
      'Was es vor sich hat, ist immer eine Mischung aus Film und Rauschen; t sagt, wie viel davon Film ist. Die Startzahl ist das Rauschen.',
  },
  student: {
    name: 'Den Schüler fragen',
    does: 'Der Schüler ist ein Netz, das gelernt hat, in vier Schritten zu tun, wofür sein Lehrer 24 braucht. Der Zug der Wörter ist eingebaut, darum bleibt seine Führung bei 1.',
    tooMuch:
      'Er ist ein wenig ungenauer als sein Lehrer; und mit mehr oder weniger als vier Schritten tut er, was er nie geübt hat.',
    equation:
      'Seine Schätzung x̂ ist die, mit der ein einziger Schritt der Länge h dort endet, wo der Lehrer nach mehreren kleinen endet.',
  },
  steps: {
    name: 'Schritte',
    does: 'In wie vielen kleinen Schritten sich das Rauschen klärt.',
    tooMuch: 'Zu wenige: verwaschene, halbe Dinge. Zu viele: derselbe Film, nur langsamer.',
    equation: 'Mit n Schritten geht t in n Zügen von 0 bis 1. Jeder kostet einen Modellaufruf oder mehr.',
  },
  sampler: {
    name: 'Verfahren',
    does: 'Die Regel, wie es von einem Schritt zum nächsten geht.',
    tooMuch: 'Mit vielen Schritten treffen sich alle im selben Film; mit wenigen sieht man, welches genau ist.',
    equation:
      'Die Vermutung x̂ sagt, wo der Film enden soll; daraus folgt eine Richtung, die Geschwindigkeit v. Die Verfahren unterscheiden sich darin, wie sie ihr einen Schritt der Länge h folgen.',
  },
  eta: {
    name: 'Frisches Rauschen (Eta)',
    does: 'Wie viel neues Rauschen nach jedem Schritt dazukommt. 0: keines.',
    tooMuch: 'Über 1 fällt mehr hinein, als sich legt: Der Film bleibt körnig.',
    equation: 'ε ist frisches Rauschen; s, sein Anteil, wächst mit Eta. Bei 0 bleibt nichts davon.',
  },
  churn: {
    name: 'Aufrühren (Churn)',
    does: 'Wie weit jeder Schritt zu weit geht und wieder Rauschen bekommt. 0: gar nicht.',
    tooMuch: 'Lange Schritte machen eigene Fehler: Formen waschen aus.',
    equation: 'u ist das Rauschen, das noch da ist. Der Schritt geht weiter als nötig, dann kommt Rauschen zurück.',
  },
  restarts: {
    name: 'Noch einmal hinsehen',
    does: 'Wie oft der fertige Film noch einmal etwas Rauschen bekommt. Das Mittel dessen, was dann zu sehen ist, ist der Film.',
    tooMuch:
      'Mit den ersten zwei, drei werden Umrisse ruhiger; mehr kosten nur Zeit. 0 zeigt, was die Schritte allein machen.',
    equation:
      'n-mal kommt Rauschen εₖ über den fertigen Film x, bis t = 0,65. Was da ist, ist durch jedes Rauschen zu sehen; ein ausgefranster Umriss ist jedes Mal ein anderer: Das Mittel behält, was allen gemeinsam ist.',
  },
  rule: {
    name: 'Art der Führung',
    does: 'Wie aus zwei Vermutungen eine wird: der mit deinen Wörtern und einer schlechteren, ohne sie oder von einer früheren Kopie des Netzes.',
    tooMuch:
      'Jede Art zerbricht auf ihre Weise: CFG wird grell, Autoguidance zerkrümelt die Dinge in bunte Körner. Vergleiche sie bei gleicher Stärke.',
    equation:
      'Beide Vermutungen meinen den fertigen Film. Die Arten unterscheiden sich darin, wie sie beide verbinden.',
  },
  guidance: {
    name: 'Führung',
    does: 'Wie stark die Wörter ziehen. 1 ist normal.',
    tooMuch: 'Grelle Farben, harte Kanten, jede Startzahl gleich; am Ende zerbricht der Film.',
    equation:
      'Es rät zweimal: mit deinen Wörtern und ganz ohne. Der Unterschied ist das, was die Wörter wollen; die Führung w geht w-mal so weit in diese Richtung.',
  },
  negative: {
    name: 'Weg von',
    does: 'Wörter, von denen es wegbleiben soll. Leer: weg von irgendeinem Film.',
    tooMuch: 'Nenn, was du selbst bestellt hast, und es weiß nicht mehr wohin.',
    equation: 'Die Vermutung für diese Wörter tritt an die Stelle der Vermutung ganz ohne.',
  },
  from: {
    name: 'Führung ab',
    does: 'Die Wörter ziehen erst stärker, wenn der Film so weit klar ist.',
    tooMuch: 'Fängt sie spät an, ist das Ding schon entschieden: Die Wörter ändern nur Einzelheiten.',
    equation: 'Außerhalb ist w gleich 1, und das Netz wird nur einmal gefragt: halbe Arbeit.',
  },
  to: {
    name: 'Führung bis',
    does: 'Die Wörter ziehen nur so lange stärker, bis der Film so weit klar ist.',
    tooMuch: 'Hört sie früh auf, sind die letzten Einzelheiten, was eben wahrscheinlich ist.',
    equation: 'Außerhalb ist w gleich 1, und das Netz wird nur einmal gefragt: halbe Arbeit.',
  },
  rescale: {
    name: 'Kontrast zähmen',
    does: 'Gibt einer stark geführten Vermutung den Kontrast der normalen zurück.',
    tooMuch: 'Bei 1 sieht starke Führung grau und flach aus.',
    equation: 'σ ist, wie weit die Zahlen einer Vermutung streuen; φ sagt, wie viel vom Zähmen genommen wird.',
  },
  parallel: {
    name: 'Grelle',
    does: 'Wie viel vom Zug die Vermutung einfach nur verstärken darf.',
    tooMuch: 'Bei 1 ist es gewöhnliche Führung, mitsamt der Grelle.',
    equation: 'Der Zug d wird zerlegt: längs der Vermutung (das macht nur grell) und quer dazu (das ändert etwas).',
  },
  bound: {
    name: 'Längster Zug',
    does: 'Ein längerer Zug wird gekürzt. 0: keine Grenze.',
    tooMuch: 'Eine winzige Grenze lässt von den Wörtern nichts übrig.',
    equation: 'Der Zug d wird auf die Länge r gekürzt, wo er länger ist.',
  },
  momentum: {
    name: 'Gedächtnis (Momentum)',
    does: 'Wie viel von den früheren Zügen in jedem Zug steckt. Unter 0: weniger vom Gleichen.',
    tooMuch: 'Weit unter 0 nimmt jeder Zug den letzten zurück; über 0 häufen sie sich, und es wird grell.',
    equation:
      'm zählt die Züge d der bisherigen Schritte zusammen, jeden älteren β-mal so stark; es tritt an die Stelle von d.',
  },
  schedule: {
    name: 'Zeitplan',
    does: 'Wo auf dem Weg vom Rauschen zum Film die Schritte klein sind.',
    tooMuch:
      'Große Schritte bei viel Rauschen entscheiden alles auf einmal; große Schritte am Ende lassen Körner zurück.',
    equation: 'q läuft gleichmäßig von 0 bis 1, ein Anteil je Schritt; der Zeitplan sagt, welches t dazugehört.',
  },
  curve: {
    name: 'Dein Zeitplan',
    does: 'Zieh an den Punkten: flach heißt kleine Schritte, steil heißt große.',
    tooMuch: 'Eine Klippe ist ein Riesenschritt: Was dort geschehen sollte, fällt aus.',
    equation: 'Gerade Linien von Punkt zu Punkt, von (0, 0) bis (1, 1).',
  },
  shift: {
    name: 'Kleine Schritte im Rauschen',
    does: '1: wie der Zeitplan es sagt. Mehr: kleine Schritte bei viel Rauschen, später große.',
    tooMuch: 'Weit über 1 muss der letzte Schritt viel zu viel auf einmal klären.',
    equation: 'u ist das Rauschen, das noch da ist; die Verschiebung s biegt, wie es abnimmt.',
  },
  backwards: {
    name: 'Beim Rauschen lügen',
    does: 'Sagt dem Netz, Rauschen sei ein klarer Film und ein klarer Film sei Rauschen.',
    tooMuch: 'Das ist immer zu viel: Es ist zum Kaputtmachen da. Das Netz muss wissen, wie viel Rauschen da ist.',
    equation: 'Dem Netz wird 1 − t statt t gesagt.',
  },
  start: {
    name: 'Rauschen am Anfang',
    does: 'Was vor dem Lauf mit dem Rauschen gemacht wurde, im Rauschlabor.',
    tooMuch: 'Rauschen, das sich wiederholt, kam im Training nie vor.',
    equation: 'p ist der Anteil des anderen Rauschens. Durch die Länge geteilt bleibt es so stark wie echtes Rauschen.',
  },
  then: {
    name: 'Dann: andere Wörter',
    does: 'Eine zweite Beschreibung, zu der der Film unterwegs wechselt. Leer: keine.',
    tooMuch: 'Wörter, die mit den ersten nichts gemeinsam haben, lassen eine Mischung aus beidem zurück.',
    equation:
      'Dann gibt es zwei Vermutungen, eine für jede Beschreibung; b sagt, wie viel die zweite zählt, und ist 0, bis ihr Schritt da ist.',
  },
  at: {
    name: 'Andere Wörter nach Schritt',
    does: 'Wie viele Schritte mit den ersten Wörtern gemacht werden.',
    tooMuch:
      'Spät ändert sich nichts mehr: Was bis dahin entschieden ist, bleibt. 0: Die ersten Wörter werden nie gelesen.',
    equation: 'Vor diesem Schritt ist b gleich 0.',
  },
  blend: {
    name: 'Anteil der anderen Wörter',
    does: '1: Von da an zählen nur die anderen Wörter. Ein halb: Beide zählen gleich.',
    tooMuch: 'Halb und halb kann das eine werden, das andere, oder etwas, das keins von beiden ist.',
    equation: 'b von diesem Schritt an. Wo beide Beschreibungen zählen, fragt jeder Schritt das Netz einmal mehr.',
  },
  ablation: {
    name: 'Was wäre, wenn (Ablation)',
    does: 'Ohne was das Netz auskommen muss, in der Ansicht Innen.',
    tooMuch: 'Ohne die Hälfte seiner Blöcke zeichnet es nichts, was man kennt.',
    equation: 'm ist 0, wo ein Patch lesen darf, und weit unter 0, wo nicht: Dann bleibt von dem Anteil nichts.',
  },
  format: {
    name: 'Länge und Form',
    does: 'Wie viele Bilder der Film hat und ob er breit oder hoch ist; gewählt in der Ansicht Machen.',
    tooMuch: 'Trainiert wurde es nur auf eine Länge und Form: Weiter draußen liegen Patches, wo es nie welche sah.',
    equation: 'F Bilder, H Zeilen, W Spalten von Patches: Das Netz liest so viele, wie da sind.',
  },
};

export const options: typeof englishOptions = {
  formats: {
    usual: 'Wie immer',
    short: 'Kurz: halb so lang',
    long: 'Lang: anderthalbmal so lang',
    wide: 'Breit: anderthalbmal so breit',
    tall: 'Hoch: anderthalbmal so hoch',
    still: 'Ein Bild: ein Patch in der Zeit',
  },
  rules: {
    cfg: 'Normal (CFG)',
    cfgpp: 'CFG++: Stärke von 0 bis 1',
    cfgzero: 'CFG-Zero*: passt erst die Länge an',
    apg: 'APG: ohne die Grelle',
    auto: 'Autoguidance: weg von früher',
  },
  schedules: {
    uniform: 'Gleichmäßig',
    'logit-normal': 'Wie im Training',
    karras: 'Karras: klein an beiden Enden',
    cosine: 'Kosinus',
    curve: 'Dein eigener, gezeichnet',
  },
  samplers: {
    euler: 'Euler: ein Modellaufruf pro Schritt',
    heun: 'Heun: zwei Modellaufrufe pro Schritt, genauer',
    midpoint: 'Mittelpunkt: schaut auf halbem Weg',
    ab2: 'AB2: merkt sich eine Richtung',
    ab3: 'AB3: merkt sich zwei Richtungen',
    multistep: 'Mehrschritt: ein Modellaufruf, und merkt sich den letzten',
    dpm2m: 'DPM++ 2M: merkt sich eine Vermutung',
    dpm3m: 'DPM++ 3M: merkt sich zwei Vermutungen',
    unipc: 'UniPC: verbessert den letzten Schritt',
    rk4: 'RK4: vier Modellaufrufe pro Schritt, der Maßstab',
    ancestral: 'Ancestral: frisches Rauschen in jedem Schritt',
    ddim: 'DDIM: frisches Rauschen in jedem Schritt',
    sde: 'SDE: rührt zwischen zwei Modellaufrufen',
  },
};
