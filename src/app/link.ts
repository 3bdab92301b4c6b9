/**
 * The whole state of the page in one link: what was asked (prompt, seed, steps, sampler, guidance) and where the reader
 * looks (show, step, frame). It lives behind the # of the address, so it never reaches a server.
 *
 * Any text can stand there. Nothing here throws; what could not be used is reported as a Notice, for the page to say.
 */
import * as v from 'valibot';
import {
  cleanPrompt,
  defaults,
  readNumber,
  samplers,
  shows,
  type NumberSetting,
  type Settings,
  type Show,
} from './settings';

export interface LinkState {
  readonly prompt: string;
  readonly settings: Settings;
  readonly show: Show;
  readonly step: number | null; // row of the sheet, 0 .. steps; null follows the newest
  readonly frame: number | null; // 0-based frame of film to stop at; null plays
}

/** Something in the address that was not taken as it stood. `given` and `used` are texts for the reader. */
export type Notice =
  | { readonly kind: 'clamped'; readonly key: LinkKey; readonly given: string; readonly used: string }
  | { readonly kind: 'unreadable'; readonly key: LinkKey; readonly given: string; readonly used: string }
  | { readonly kind: 'unknown-key'; readonly given: string }
  | { readonly kind: 'too-long'; readonly given: string; readonly used: string };

export interface Decoded {
  readonly state: LinkState;
  readonly notices: readonly Notice[];
  /** True where the link asks for a run of its own: it names a prompt. */
  readonly asks: boolean;
}

export const linkKeys = [
  'prompt',
  'seed',
  'steps',
  'sampler',
  'guidance',
  'from',
  'to',
  'shift',
  'show',
  'step',
  'frame',
] as const;
export type LinkKey = (typeof linkKeys)[number];

const longestLink = 4000; // characters
const mostNotices = 8;
const mostFrames = 1024;

export function encodeLink({ prompt, settings, show, step, frame }: LinkState): string {
  const link = new URLSearchParams({
    prompt,
    seed: String(settings.seed),
    steps: String(settings.steps),
    sampler: settings.sampler,
    guidance: String(settings.guidance.scale),
    from: String(settings.guidance.from),
    to: String(settings.guidance.to),
    shift: String(settings.shift),
    show,
  });
  if (step !== null) link.set('step', String(step));
  if (frame !== null) link.set('frame', String(frame));
  return link.toString();
}

/** `text` with or without its leading #. Where a key is missing the `fallback` prompt or the default stands. */
export function decodeLink(text: string, fallbackPrompt = ''): Decoded {
  const notices: Notice[] = [];
  const notice = (one: Notice) => notices.length < mostNotices && notices.push(one);

  let body = text.replace(/^#/, '');
  if (body.length > longestLink) {
    notice({ kind: 'too-long', given: String(body.length), used: String(longestLink) });
    body = body.slice(0, longestLink);
  }
  const given = new Map<LinkKey, string>();
  for (const [key, value] of new URLSearchParams(body)) {
    if (!isLinkKey(key)) notice({ kind: 'unknown-key', given: short(key) });
    else if (!given.has(key)) given.set(key, value);
  }

  function number(key: LinkKey, as: NumberSetting, otherwise: number): number {
    const value = given.get(key);
    if (value === undefined) return otherwise;
    const read = readNumber(value, as);
    if (!read) notice({ kind: 'unreadable', key, given: short(value), used: String(otherwise) });
    else if (read.clamped) notice({ kind: 'clamped', key, given: short(value), used: String(read.value) });
    return read?.value ?? otherwise;
  }

  function place(key: 'step' | 'frame', most: number): number | null {
    const value = given.get(key);
    if (value === undefined) return null;
    const parsed = v.safeParse(v.pipe(v.string(), v.trim(), v.regex(/^\d{1,9}$/), v.transform(Number)), value);
    if (!parsed.success) notice({ kind: 'unreadable', key, given: short(value), used: '-' });
    else if (parsed.output > most) notice({ kind: 'clamped', key, given: short(value), used: String(most) });
    return parsed.success ? Math.min(parsed.output, most) : null;
  }

  function choice<T extends string>(key: LinkKey, options: readonly T[], otherwise: T): T {
    const value = given.get(key);
    if (value === undefined) return otherwise;
    const parsed = v.safeParse(v.picklist(options), value);
    if (!parsed.success) notice({ kind: 'unreadable', key, given: short(value), used: otherwise });
    return parsed.success ? parsed.output : otherwise;
  }

  const prompt = cleanPrompt(given.get('prompt') ?? fallbackPrompt);
  if (given.has('prompt') && prompt !== given.get('prompt'))
    notice({ kind: 'clamped', key: 'prompt', given: short(given.get('prompt') ?? ''), used: short(prompt) });
  const steps = number('steps', 'steps', defaults.steps);
  const from = number('from', 'from', defaults.guidance.from);
  let to = number('to', 'to', defaults.guidance.to);
  if (to < from) {
    notice({ kind: 'clamped', key: 'to', given: String(to), used: String(from) });
    to = from;
  }
  const state: LinkState = {
    prompt,
    settings: {
      ...defaults,
      seed: number('seed', 'seed', defaults.seed),
      steps,
      sampler: choice('sampler', samplers, defaults.sampler),
      guidance: {
        ...defaults.guidance,
        scale: number('guidance', 'guidance', defaults.guidance.scale),
        from,
        to,
      },
      shift: number('shift', 'shift', defaults.shift),
    },
    show: choice('show', shows, 'x'),
    step: place('step', steps),
    frame: place('frame', mostFrames),
  };
  return { state, notices, asks: given.has('prompt') };
}

function isLinkKey(key: string): key is LinkKey {
  return (linkKeys as readonly string[]).includes(key);
}

/** Anything from outside, made fit to be shown inside a sentence. */
function short(text: string): string {
  const clean = cleanPrompt(text);
  return clean.length > 40 ? `${Array.from(clean).slice(0, 39).join('')}…` : clean;
}
