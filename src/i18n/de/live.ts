import type { LiveStrings } from '../en/live';

export const live: LiveStrings = {
  about: ({ steps, teacherSteps, right, teacherRight }) =>
    `Jede Änderung macht einen neuen Film. Er kommt vom Schüler, einem zweiten Netz: Der Schüler hat gelernt, in ${steps} Schritten zu tun, wofür sein Lehrer ${teacherSteps} braucht. Er ist ein wenig ungenauer: Von 100 Filmen stimmen ${right} in jedem Wort, beim Lehrer ${teacherRight}.`,
  negative: 'Von Wörtern wegbleiben kann er nicht: „kein“ und „nicht“ bewirken hier nichts.',
  seed: 'Startzahl',
  keep: 'Diesen Film behalten',
  keepHelp: 'Legt ihn zu den Filmen dieses Besuchs. Sonst bleibt nur ein Film, der drei Sekunden lang steht.',
};
