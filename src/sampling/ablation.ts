/**
 * What a network does without, as a list: the field calls such a run an ablation (the part that is missed was of use). Text,
 * limits and checks.
 * What it is not: it takes nothing away. src/model/ablation.ts says what each comes to in a forward pass.
 */
import { SettingsError } from './errors';
import type { Ablation } from './types';

/** Most in one run: a link has to hold them. */
export const mostAblations = 16;

/** What a model has of each, where one is known; without, only what no model could have is refused. */
export interface Parts {
  readonly depth: number; // blocks
  readonly heads: number; // of each
}
const anyModel: Parts = { depth: 64, heads: 64 };

/** What follows each kind in a text, in order. */
const fieldsOf = {
  time: [],
  space: [],
  words: ['block'],
  block: ['block'],
  head: ['block', 'head'],
  shuffle: ['seed'],
  key: ['word', 'percent'],
  vector: ['word', 'minus', 'plus', 'percent'],
} as const satisfies Record<Ablation['kind'], readonly string[]>;
export const ablationKinds = Object.keys(fieldsOf) as readonly Ablation['kind'][];

const wordFields: ReadonlySet<string> = new Set(['word', 'minus', 'plus']);

/** The greatest of each number; the least is 0. */
const mostOf = ({ depth, heads }: Parts): Readonly<Record<string, number>> => ({
  block: depth - 1,
  head: heads - 1,
  seed: 4294967295,
  percent: 400,
});

/** For a link, in characters that an address leaves alone: "time_head.3.2". Nothing is no text. */
export function ablationText(ablation: readonly Ablation[]): string {
  return ablation
    .map((each) => {
      const values = each as unknown as Record<string, string | number>;
      return [each.kind, ...fieldsOf[each.kind].map((field) => values[field])].join('.');
    })
    .join('_');
}

/** Whatever the model. Throws SettingsError. */
export function readAblation(text: string): Ablation[] {
  if (text === '') return [];
  const all = text.split('_').map((part): Ablation => {
    const [kind, ...values] = part.split('.');
    if (!isKind(kind) || values.length !== fieldsOf[kind].length) throw unknown(part);
    const fields = fieldsOf[kind].map((field, i) => {
      const word = wordFields.has(field);
      if (!word && !/^(0|[1-9]\d{0,9})$/.test(values[i])) throw unknown(part);
      return [field, word ? values[i] : Number(values[i])];
    });
    return { kind, ...Object.fromEntries(fields) } as Ablation;
  });
  checkAblation(all);
  return all;
}

/** Throws SettingsError for what is none, or what the model lacks; and where no block would be left. */
export function checkAblation(ablation: readonly Ablation[], parts: Parts = anyModel): void {
  if (!Array.isArray(ablation)) throw refused(String(ablation).slice(0, 80), 'a list of what to do without');
  if (ablation.length > mostAblations) throw refused(`${ablation.length} parts long`, `at most ${mostAblations} parts`);
  const most = mostOf(parts);
  for (const each of ablation as readonly Ablation[]) {
    if (typeof each !== 'object' || each === null || !isKind(each.kind)) throw unknown(JSON.stringify(each) ?? '');
    const values = each as unknown as Record<string, unknown>;
    for (const field of fieldsOf[each.kind]) {
      const value = values[field];
      if (wordFields.has(field)) {
        if (typeof value !== 'string' || !/^[a-z]{1,20}$/.test(value)) throw unknown(JSON.stringify(each));
      } else if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > most[field])
        throw new SettingsError(
          `ablation, ${field} of ${each.kind}`,
          String(value).slice(0, 80),
          `a whole number from 0 to ${most[field]}`,
        );
    }
  }
  const left = new Set(ablation.flatMap((each: Ablation) => (each.kind === 'block' ? each.block : [])));
  if (left.size >= parts.depth) throw refused('without any block', `leave at least one of ${parts.depth} blocks`);
}

const isKind = (kind: unknown): kind is Ablation['kind'] => typeof kind === 'string' && Object.hasOwn(fieldsOf, kind);

const unknown = (part: string) =>
  refused(
    part.slice(0, 80),
    'parts such as time, space, words.4, block.2, head.3.2, shuffle.1, key.red.200, vector.red.red.blue.50',
  );

function refused(value: unknown, wanted: string): SettingsError {
  return new SettingsError('ablation', value, wanted);
}
