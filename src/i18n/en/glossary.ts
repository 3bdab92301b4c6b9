/**
 * The glossary of the page, to be loaded by itself when somebody asks for it: nothing on the first load imports this file.
 * `word` is how the page says it, `term` what the field calls it, `means` what it is, for somebody who is 14 years old.
 *
 * What it is not: the names in the code are no strings of the page. They stand in scripts/glossary.ts, which makes
 * docs/glossary.md of both.
 */
export interface GlossaryEntry {
  readonly word: string;
  readonly term: string;
  readonly means: string;
}

export const glossary = {
  clip: {
    word: 'film',
    term: 'video clip, sample',
    means: 'Sixteen small pictures in a row. For the network they are 49,152 numbers.',
  },
  noise: {
    word: 'noise',
    term: 'Gaussian noise',
    means: 'Random numbers in the place of a picture. Every film begins as nothing else.',
  },
  seed: {
    word: 'seed',
    term: 'random seed',
    means: 'The number that names the noise. The same seed gives the same noise on every machine.',
  },
  timestep: {
    word: 'noise left',
    term: 'timestep t, noise level 1 - t',
    means: 'How far the film has come: t is 0 in pure noise and 1 when the film is clean.',
  },
  noisy: {
    word: 'what it holds',
    term: 'noisy sample, x or z_t',
    means: 'The film on its way: part film, part noise.',
  },
  guess: {
    word: 'what it believes, guess',
    term: 'x-prediction, x̂, denoised estimate',
    means: 'What the network takes the finished film to be, judged from what it holds.',
  },
  velocity: {
    word: 'direction, velocity',
    term: 'velocity v',
    means: 'The straight way from what it holds to what it believes.',
  },
  step: {
    word: 'step',
    term: 'denoising step, sampling step',
    means: 'One move along that way: a little less noise than before.',
  },
  call: {
    word: 'model call',
    term: 'function evaluation (NFE)',
    means: 'The network is asked once for a guess. This is what costs time.',
  },
  sampler: {
    word: 'sampler',
    term: 'sampler, ODE or SDE solver',
    means: 'The rule for going from one step to the next.',
  },
  restarts: {
    word: 'looking again',
    term: 'restarts (Restart sampling)',
    means:
      'The finished film is covered with noise once more, some times over, and the mean of what is then seen is the film.',
  },
  schedule: {
    word: 'schedule',
    term: 'noise schedule, timestep spacing',
    means: 'Where on the way the steps lie: small ones in one place, large ones in another.',
  },
  path: {
    word: 'the way',
    term: 'sampling trajectory',
    means: 'All that it held, from pure noise to the finished film, one after the other.',
  },
  prompt: {
    word: 'words, prompt',
    term: 'text prompt',
    means: 'What you ask for.',
  },
  token: {
    word: 'token',
    term: 'token',
    means: 'A piece that a transformer works on: here a word of the prompt, or a brick of the film.',
  },
  patch: {
    word: 'brick of the film',
    term: 'spacetime patch',
    means: 'A small block of the film, 8 by 8 pixels in two pictures. Each becomes one token.',
  },
  condition: {
    word: 'with your words, without words',
    term: 'condition; conditional and unconditional prediction',
    means: 'What the network is told beside the noisy film: your words, no words, or words to stay away from.',
  },
  guidance: {
    word: 'guidance',
    term: 'guidance scale, classifier-free guidance',
    means: 'How hard the words pull: how far the guess is pushed from “no words” towards “your words”.',
  },
  steer: {
    word: 'steer while it runs',
    term: 'prompt schedule, prompt blending',
    means: 'Other words from some step on: what is decided by then stays, the rest follows the new words.',
  },
  strength: {
    word: 'strength',
    term: 'denoising strength (SDEdit, image-to-image)',
    means: 'How much noise goes over a film before other words clear it. The more, the more can change.',
  },
  inversion: {
    word: 'the noise it comes from',
    term: 'DDIM inversion',
    means: 'The steps walked backwards, from a film to the noise that would become this film again.',
  },
  transformer: {
    word: 'transformer',
    term: 'diffusion transformer (DiT)',
    means: 'The network that decides what is to be seen. All its tokens read one another in every step.',
  },
  attention: {
    word: 'attention, where it looks',
    term: 'attention weights, softmax row',
    means:
      'How much a token reads from each other token and each word: shares that add up to 1. A head is one of several such looks.',
  },
  vector: {
    word: 'vector of a word',
    term: 'word embedding',
    means:
      'The numbers that the network has learned for a word. Words that mean something alike often lie near one another.',
  },
  checkpoint: {
    word: 'earlier copy',
    term: 'checkpoint',
    means: 'The network as it was at some time of its training, kept as a file.',
  },
  ablation: {
    word: 'what if',
    term: 'ablation',
    means: 'A part of the network is taken away. What the film then lacks is what that part did.',
  },
  decoder: {
    word: 'decoder',
    term: 'decoder, super-resolution stage of a cascade',
    means: 'A second network that draws the small pictures of the transformer large.',
  },
  given: {
    word: 'given, made up',
    term: 'conditioning on clean pixels: image-to-video, extension, inpainting',
    means: 'Given pixels are told to the network as free of noise and stay as they are; all others are made up to fit.',
  },
  recording: {
    word: 'recorded run, saved run',
    term: 'recorded trajectory',
    means: 'A file with everything that happened in a run. It plays without a network.',
  },
  training: {
    word: 'learning, training',
    term: 'training, gradient descent',
    means: 'The network guesses, hears how far off it was, and changes its numbers a little; over and over.',
  },
  moment: {
    word: 'moment of a training',
    term: 'checkpoint',
    means: 'The weights as they were at one time of a training.',
  },
  student: {
    word: 'student, pupil',
    term: 'student, few-step model',
    means: 'A network that copies another one, its teacher, and needs fewer steps. Live films are its work.',
  },
  distillation: {
    word: 'learning from a teacher',
    term: 'progressive distillation',
    means: 'Training in which a network learns to reach in one step what its teacher reaches in several.',
  },
  loss: {
    word: 'error',
    term: 'loss',
    means: 'How far the guesses are off. Training makes it smaller.',
  },
  rate: {
    word: 'learning rate',
    term: 'learning rate',
    means: 'How far the numbers go in each step of training.',
  },
  hole: {
    word: 'hole',
    term: 'held-out combination',
    means:
      'Words that training shows, but never together. What is asked there tells whether it has learned rules or cases.',
  },
  outside: {
    word: 'far from its world',
    term: 'out of distribution',
    means: 'A picture unlike all that the network has learned from. It bends it towards what it knows.',
  },
  recipe: {
    word: 'recipe',
    term: 'provenance metadata',
    means: 'What stands in a file so that the film can be made again: words, settings, and which network.',
  },
  label: {
    word: 'label',
    term: 'IPTC digital source type',
    means: 'What says, to people or to machines, that an AI made a picture.',
  },
  fp16: {
    word: 'half precision',
    term: 'fp16, f16',
    means: 'Numbers of 16 bits in the place of 32: half the memory, and about three correct digits.',
  },
} as const satisfies Record<string, GlossaryEntry>;

export type GlossaryKey = keyof typeof glossary;
export type Glossary = { readonly [Key in GlossaryKey]: GlossaryEntry };
