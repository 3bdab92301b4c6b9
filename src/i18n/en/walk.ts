/** Every sentence of the walk through one step, in the view Inside. It comes with the view. */
import { percent } from './numbers';

export const walk = {
  title: 'A walk through one step',
  help: 'The whole way, from your words and the noisy clip to the next clip. Press a station: it shows its numbers for the patch that is chosen above.',
  picture: 'The stations of one step',
  prompt: 'Your words',
  clip: 'The noisy clip',
  blocks: (depth: number) => `${depth} blocks, one after the other`,
  names: {
    words: 'Words to tokens',
    encoder: 'Text encoder',
    keys: 'Keys and values',
    patches: 'Patches',
    tokens: 'Tokens',
    level: 'Noise level',
    attention: 'Attention',
    mlp: 'Gated MLP',
    head: 'Head',
    guess: 'Guess',
    next: 'Next clip',
  },
  shape: (shape: string) => `${shape} numbers`,
  says: {
    words: ({ words, places }: Walk) =>
      words.length === 0
        ? `The prompt has no word that this network knows: a start mark and empty places, ${places} tokens in all.`
        : `The prompt becomes ${places} tokens: a start mark, ${words.map(({ text, token }) => `${text} = ${token}`).join(', ')}, and empty places. The number is the word’s place in the list of all words.`,
    encoder: ({ dim }: Walk) =>
      `For each token there is a learned vector of ${dim} numbers. In a small transformer of their own the words read one another, so that “red” can know of “ball”.`,
    keys: ({ depth, heads, dim }: Walk) =>
      `Each of the ${depth} blocks makes keys and values of the words, for each of its ${heads} heads ${dim / heads} numbers. This is done once a prompt, not once a step.`,
    patches: ({ clip: [frames, height, width], patches, pixels }: Walk) =>
      `The clip of ${frames} frames, ${height} × ${width}, is cut into ${patches} patches of ${pixels} pixels. Each pixel brings four numbers: three colours and its noise level.`,
    tokens: ({ dim, passages }: Walk) =>
      `Two matrices turn each patch into a token of ${dim} numbers. The chosen one has length ${two(passages[0].before)}. Where it lies in time, row and column is told to each query and key: they are turned by angles.`,
    level: ({ noise, dim }: Walk) =>
      `The network is told that ${percent(noise)} of the clip is noise. That, and the prompt as a whole, become ${6 * dim} numbers, which shift, scale and gate what each block does.`,
    attention: ({ patches, places, heads }: Walk) =>
      `The token asks with its query, in each of ${heads} heads: which of the ${patches} patches and ${places} places of the prompt have a key that fits? It takes their values by those shares and adds what comes of it to itself.`,
    mlp: ({ hidden }: Walk) =>
      `Then each token is worked on by itself, over ${hidden} numbers, half of which say how far the other half counts. What comes of it is added, too.`,
    head: ({ channels, pixels }: Walk) =>
      `The head turns each token into ${channels * pixels} numbers: three colours for each of its ${pixels} pixels${channels > 3 ? ', and how sure it is of each' : ''}.`,
    guess: ({ channels, detail }: Walk) =>
      `Put together again, the patches are the guess of the finished clip${detail ? '. A second, small network, the detail head, sees each of its pixels with those around, beside the noisy ones, and mends outlines that fray between patches' : ''}${channels > 3 ? '; where the network is not sure, the noisy pixel has a say' : ''}. Guidance then mixes it with the guess without words.`,
    next: ({ t: [now, next] }: Walk) =>
      next === 1
        ? `This was the last step: the guess is the finished film.`
        : `The sampler goes from t = ${two(now)} to t = ${two(next)}: a little towards the guess. What comes out is the clip of the next step.`,
  },
  most: ({ most: { block, by, attention, mlp, before } }: Walk) =>
    `Most is added by the ${by === 'attention' ? 'attention' : 'MLP'} of block ${block + 1}: a length of ${two(by === 'attention' ? attention : mlp)} to a token of length ${two(before)}.`,
  table: 'Lengths of the chosen token in each block',
  columns: { block: 'Block', before: 'before', attention: 'attention adds', mlp: 'MLP adds', after: 'after' },
  number: (value: number) => two(value),
  formula: 'The formula',
  code: 'The lines in the code',
  languages: { ts: 'TypeScript (in this page)', py: 'PyTorch (in training)' },
  where: (file: string, first: number, last: number) => `${file}, lines ${first} to ${last}`,
  coming: 'The code is on its way …',
  failed: 'The code could not be fetched. Check the connection, then try again.',
};

export type WalkStrings = typeof walk;

/** As src/sessions/inside/walk.ts has it. */
interface Walk {
  readonly words: readonly { readonly text: string; readonly token: number }[];
  readonly places: number;
  readonly dim: number;
  readonly hidden: number;
  readonly depth: number;
  readonly heads: number;
  readonly patches: number;
  readonly pixels: number;
  readonly clip: readonly [frames: number, height: number, width: number];
  readonly channels: number;
  readonly detail: boolean;
  readonly noise: number;
  readonly t: readonly [now: number, next: number];
  readonly passages: readonly { readonly before: number }[];
  readonly most: {
    readonly block: number;
    readonly by: 'attention' | 'mlp';
    readonly attention: number;
    readonly mlp: number;
    readonly before: number;
  };
}

function two(value: number): string {
  return value.toFixed(2);
}
