/**
 * The whole state of the page in one link: what was asked (prompt and settings), where the reader looks (show, step,
 * frame), what the laboratory shows and compares, and what a teacher has hidden. It lives behind the # of the address, so
 * it never reaches a server.
 *
 * Any text can stand there. Nothing here throws; what could not be used is reported as a Notice, for the page to say.
 */
import * as v from 'valibot';
import { labViews, type LabView, viewNames, type ViewName } from './views';
import { entrantsOf, firstEntrants, raceSizes, type RaceSize, type Sampler } from './race';
import { lengthOf, lengthWritten, pairsOf } from './link-pairs';
import {
  cleanPrompt,
  defaults,
  isDefault,
  readSetting,
  settingKeys,
  shows,
  textOf,
  type SettingKey,
  type Settings,
  type Show,
} from './settings';

export interface LinkState {
  readonly prompt: string; // the sentence that the network is told
  readonly typed: string | null; // what was typed, where it was heard as that sentence
  readonly settings: Settings;
  readonly show: Show;
  readonly sharp: boolean; // guesses decoded, or as the transformer made them
  readonly step: number | null; // row of the sheet, 0 .. steps; null follows the newest
  readonly frame: number | null; // 0-based frame of film to stop at; null plays
  readonly view: ViewName; // what stands beside the stage
  readonly chapter: number | null; // of the story, from 1
  readonly inside: string | null; // what is chosen in the view Inside: sessions/inside/place.ts reads it
  readonly lab: LabView | null; // the tab of the laboratory that somebody chose
  readonly other: Settings | null; // what the run is compared with; its seed is the one of `settings`
  readonly otherPrompt: string | null; // the words that it is compared with; null: the same
  readonly entrants: readonly Sampler[]; // of the race
  readonly raceSize: RaceSize;
  readonly hidden: readonly Part[]; // what a teacher has put out of sight
  readonly live: boolean; // every change makes the film anew
  readonly recipe: Recipe | null; // where the film was made of others
}

/**
 * A film that was made of others: the plan (src/making/plan.ts as text, or sampling/edit.ts where other words change a film), and
 * of what each of those was made.
 */
export interface Recipe {
  readonly plan: string;
  readonly of: readonly Way[]; // one or two
}

/** How a film comes about that others are made of: by words and settings, and perhaps of others in turn. Or a picture of one's own. */
export interface Way {
  readonly prompt: string;
  readonly settings: Settings;
  readonly recipe?: Recipe;
  readonly picture?: string; // as text (src/pictures/text.ts); words and settings then mean nothing
}

/** What a link can hide: controls by their key, and parts of the page. */
export const parts = [
  'examples',
  'sheet',
  'controls',
  'story',
  'inside',
  'make',
  'learn',
  'lab',
  'files',
  ...settingKeys,
] as const;
export type Part = (typeof parts)[number];

/** A teacher's three ways to hide: what goes is named, so that whatever comes to the page later is there. */
export const presets = {
  watch: ['examples', 'controls', 'make', 'lab'],
  play: ['controls', 'lab'],
  everything: [],
} as const satisfies Record<string, readonly Part[]>;
export type Preset = keyof typeof presets;

/** Something in the address that was not taken as it stood. `given` and `used` are texts for the reader. */
export type Notice =
  | { readonly kind: 'clamped'; readonly key: LinkKey; readonly given: string; readonly used: string }
  | { readonly kind: 'unreadable'; readonly key: LinkKey; readonly given: string; readonly used: string }
  | { readonly kind: 'unknown-key'; readonly given: string }
  | { readonly kind: 'cut'; readonly given: string; readonly used: string }
  | { readonly kind: 'changed'; readonly given: string; readonly used: string }
  | { readonly kind: 'too-long'; readonly given: string; readonly used: string };

export interface Decoded {
  readonly state: LinkState;
  readonly notices: readonly Notice[];
  /** True where the link asks for a run of its own: it names a prompt. */
  readonly asks: boolean;
}

