/** Das Wörterverzeichnis der Seite auf Deutsch; die Fachwörter, wie sie auch in englischen Texten stehen. */
import type { Glossary } from '../en/glossary';

export const glossary: Glossary = {
  clip: {
    word: 'Film',
    term: 'Videoclip, Sample',
    means: 'Sechzehn kleine Bilder hintereinander. Für das Netz sind es 49.152 Zahlen.',
  },
  noise: {
    word: 'Rauschen',
    term: 'gaußsches Rauschen',
    means: 'Zufällige Zahlen anstelle eines Bildes. Jeder Film fängt so an, und mit nichts anderem.',
  },
  seed: {
    word: 'Startzahl',
    term: 'Seed',
    means: 'Die Zahl, die das Rauschen benennt. Dieselbe Startzahl gibt auf jedem Gerät dasselbe Rauschen.',
  },
  timestep: {
    word: 'übriges Rauschen',
    term: 'Zeitschritt t, Rauschpegel 1 - t',
    means: 'Wie weit der Film ist: t ist 0 im reinen Rauschen und 1, wenn der Film klar ist.',
  },
  noisy: {
    word: 'was es vor sich hat',
    term: 'verrauschtes Sample, x oder z_t',
    means: 'Der Film unterwegs: zum Teil Film, zum Teil Rauschen.',
  },
  guess: {
    word: 'was es vermutet, Vermutung',
    term: 'x-Vorhersage, x̂',
    means: 'Wofür das Netz den fertigen Film hält, nach dem, was es vor sich hat.',
  },
  velocity: {
    word: 'Richtung',
    term: 'Geschwindigkeit v (velocity)',
    means: 'Der gerade Weg von dem, was es vor sich hat, zu dem, was es vermutet.',
  },
  step: {
    word: 'Schritt',
    term: 'Entrauschungsschritt',
    means: 'Ein Stück auf diesem Weg: etwas weniger Rauschen als vorher.',
  },
  call: {
    word: 'Modellaufruf',
    term: 'Funktionsauswertung (NFE)',
    means: 'Das Netz wird einmal nach einer Vermutung gefragt. Das kostet die Zeit.',
  },
  sampler: {
    word: 'Verfahren',
    term: 'Sampler, Löser einer Differentialgleichung',
    means: 'Die Regel, nach der es von einem Schritt zum nächsten geht.',
  },
  restarts: {
    word: 'noch einmal hinsehen',
    term: 'Restarts (Restart-Sampling)',
    means:
      'Der fertige Film bekommt einige Male noch einmal Rauschen, und das Mittel dessen, was dann zu sehen ist, ist der Film.',
  },
  schedule: {
    word: 'Zeitplan',
    term: 'Schedule, Verteilung der Zeitschritte',
    means: 'Wo auf dem Weg die Schritte liegen: hier kleine, dort große.',
  },
  path: {
    word: 'der Weg',
    term: 'Trajektorie',
    means: 'Alles, was es vor sich hatte, vom reinen Rauschen bis zum fertigen Film.',
  },
  prompt: {
    word: 'Wörter',
    term: 'Prompt',
    means: 'Was du dir wünschst.',
  },
  token: {
    word: 'Token',
    term: 'Token',
    means: 'Ein Stück, mit dem ein Transformer rechnet: hier ein Wort oder ein Klötzchen des Films.',
  },
  patch: {
    word: 'Klötzchen des Films',
    term: 'Raumzeit-Patch',
    means: 'Ein kleiner Block des Films, 8 mal 8 Bildpunkte in zwei Bildern. Aus jedem wird ein Token.',
  },
  condition: {
    word: 'mit deinen Wörtern, ohne Wörter',
    term: 'Bedingung; bedingte und unbedingte Vorhersage',
    means:
      'Was dem Netz außer dem verrauschten Film gesagt wird: deine Wörter, keine, oder solche, die es meiden soll.',
  },
  guidance: {
    word: 'Führung',
    term: 'Guidance, classifier-free guidance',
    means:
      'Wie stark die Wörter ziehen: wie weit die Vermutung von „ohne Wörter“ zu „mit deinen Wörtern“ geschoben wird.',
  },
  steer: {
    word: 'unterwegs lenken',
    term: 'Prompt-Zeitplan, Mischen von Prompts',
    means: 'Andere Wörter ab einem Schritt: Was bis dahin entschieden ist, bleibt, der Rest folgt den neuen Wörtern.',
  },
  strength: {
    word: 'Stärke',
    term: 'Entrauschungsstärke (SDEdit, Bild zu Bild)',
    means:
      'Wie viel Rauschen über einen Film kommt, bevor andere Wörter ihn klar machen. Je mehr, desto mehr kann sich ändern.',
  },
  inversion: {
    word: 'das Rauschen, aus dem er kommt',
    term: 'DDIM-Inversion',
    means: 'Die Schritte rückwärts gegangen, von einem Film zu dem Rauschen, aus dem wieder dieser Film würde.',
  },
  transformer: {
    word: 'Transformer',
    term: 'Diffusions-Transformer (DiT)',
    means: 'Das Netz, das entscheidet, was zu sehen ist. Alle seine Token lesen einander in jedem Schritt.',
  },
  attention: {
    word: 'Aufmerksamkeit, wohin es schaut',
    term: 'attention weights',
    means:
      'Wie viel ein Token von jedem anderen Token und jedem Wort liest: Anteile, die zusammen 1 ergeben. Ein Kopf ist einer von mehreren solchen Blicken.',
  },
  vector: {
    word: 'Vektor eines Wortes',
    term: 'word embedding',
    means:
      'Die Zahlen, die das Netz für ein Wort gelernt hat. Wörter, die Ähnliches bedeuten, liegen oft nah beieinander.',
  },
  checkpoint: {
    word: 'frühere Kopie',
    term: 'Checkpoint',
    means: 'Das Netz, wie es zu einer Zeit seines Trainings war, als Datei behalten.',
  },
  ablation: {
    word: 'was wäre, wenn',
    term: 'Ablation',
    means: 'Dem Netz wird ein Teil weggenommen. Was dem Film dann fehlt, hat dieser Teil getan.',
  },
  decoder: {
    word: 'Decoder',
    term: 'Decoder, zweite Stufe einer Kaskade',
    means: 'Ein zweites Netz, das die kleinen Bilder des Transformers groß zeichnet.',
  },
  given: {
    word: 'vorgegeben, erfunden',
    term: 'Konditionierung auf saubere Pixel: Bild zu Film, Verlängerung, Inpainting',
    means:
      'Von vorgegebenen Pixeln erfährt das Netz, dass kein Rauschen in ihnen ist: Sie bleiben, und alle anderen werden passend erfunden.',
  },
  recording: {
    word: 'aufgezeichneter Lauf',
    term: 'aufgezeichnete Trajektorie',
    means: 'Eine Datei mit allem, was in einem Lauf geschah. Sie läuft ohne das Netz.',
  },
  training: {
    word: 'Lernen, Training',
    term: 'Training, Gradientenabstieg',
    means: 'Das Netz vermutet, erfährt, wie weit es daneben lag, und ändert seine Zahlen ein wenig; immer wieder.',
  },
  moment: {
    word: 'Augenblick eines Trainings',
    term: 'Checkpoint',
    means: 'Die Gewichte, wie sie zu einer Zeit des Trainings waren.',
  },
  student: {
    word: 'Schüler',
    term: 'Student, few-step model',
    means:
      'Ein Netz, das einem anderen, seinem Lehrer, nachmacht und weniger Schritte braucht. Live-Filme sind sein Werk.',
  },
  distillation: {
    word: 'Lernen beim Lehrer',
    term: 'Progressive Distillation',
    means: 'Ein Training, in dem ein Netz lernt, in einem Schritt zu erreichen, was sein Lehrer in mehreren erreicht.',
  },
  loss: {
    word: 'Fehler',
    term: 'Loss, Verlust',
    means: 'Wie weit die Vermutungen danebenliegen. Training macht ihn kleiner.',
  },
  rate: {
    word: 'Lernrate',
    term: 'Lernrate, learning rate',
    means: 'Wie weit die Zahlen in jedem Schritt des Trainings gehen.',
  },
  hole: {
    word: 'Lücke',
    term: 'ausgelassene Kombination',
    means:
      'Wörter, die das Training zeigt, aber nie zusammen. Was man dort fragt, verrät, ob es Regeln gelernt hat oder Fälle.',
  },
  outside: {
    word: 'weit von seiner Welt',
    term: 'außerhalb der Trainingsverteilung',
    means: 'Ein Bild, das nichts von dem gleicht, woraus das Netz gelernt hat. Es biegt es zu dem hin, was es kennt.',
  },
  recipe: {
    word: 'Rezept',
    term: 'Herkunftsangaben',
    means:
      'Was in einer Datei steht, damit sich der Film noch einmal machen lässt: Wörter, Einstellungen und welches Netz.',
  },
  label: {
    word: 'Hinweis',
    term: 'IPTC-Quellenart',
    means: 'Was Menschen oder Maschinen sagt, dass eine KI ein Bild gemacht hat.',
  },
  fp16: {
    word: 'halbe Genauigkeit',
    term: 'fp16, f16',
    means: 'Zahlen aus 16 Bits statt 32: halb so viel Speicher, und etwa drei richtige Stellen.',
  },
};
