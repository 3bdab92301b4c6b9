/** What the page says of a prompt before it runs: what to expect, what is left open, and prompts that nobody expects. */

type Scored = 'colour' | 'size' | 'thing' | 'motion' | 'speed' | 'setting';

const names: Readonly<Record<Scored, string>> = {
  colour: 'colour',
  size: 'size',
  thing: 'thing',
  motion: 'motion',
  speed: 'speed',
  setting: 'place',
};

export const asking = {
  expect: {
    /** Below this many of 100 a word is named as a weak one. */
    one: (all: number, weak: readonly { readonly attribute: Scored; readonly right: number }[]) =>
      `What to expect: of 100 films like this about ${all} are right in every word.${weak.length > 0 ? ` Weakest: ${weak.map(({ attribute, right }) => `${names[attribute]} (right in ${right})`).join(', ')}.` : ''}`,
    two: (all: number | null, colour: number | null) =>
      `What to expect: two things at once are hard for it.${all === null ? '' : ` Of 100 such films ${all === 0 ? 'hardly any is' : `about ${all} are`} right in every word${colour === null ? '' : `; the colours are right in ${colour}`}.`}`,
    more: (things: number) =>
      `What to expect: nobody has measured it with ${things} things at once. Two are hard for it already.`,
    from: 'Measured on films of this very network, read back by machine: its report card.',
  },
  full: {
    title: 'Short or full?',
    counts: (said: number, made: number) =>
      `This sentence could say ${said + made} things. ${said === 1 ? 'One comes' : `${said} come`} from you, ${made} ${made === 1 ? 'is' : 'are'} left open:`,
    open: (parts: readonly string[]) => `${parts.join(', ')}. The network makes that up as it clears the noise, so another seed brings another film.`, // prettier-ignore
    parts: { size: 'size', colour: 'colour', thing: 'the thing', motion: 'motion', speed: 'speed', setting: 'place' }, // prettier-ignore
    large: 'Large systems fill in first: a language model makes a long sentence of a short prompt, and you never see it. Here it is done by lot, and you see what was made up:', // prettier-ignore
    made: 'made up',
    take: 'Take the full sentence',
    both: 'Both, side by side',
    bothHelp: 'The same noise twice: once as you said it, once with everything filled in.',
    measured: (count: number, short: number, full: number) =>
      `Does it help? ${count} films were asked for in short and in full, and the words that both say were read back: all three right in ${short} of 100 short ones and ${full} of 100 full ones.`,
  },
  surprise: {
    title: 'Three that nobody expects',
    whys: {
      hole: 'two words it has never seen together',
      place: 'where you would not look for it',
      two: 'two things at once: its hardest task',
    },
  },
};

export type AskingStrings = typeof asking;