export const linkKeys = [
  'length',
  'prompt',
  'typed',
  ...settingKeys,
  'show',
  'decoder',
  'step',
  'frame',
  'view',
  'chapter',
  'inside',
  'lab',
  'vs',
  'vsprompt',
  'race',
  'looks',
  'hide',
  'live',
  'make',
  'of',
  'and',
] as const;
export type LinkKey = (typeof linkKeys)[number];

/** Written even where they are the default: a better default one day must not change what an old link shows. */
const always: ReadonlySet<SettingKey> = new Set(['seed', 'steps', 'sampler', 'restarts', 'guidance', 'from']);

/** What links left out that say their guidance: they are of a time when it was always so. */
const before = { from: '0', restarts: '0' } as const satisfies Partial<Record<SettingKey, string>>;

/** How many chapters the story has: src/lessons has them, and knows this room. */
export const chapterCount = 8;

const longestLink = 32_000; // characters

/** Films that are made of others that are made of others: each is written within the one before, where its stars and percent signs grow. */
export const deepest = 8;
const mostNotices = 8;
const mostFrames = 1024;

/** Its length comes first: what cuts a link takes its end, and half a number is a number, too. */
export function encodeLink(state: LinkState): string {
  const { prompt, typed, settings, show, sharp, step, frame, view, chapter, inside } = state;
  const { lab, other, otherPrompt, entrants, raceSize, hidden, live, recipe } = state;
  const link = new URLSearchParams({ prompt });
  if (typed !== null) link.set('typed', typed);
  for (const [key, text] of pairs(settings)) link.set(key, text);
  if (show !== 'x') link.set('show', show);
  if (!sharp) link.set('decoder', 'off');
  if (step !== null) link.set('step', String(step));
  if (frame !== null) link.set('frame', String(frame));
  if (view !== viewOf(lab)) link.set('view', view);
  if (chapter !== null) link.set('chapter', String(chapter));
  if (inside !== null) link.set('inside', inside);
  if (lab !== null) link.set('lab', lab);
  if (other) {
    link.set('vs', listed(pairs(other).filter(([key]) => key !== 'seed')));
    if (otherPrompt !== null) link.set('vsprompt', otherPrompt);
  }
  if (entrants.join() !== firstEntrants.join()) link.set('race', entrants.join('.'));
  if (raceSize !== 'small') link.set('looks', raceSize);
  if (hidden.length > 0) link.set('hide', hidden.join('.'));
  if (live) link.set('live', 'on');
  if (recipe) for (const [key, text] of madeOf(recipe)) link.set(key, text);
  const text = link.toString();
  return `length=${text.length}&${text}`;
}

/** The first and the second film that pixels were taken from. */
const sourceKeys = ['of', 'and'] as const;

/** A list ends with the words or with a setting: what a mail program takes from a link's end is never of a picture, or of a film within. */
function madeOf({ plan, of }: Recipe): [key: string, text: string][] {
  const source = ({ prompt, settings, recipe, picture }: Way): string =>
    picture !== undefined
      ? listed([['picture', picture], ['prompt', '']])
      : listed([...(recipe ? madeOf(recipe) : []), ['prompt', prompt], ...pairs(settings)]); // prettier-ignore
  return [['make', plan], ...of.map((way, i): [string, string] => [sourceKeys[i], source(way)])];
}

/** Key and value in turn. */
function listed(pairs: readonly (readonly [key: string, text: string])[]): string {
  return pairs.flatMap(([key, text]) => [key, encodeURIComponent(text).replaceAll('*', '%2A')]).join('*');
}

function pairs(settings: Settings): [SettingKey, string][] {
  const said = settingKeys.filter((key) => always.has(key) || !isDefault(settings, key));
  return said.map((key) => [key, textOf(settings, key)]);
}

