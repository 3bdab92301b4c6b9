/** What is said while Live is on. */
export const live = {
  about: ({ steps, teacherSteps, right, teacherRight }: Student) =>
    `Every change makes a new film. It comes from the student, a second network: a pupil that has learned to do in ${steps} steps what its teacher takes ${teacherSteps} for. It is a little less exact: of 100 films, ${right} are right in every word, of its teacher’s ${teacherRight}.`,
  negative: 'It cannot stay away from words: “no” and “not” have no effect here.',
  seed: 'Seed',
  keep: 'Keep this film',
  keepHelp: 'Puts it among the films of this visit. Without it only a film that stands for three seconds is kept.',
};

export type LiveStrings = typeof live;

/** Model calls a film, and films of 100 that are right in every word. */
interface Student {
  readonly steps: number;
  readonly teacherSteps: number;
  readonly right: number;
  readonly teacherRight: number;
}
