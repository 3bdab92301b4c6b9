/** Every sentence on what more training bought, in the view Inside. It comes with the view. */

export const training = {
  title: 'More training',
  help: 'The same words from the same noise, drawn by the network as it was earlier in its training. Sora’s makers showed their model like this, with once, four times and 32 times the compute.',
  open: 'Which copies are there?',
  failed: 'The earlier copies do not lie beside this page, or cannot be reached now.',
  none: 'No earlier copies of this network were kept.',
  nothing: 'Shake first, and let the film come to its end.',
  grown: (model: string) =>
    `${model} itself names no copies of its way. These are of the network that it was grown of.`,
  all: (megabytes: number) => `Draw all of them (fetches ${Math.round(megabytes)}\u00a0MB, once)`,
  one: (megabytes: number) => `Draw (${Math.round(megabytes)}\u00a0MB)`,
  loading: (share: number) => `The copy is on its way: ${Math.round(100 * share)}\u00a0%`,
  films: 'The film by the network at different times of its training',
  share: (share: number) => (share === 1 ? 'all of the training' : `1/${Math.round(1 / share)} of the training`),
  clips: (clips: number) => `${clips.toLocaleString('en')} clips seen`,
  score: (right: number, of: number) => `${right} of ${of} test prompts right in everything`,
  here: (right: number, asked: number) => `this film: ${right} of ${asked} words right`,
  stage: 'on the stage',
  label: (share: string) => `The film, drawn with ${share}`,
  empty: 'not drawn yet',
  said: (least: Drawn, most: Drawn) =>
    `After ${least.clips.toLocaleString('en')} clips our reader finds ${least.right} of ${least.asked} words right in this film, after ${most.clips.toLocaleString('en')} it is ${most.right} of ${most.asked}.`,
};

export type TrainingStrings = typeof training;

interface Drawn {
  readonly clips: number;
  readonly right: number;
  readonly asked: number;
}
