/**
 * The fuzzer: inputs of a reader, changed at random by their own structure, each weighed for what it costs. Every case
 * follows from the seed. An input that a reader answers in a way not heard before becomes one to change, so that changes
 * pile up behind checks that a single one would not pass.
 *
 * What it is not: guided by coverage (docs/decisions/fuzz-by-answers.md), and no judge of what a reader should answer: that
 * is each kind's own affair (kinds.ts).
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { countRoom } from './room';

export type Input = Uint8Array | string;

/** A reader of what comes from outside. */
export interface Kind<I extends Input> {
  readonly name: string;
  /** Inputs to begin with, most of them good. */
  good(): Promise<readonly I[]> | readonly I[];
  readonly changes: fc.Arbitrary<(input: I) => I>;
  /** Reads it, and says in a few words what came of it. Throws where that is no value and no error of ours. */
  read(input: I): Promise<string> | string;
  /** Bytes that it may set aside for an input. */
  room(input: I): number;
}

export interface Limits {
  readonly seed: number;
  readonly cases?: number;
  /** Milliseconds on performance.now() after which no case begins. */
  readonly until?: number;
  /** Told before each case, so that one that never ends can be named. */
  readonly before?: (input: Input) => void;
  /** Told of each input that breaks the reader; without it the first one ends it all. */
  readonly onFound?: (found: Found) => void;
}

export interface Found {
  readonly input: Input;
  readonly why: string;
}

export interface Report {
  readonly cases: number;
  readonly answers: number; // different ones
  readonly slowest: number; // milliseconds of the processor's time, and not of a clock
  readonly largest: number; // bytes set aside
}

/** Milliseconds of the processor's time that a case may take; most take less than one. */
const patience = 2000;
const mostKept = 300;
const corpus = join(import.meta.dirname, 'corpus');

/** What was found for a kind, or thought of, and is tried every time. */
export function kept<I extends Input>({ name }: Pick<Kind<I>, 'name'>): I[] {
  const folder = join(corpus, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().map((file) => {
    const bytes = readFileSync(join(folder, file));
    return (extname(file) === '.json' ? JSON.parse(bytes.toString()) : new Uint8Array(bytes)) as I;
  }); // prettier-ignore
}

export async function attack<I extends Input>(kind: Kind<I>, limits: Limits): Promise<Report> {
  const { seed, cases = Infinity, until = Infinity, before, onFound } = limits;
  const answers = new Set<string>();
  const report = { cases: 0, answers: 0, slowest: 0, largest: 0 };
  const attempt = async (input: I): Promise<boolean> => {
    before?.(input);
    const { why, answer, time, room } = await weigh(kind, input);
    if (why && !onFound) throw new Error(`${kind.name}: ${why}\n${shown(await smaller(kind, input))}`);
    if (why) onFound!({ input: await smaller(kind, input), why });
    report.slowest = Math.max(report.slowest, time);
    report.largest = Math.max(report.largest, room);
    const isNew = !answers.has(answer);
    answers.add(answer);
    return isNew && !why;
  };
  const good = await kind.good();
  const longest = 4 * Math.max(...good.map(({ length }) => length)) + 1000;
  const pool: I[] = [...good, ...kept<I>(kind)];
  for (const input of pool) await attempt(input);
  const lots = drawn(fc.tuple(fc.nat(), kind.changes), seed);
  for (; report.cases < cases && performance.now() < until; report.cases++) {
    const [pick, change] = lots.next().value;
    const input = change(pool[pick % pool.length]);
    if ((await attempt(input)) && pool.length < mostKept && input.length <= longest) pool.push(input);
  }
  return { ...report, answers: answers.size };
}

/** The same ones for the same seed, for ever: a hundred at once, because to begin costs more than to go on. */
function* drawn<T>(arbitrary: fc.Arbitrary<T>, seed: number): Generator<T, never> {
  for (let block = 0; ; block++) yield* fc.sample(arbitrary, { seed: seed * 1_000_003 + block, numRuns: 100 });
}

/** What a case came to and cost. `why`: what is wrong with that; none where all is well. */
async function weigh<I extends Input>(kind: Kind<I>, input: I) {
  const count = countRoom();
  const begun = process.cpuUsage();
  let [answer, why] = ['', ''];
  try {
    answer = await kind.read(input);
  } catch (thrown) {
    why = `threw ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)}`;
  }
  const { user, system } = process.cpuUsage(begun);
  const [time, room] = [(user + system) / 1000, count.end()];
  if (!why && time > patience) why = `took ${time.toFixed(0)} ms of the processor's time`;
  if (!why && room > kind.room(input)) why = `set ${room} bytes aside for ${input.length}`;
  return { answer, why, time, room };
}

/** The same without what it breaks as well without. */
async function smaller<I extends Input>(kind: Kind<I>, input: I): Promise<I> {
  let left = 300; // tries
  for (let piece = Math.ceil(input.length / 2); piece >= 1 && left > 0; piece = piece === 1 ? 0 : Math.ceil(piece / 2))
    for (let at = 0; at < input.length && left-- > 0;) {
      const without = joinedParts(input, at, at + piece);
      if ((await weigh(kind, without)).why) input = without;
      else at += piece;
    }
  return input;
}

function joinedParts<I extends Input>(input: I, from: number, to: number): I {
  if (typeof input === 'string') return (input.slice(0, from) + input.slice(to)) as I;
  const without = new Uint8Array(input.length - (Math.min(to, input.length) - from));
  without.set(input.subarray(0, from));
  without.set(input.subarray(to), from);
  return without as I;
}

/** An input as a line that a person can copy. */
export function shown(input: Input): string {
  const text = typeof input === 'string' ? JSON.stringify(input) : `base64 ${Buffer.from(input).toString('base64')}`;
  return text.length > 4000 ? `${text.slice(0, 4000)}...` : text;
}

/** What an error of our own says, without its numbers and names; any other error goes on. */
export function ownWords(thrown: unknown, own: new (...given: never[]) => Error): string {
  if (!(thrown instanceof own)) throw thrown;
  assert(thrown.message.length < 2000, `an error of ${thrown.message.length} characters`);
  return thrown.message
    .replace(/["“„].*?["”“]/g, '..')
    .replace(/\d+/g, '0')
    .slice(0, 60);
}
