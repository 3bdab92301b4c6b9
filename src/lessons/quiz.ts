/** The quiz without marks: two open questions, asked before and after, and seven statements. Their words are in src/i18n. */

export const openQuestions = ['where', 'wrong'] as const;
export type OpenQuestion = (typeof openQuestions)[number];

/** What is said of each, and whether it is true. */
export const truths = {
  store: false, // it searches a store of clips
  under: false, // the film is hidden under the noise
  frames: false, // it draws frame after frame
  rules: false, // a person wrote the rules of motion into it
  again: true, // the same words, noise and settings give the same film
  more: false, // more steps and more guidance are always better
  joins: true, // it can join words that it never saw together
} as const satisfies Record<string, boolean>;

export type Statement = keyof typeof truths;
export const statements = Object.keys(truths) as readonly Statement[];
