/**
 * What a link of the page says of its film: words, settings, and the films that pixels were taken from. What it says of where to
 * look (step, view, what is hidden) is nothing to a terminal.
 *
 * What it is not: the page's own reader, which mends what it can and says so; here a link is refused in one sentence.
 */
import { readPlan, type Plan } from '../src/making/plan';
import { readEdit, type Edit } from '../src/sampling/edit';
import { defaults, settingKeys, withText, type CompleteSettings } from '../src/sampling/settings';
import { cleanPrompt } from '../src/world/prompt';
import { UsageError } from './usage';

/** Words and settings of one film. Words are told as they stand. */
export interface Told {
  readonly prompt: string;
  readonly negative: string;
  readonly then: string;
  readonly settings: CompleteSettings;
}

/** Parts of other films that a film keeps; or how much noise is put over a film that other words change. */
export interface Recipe {
  readonly plan: Plan | Pick<Edit, 'way' | 't'>;
  readonly of: readonly Linked[];
}

export interface Linked extends Told {
  readonly recipe?: Recipe; // where it is made of others
  readonly picture?: string; // it is this picture, and no film
}

/** The whole address, or what stands behind its #. Throws UsageError, or SettingsError for a value that can't be read. */
export function readLink(link: string): Linked {
  const texts = pairsOf(link.slice(link.indexOf('#') + 1).trim());
  if (!texts.has('prompt'))
    throw new UsageError('the link names no prompt: copy it from the page, all of it, and put it between quotes');
  return linkedBy(texts);
}

/** A link that holds itself in itself so often was written by no page. */
const deepest = 8;

function linkedBy(texts: ReadonlyMap<string, string>, deep = 0): Linked {
  const [told, plan, picture] = [toldBy(texts), texts.get('make'), texts.get('picture')];
  if (picture !== undefined) return { ...told, picture };
  if (plan === undefined) return told;
  const read = readPlan(plan) ?? readEdit(plan);
  const sources = ['of', 'and'].flatMap((key) => texts.get(key) ?? []);
  if (!read || sources.length === 0 || deep >= deepest)
    throw new UsageError(`the link makes its film of others in a way that can't be read (make=${plan.slice(0, 40)}): copy it again`); // prettier-ignore
  return { ...told, recipe: { plan: read, of: sources.map((text) => linkedBy(listed(text), deep + 1)) } };
}

/** Keys and values of a link that has come as the page wrote it: where a program has changed it, it may be another film. */
function pairsOf(text: string): Map<string, string> {
  const [, said, body] = /^length=(\d{1,5})&(.*)$/s.exec(text) ?? [];
  const pairs = new Map(new URLSearchParams(text));
  const changed = said !== undefined && body.replaceAll('%20', '+').length !== Number(said);
  if (changed || ![...pairs.keys()].every((key) => /^[a-z]+$/i.test(key)))
    throw new UsageError('the link was cut off or changed on its way: copy it from the page, all of it, and put it between quotes'); // prettier-ignore
  return pairs;
}

function toldBy(texts: ReadonlyMap<string, string>): Told {
  let settings = defaults;
  // Links that say their guidance, but not from where it works, or no restarts, are of a time when that was always 0.
  if (texts.has('guidance'))
    for (const key of ['from', 'restarts'] as const) if (!texts.has(key)) settings = withText(settings, key, '0');
  for (const key of settingKeys) {
    const text = texts.get(key);
    if (text !== undefined) settings = withText(settings, key, text);
  }
  const [prompt, negative, then] = ['prompt', 'negative', 'then'].map((key) => cleanPrompt(texts.get(key) ?? ''));
  return { prompt, negative, then, settings };
}

/** Key and value in turn, with stars between. */
function listed(text: string): Map<string, string> {
  const said = text.split('*').map(unescaped);
  return new Map(said.flatMap((key, i) => (i % 2 === 0 && i + 1 < said.length ? [[key, said[i + 1]] as const] : [])));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is taken as it stands
  }
}