/** `text` with or without its leading #. Where a key is missing the `fallback` prompt or the default stands. */
export function decodeLink(text: string, fallbackPrompt = ''): Decoded {
  const link = new LinkReader(text);
  const prompt = link.prompt('prompt', fallbackPrompt);
  const settings = link.settings();
  const lab = link.choice('lab', labViews, null);
  const other = link.compared(settings.seed);
  const state: LinkState = {
    prompt,
    typed: link.typed(),
    settings,
    // A link that says anything is of a page where x was what one saw first; without one, the guess is.
    show: link.choice('show', shows, link.given.has('prompt') ? 'x' : 'guess'),
    sharp: link.choice('decoder', ['on', 'off'], 'on' as const) === 'on',
    step: link.place('step', settings.steps),
    frame: link.place('frame', mostFrames),
    view: link.choice('view', viewNames, viewOf(lab)),
    chapter: link.place('chapter', chapterCount, 1),
    inside: link.inside(),
    lab,
    other,
    otherPrompt: other && link.given.has('vsprompt') ? link.prompt('vsprompt', '') : null,
    entrants: link.names('race', entrantsOf(), firstEntrants),
    raceSize: link.choice('looks', raceSizes, 'small' as const),
    hidden: link.names('hide', parts, []),
    live: link.choice('live', ['on', 'off'], 'off' as const) === 'on',
    recipe: link.recipe(),
  };
  return { state, notices: link.notices, asks: link.given.has('prompt') };
}

/** The view that a link means which says none: one of a time without views shows what it says of the laboratory. */
function viewOf(lab: LabView | null): ViewName {
  return lab === null ? 'watch' : 'lab';
}

/** What a link says, key by key. What cannot be taken as it stands becomes a notice. */
class LinkReader {
  readonly notices: Notice[] = [];
  readonly given = new Map<LinkKey, string>();

