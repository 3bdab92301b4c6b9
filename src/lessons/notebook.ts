/**
 * What the learner writes down: predictions, the two open questions before and after, seven statements. It stays on the
 * device: it goes to a shelf that the page gives (its own storage), and nowhere else.
 *
 * What it is not: it gives no marks.
 */
import { signal } from '@preact/signals-core';
import * as v from 'valibot';
import type { Answer, Answers, ChapterId } from './chapter';
import type { OpenQuestion, Statement } from './quiz';

/** Where the notebook lies between two visits. Neither throws: a browser may keep nothing, and `write` says whether it does. */
export interface Shelf {
  read(): string | null;
  write(text: string): boolean;
}

const mostText = 4000; // characters of an open answer
const text = v.pipe(v.string(), v.transform((written) => written.slice(0, mostText))); // prettier-ignore
const answers = v.record(v.string(), v.union([v.string(), v.pipe(v.number(), v.finite())]));
const openAnswers = v.record(v.string(), text);

const schema = v.object({
  predictions: v.optional(v.record(v.string(), answers), {}),
  found: v.optional(v.array(v.string()), []),
  before: v.optional(openAnswers, {}),
  after: v.optional(openAnswers, {}),
  judged: v.optional(v.record(v.string(), v.boolean()), {}),
});

interface Notes {
  readonly predictions: Readonly<Record<string, Answers>>; // by chapter
  readonly found: readonly string[]; // chapters that were gone through
  readonly before: Readonly<Record<string, string>>; // by open question
  readonly after: Readonly<Record<string, string>>;
  readonly judged: Readonly<Record<string, boolean>>; // by statement: held true or false
}

const none: Notes = { predictions: {}, found: [], before: {}, after: {}, judged: {} };

export class Notebook {
  /** False where the browser would not keep what was written last: it is gone with the page. */
  readonly kept = signal(true);
  private readonly notes;

  constructor(private readonly shelf: Shelf) {
    this.notes = signal(opened(shelf.read()));
  }

  predictions(chapter: ChapterId): Answers {
    return this.notes.value.predictions[chapter] ?? {};
  }

  predict(chapter: ChapterId, question: string, answer: Answer): void {
    const { predictions } = this.notes.peek();
    this.keep({ predictions: { ...predictions, [chapter]: { ...predictions[chapter], [question]: answer } } });
  }

  /** Forgets the predictions of a chapter, so that it can be gone through anew. */
  unpredict(chapter: ChapterId): void {
    const { [chapter]: _, ...predictions } = this.notes.peek().predictions;
    this.keep({ predictions });
  }

  isFound(chapter: ChapterId): boolean {
    return this.notes.value.found.includes(chapter);
  }

  find(chapter: ChapterId): void {
    const { found } = this.notes.peek();
    if (!found.includes(chapter)) this.keep({ found: [...found, chapter] });
  }

  said(when: 'before' | 'after', question: OpenQuestion): string {
    return this.notes.value[when][question] ?? '';
  }

  say(when: 'before' | 'after', question: OpenQuestion, words: string): void {
    this.keep({ [when]: { ...this.notes.peek()[when], [question]: words.slice(0, mostText) } });
  }

  /** What the learner held a statement for; undefined where they have not said. */
  judged(statement: Statement): boolean | undefined {
    return this.notes.value.judged[statement];
  }

  judge(statement: Statement, held: boolean): void {
    this.keep({ judged: { ...this.notes.peek().judged, [statement]: held } });
  }

  get isEmpty(): boolean {
    return JSON.stringify(this.notes.value) === JSON.stringify(none);
  }

  forget(): void {
    this.notes.value = none;
    this.kept.value = this.shelf.write('');
  }

  private keep(change: Partial<Notes>): void {
    this.notes.value = { ...this.notes.peek(), ...change };
    this.kept.value = this.shelf.write(JSON.stringify(this.notes.peek()));
  }
}

/** Anything may lie on the shelf; what is no notebook of ours is an empty one. */
function opened(text: string | null): Notes {
  if (!text) return none;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : none;
  } catch {
    return none;
  }
}
