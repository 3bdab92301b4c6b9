/** Every sentence of "What if", in the view Inside. It comes with the view. */

export const whatIf = {
  title: 'What if …',
  help: 'Take something away from the network and let it draw the same film from the same noise. What the film loses is what that part did. The field calls this an ablation.',
  choose: 'What if',
  kinds: {
    time: 'no patch could look at other moments',
    space: 'no patch could look at other places',
    words: 'no patch could read the words, from a block on',
    block: 'one block were left out',
    head: 'one head were silent',
    shuffle: 'each patch were told the place of another',
    key: 'a word were louder or quieter',
  },
  about: {
    time: 'A patch reads only patches of its own frames, and the words.',
    space: 'A patch reads only the patches of its own square of the picture, at all times, and the words.',
    words:
      'From this block on, patches read nothing of the prompt. Each block still hears of the prompt as a whole, in one vector that shifts and scales its numbers.',
    block: 'The tokens pass it by as if it were not there.',
    head: 'What this head reads counts for nothing. The other heads of the block go on.',
    shuffle: 'What is in a patch stays; only the number of its frame, row and column is that of another patch.',
    key: 'Patches compare what they look for with the key of each word. Here the key of one word is multiplied: at 100 % nothing changes, at 0 % no patch can tell it apart.',
  },
  block: 'Block',
  fromBlock: 'From block',
  head: 'Head',
  word: 'Word',
  percent: 'Its keys',
  noWord: 'The prompt has no word that this network knows.',
  try: 'Try it',
  stage: 'On the stage',
  toStage: 'Put it on the stage',
  forget: 'Away with it',
  measuring: 'Our reader looks at both films …',
  /** What a run does without; parts are counted from 0. */
  without: (parts: readonly Part[]) => (parts.length === 0 ? 'the whole network' : parts.map(named).join(', ')),
  same: { both: 'At the end it is still the same thing.', lost: 'But the thing does not stay the same one to the end.', won: 'And now the thing stays the same one to the end.', neither: 'In neither film does the thing stay the same one to the end.' }, // prettier-ignore
};

export type WhatIfStrings = typeof whatIf;

/** As `Ablation` in src/sampling/types.ts. */
export type Part =
  | { readonly kind: 'time' | 'space' }
  | { readonly kind: 'words' | 'block'; readonly block: number }
  | { readonly kind: 'head'; readonly block: number; readonly head: number }
  | { readonly kind: 'shuffle'; readonly seed: number }
  | { readonly kind: 'key'; readonly word: string; readonly percent: number }
  | {
      readonly kind: 'vector';
      readonly word: string;
      readonly minus: string;
      readonly plus: string;
      readonly percent: number;
    };

function named(part: Part): string {
  switch (part.kind) {
    case 'time':
      return 'without attention across time';
    case 'space':
      return 'without attention across space';
    case 'words':
      return part.block === 0
        ? 'without attention to the words'
        : `without attention to the words from block ${part.block + 1} on`;
    case 'block':
      return `without block ${part.block + 1}`;
    case 'head':
      return `without head ${part.head + 1} of block ${part.block + 1}`;
    case 'shuffle':
      return 'with places shuffled';
    case 'key':
      return `with keys of “${part.word}” at ${part.percent}\u00a0%`;
    case 'vector':
      return part.word === part.minus
        ? `with “${part.word}” ${part.percent}\u00a0% on the way to “${part.plus}”`
        : `with “${part.word}” − “${part.minus}” + “${part.plus}” (${part.percent}\u00a0%)`;
  }
}
