/**
 * A model's own card (models/<name>/card.md), read for what the page says before it runs: how often such a film comes out
 * right. The card is written by whoever trained the weights; where it has no such table, nothing is said.
 */
import { asked } from './asked';

/** How many of 100 films come out right, as the card has it. */
export interface Expected {
  readonly things: number; // asked for
  readonly words: readonly { readonly attribute: Scored; readonly right: number }[]; // those asked for that the card has, the weakest first
  readonly all: number | null; // every word at once; null: nobody has measured it
}

const scored = ['colour', 'size', 'thing', 'motion', 'speed', 'setting'] as const;
export type Scored = (typeof scored)[number];

export interface Card {
  readonly model: string; // name of the weights
  /** What is to be expected of a prompt; null where it names no thing. */
  expected(prompt: string): Expected | null;
}

/** The table in which a row says what is right in every word; the model's own share is its first column. */
function tableOf(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('| strict'));
  const from = lines.slice(0, Math.max(0, at)).findLastIndex((line) => !line.startsWith('|')) + 1;
  return at < 0 ? '' : lines.slice(from).join('\n').split('\n\n')[0];
}

/** `text`: Markdown. Null where no table of it says how often a film is right in every word. */
export function cardOf(text: string): Card | null {
  const model = /^# (\S+)/m.exec(text)?.[1];
  const table = tableOf(text);
  const row = (name: string): number | null => {
    const found = new RegExp(`^\\| ${name}[^|]*\\| (\\d+)`, 'm').exec(table);
    return found ? Number(found[1]) : null;
  };
  const one = row('strict');
  if (!model || one === null) return null;
  const two = { colour: row('two things: colours'), all: row('two things: strict') };
  const of = (attribute: Scored, right: number | null) => (right === null ? [] : [{ attribute, right }]);
  const expected = (prompt: string): Expected | null => {
    const { objects, setting } = asked(prompt);
    if (objects.length === 0) return null;
    if (objects.length > 2) return { things: objects.length, words: [], all: null };
    if (objects.length === 2) return { things: 2, words: of('colour', two.colour), all: two.all };
    const says = { ...objects[0], setting };
    const words = scored.flatMap((name) => (says[name] === null ? [] : of(name, row(name))));
    return { things: 1, words: words.sort((a, b) => a.right - b.right), all: one };
  };
  return { model, expected };
}
