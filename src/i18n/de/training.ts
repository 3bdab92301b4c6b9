/** Jeder Satz darüber, was mehr Training brachte, in der Ansicht „Innen“. Er kommt mit der Ansicht. */
import type { TrainingStrings } from '../en/training';

export const training: TrainingStrings = {
  title: 'Mehr Training',
  help: 'Dieselben Wörter aus demselben Rauschen, gezeichnet vom Netz, wie es früher im Training war. So haben die Macher von Sora ihr Modell gezeigt: mit einmal, viermal und 32-mal so viel Rechnen.',
  open: 'Welche Kopien gibt es?',
  failed: 'Die früheren Kopien liegen nicht neben dieser Seite oder sind gerade nicht erreichbar.',
  none: 'Von diesem Netz wurden keine früheren Kopien behalten.',
  nothing: 'Schüttle zuerst, und lass den Film fertig werden.',
  grown: (model) =>
    `${model} selbst nennt keine Kopien von seinem Weg. Diese sind von dem Netz, aus dem es gewachsen ist.`,
  all: (megabytes) => `Alle zeichnen (holt einmal ${Math.round(megabytes)}\u00a0MB)`,
  one: (megabytes) => `Zeichnen (${Math.round(megabytes)}\u00a0MB)`,
  loading: (share) => `Die Kopie ist unterwegs: ${Math.round(100 * share)}\u00a0%`,
  films: 'Der Film vom Netz zu verschiedenen Zeiten seines Trainings',
  share: (share) => (share === 1 ? 'dem ganzen Training' : `1/${Math.round(1 / share)} des Trainings`),
  clips: (clips) => `${clips.toLocaleString('de')} Clips gesehen`,
  score: (right, of) => `${right} von ${of} Test-Prompts in allem richtig`,
  here: (right, asked) => `dieser Film: ${right} von ${asked} Wörtern stimmen`,
  stage: 'auf der Bühne',
  label: (share) => `Der Film, gezeichnet mit ${share}`,
  empty: 'noch nicht gezeichnet',
  said: (least, most) =>
    `Nach ${least.clips.toLocaleString('de')} Clips findet unser Leser in diesem Film ${least.right} von ${least.asked} Wörtern richtig, nach ${most.clips.toLocaleString('de')} sind es ${most.right} von ${most.asked}.`,
};