  constructor(text: string) {
    let body = text.replace(/^#/, '');
    if (body.length > longestLink) {
      this.notice({ kind: 'too-long', given: String(body.length), used: String(longestLink) });
      body = body.slice(0, longestLink);
    }
    const pairs = pairsOf(body);
    for (const [key, value] of pairs) {
      if (!isLinkKey(key)) this.notice({ kind: 'unknown-key', given: short(key) });
      else if (!this.given.has(key)) this.given.set(key, value);
    }
    if (this.given.has('length')) this.noticeLength(body, pairs);
  }

  /** Says so where the end is missing, or something came into it. A link without a length is of an older page, or was written by hand. */
  private noticeLength(body: string, pairs: ReturnType<typeof pairsOf>): void {
    const [claimed, left] = [this.given.get('length')!, lengthOf(body)];
    const written = lengthWritten(pairs.filter(([key]) => key !== 'length' && isLinkKey(key)));
    if (!/^\d{1,5}$/.test(claimed)) this.unreadable('length', claimed, String(left));
    else if (left < Number(claimed)) this.notice({ kind: 'cut', given: String(left), used: claimed });
    else if (written > Number(claimed)) this.notice({ kind: 'changed', given: String(written), used: claimed });
  }

  prompt(key: 'prompt' | 'vsprompt', fallback: string): string {
    const given = this.given.get(key);
    const prompt = cleanPrompt(given ?? fallback);
    if (given !== undefined && prompt !== given)
      this.notice({ kind: 'clamped', key, given: short(given), used: short(prompt) });
    return prompt;
  }

  typed(): string | null {
    const given = this.given.get('typed');
    return given === undefined ? null : cleanPrompt(given);
  }

  settings(texts: ReadonlyMap<string, string> = this.given): Settings {
    let settings = defaults;
    if (texts.has('guidance'))
      for (const [key, text] of Object.entries(before) as [keyof typeof before, string][])
        if (!texts.has(key)) settings = readSetting(settings, key, text)!.settings;
    for (const key of settingKeys) {
      const value = texts.get(key);
      if (value === undefined) continue;
      const read = readSetting(settings, key, value);
      if (!read) this.unreadable(key, value, short(textOf(settings, key)));
      else if (read.clamped) this.notice({ kind: 'clamped', key, given: short(value), used: short(read.used) });
      settings = read?.settings ?? settings;
    }
    return settings;
  }

  place(key: 'step' | 'frame' | 'chapter', most: number, least = 0): number | null {
    const value = this.given.get(key);
    if (value === undefined) return null;
    const parsed = v.safeParse(v.pipe(v.string(), v.trim(), v.regex(/^\d{1,9}$/), v.transform(Number)), value);
    if (!parsed.success) this.unreadable(key, value, '-');
    if (!parsed.success) return null;
    const used = Math.max(least, Math.min(parsed.output, most));
    if (used !== parsed.output) this.notice({ kind: 'clamped', key, given: short(value), used: String(used) });
    return used;
  }

  choice<T extends string, O>(key: LinkKey, options: readonly T[], otherwise: O): T | O {
    const value = this.given.get(key);
    if (value === undefined) return otherwise;
    const parsed = v.safeParse(v.picklist(options), value);
    if (!parsed.success) this.unreadable(key, value, String(otherwise ?? '-'));
    return parsed.success ? parsed.output : otherwise;
  }

  inside(): string | null {
    const value = this.given.get('inside');
    if (value === undefined || /^[a-z]+\.[a-z0-9]{1,9}(_[a-z]+\.[a-z0-9]{1,9}){0,9}$/.test(value)) return value ?? null;
    this.unreadable('inside', value, '-');
    return null;
  }

  /** Names with dots between them, in the order of `options`; what is none of them is reported. */
  names<T extends string>(key: 'race' | 'hide', options: readonly T[], otherwise: readonly T[]): readonly T[] {
    const value = this.given.get(key);
    if (value === undefined) return otherwise;
    const wanted = value.split('.').filter(Boolean);
    const taken = options.filter((option) => wanted.includes(option));
    for (const name of new Set(wanted))
      if (!(options as readonly string[]).includes(name)) this.unreadable(key, name, taken.join(', ') || '-');
    return taken;
  }

  /** The settings that the run is compared with; `seed` is that of the run. */
  compared(seed: number): Settings | null {
    const value = this.given.get('vs');
    return value === undefined ? null : { ...this.settings(this.listed('vs', value, comparedKeys)), seed };
  }

  /** What the film is made of. Whether there is such a plan is for whoever carries it out to say. */
  recipe(texts: ReadonlyMap<string, string> = this.given, deep = 1): Recipe | null {
    const plan = texts.get('make');
    if (plan === undefined) return null;
    const of = sourceKeys.flatMap((key) => {
      const value = texts.get(key);
      return value === undefined || deep > deepest ? [] : [this.source(key, value, deep)];
    });
    if (of.length > 0 && /^[a-z][a-z0-9.*-]*$/.test(plan)) return { plan, of };
    this.unreadable('make', plan, '-');
    return null;
  }

  private source(key: LinkKey, value: string, deep: number): Way {
    const texts = this.listed(key, value, sourceNames);
    const picture = texts.get('picture');
    if (picture !== undefined) return { prompt: '', settings: defaults, picture };
    const recipe = this.recipe(texts, deep + 1);
    return {
      prompt: cleanPrompt(texts.get('prompt') ?? ''),
      settings: this.settings(texts),
      ...(recipe && { recipe }),
    };
  }

  /** Keys and values in turn, of those that may stand there. */
  private listed(of: LinkKey, value: string, names: ReadonlySet<string>): Map<string, string> {
    const said = value.split('*');
    const texts = new Map<string, string>();
    for (let i = 0; i + 1 < said.length; i += 2) {
      const key = said[i];
      if (!names.has(key)) this.unreadable(of, key, '-');
      else if (!texts.has(key)) texts.set(key, unescaped(said[i + 1]));
    }
    return texts;
  }

  private unreadable(key: LinkKey, given: string, used: string): void {
    this.notice({ kind: 'unreadable', key, given: short(given), used });
  }

  private notice(one: Notice): void {
    if (this.notices.length < mostNotices) this.notices.push(one);
  }
}

const comparedKeys: ReadonlySet<string> = new Set(settingKeys);
const sourceNames: ReadonlySet<string> = new Set(['picture', 'make', ...sourceKeys, 'prompt', ...settingKeys]);

function isLinkKey(key: string): key is LinkKey {
  return (linkKeys as readonly string[]).includes(key);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is taken as it stands
  }
}

/** Anything from outside, made fit to be shown inside a sentence. */
function short(text: string): string {
  const clean = cleanPrompt(text);
  return clean.length > 40 ? `${Array.from(clean).slice(0, 39).join('')}…` : clean;
}
