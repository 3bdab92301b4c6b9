/**
 * The films of this visit: each run that has ended, the newest first, so that nothing somebody made is lost by shaking on.
 *
 * What it is not: a store. It ends with the page; a file keeps a run for good (files/files.ts).
 */
import { batch, effect } from '@preact/signals-core';
import type { ClipShape } from '../sampling/types';
import type { Controls } from './controls';
import type { RunSession } from './run-session';
import { command, Session, type Facts } from './session';
import { textOf, settingKeys, type Settings } from '../settings/settings';
import type { Given, Run } from './state';

export interface Past {
  readonly key: string; // model, words, settings and what was given: the same run made again is the same film
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  readonly given?: Given;
  readonly clip: Float32Array; // its last guess
  readonly run: Run | null; // all of its steps, while they are among the newest
}

/** Milliseconds for which a live film has to stand before it counts as one that somebody made. */
const standing = 3000;

export const mostPast = 12;
/** Numbers that the steps of all past runs may hold together: 128 MB. A run that is dropped for that is made again. */
const mostNumbers = 32e6;

export class History extends Session<'history'> {
  private readonly unwatch: () => void;

  constructor(
    state: Facts<'history'>,
    private readonly controls: Pick<Controls, 'adopt'>,
    private readonly runs: Pick<RunSession, 'end' | 'show' | 'take'>,
  ) {
    super(state);
    this.unwatch = effect(() => {
      const [run, live] = [state.run.value, state.live.value];
      if (!run || run.steps.length === 0 || run.phase === 'running') return;
      if (!live || !run.settings.student) return this.add(run);
      const timer = setTimeout(() => this.add(run), standing);
      return () => clearTimeout(timer);
    });
  }

  /** The film on the stage, which live films would drive off it. */
  @command
  keep(): void {
    const run = this.state.run.value;
    if (run && run.steps.length > 0 && run.phase !== 'running') this.add(run);
  }

  /** A past film on the stage again, with its words and settings; one whose steps are gone is run again. */
  @command
  async goBack(past: Past): Promise<void> {
    const { prompt, settings, given, run } = past;
    if (!run) return this.runs.take(prompt, settings, given);
    this.runs.end();
    batch(() => {
      this.controls.adopt({ prompt, settings });
      this.runs.show(run);
    });
  }

  dispose(): void {
    this.unwatch();
  }

  private add(run: Run): void {
    const { history } = this.state;
    const key = keyOf(run);
    const known = history.peek().findIndex((past) => past.key === key);
    const { prompt, settings, shape, given } = run;
    const clip = run.steps[run.steps.length - 1].guess;
    const past: Past = { key, prompt, settings, shape, ...(given && { given }), clip, run };
    // One that is there already keeps its place: going back must not shuffle what one is looking through.
    const all =
      known < 0
        ? [past, ...history.peek()].slice(0, mostPast)
        : history.peek().map((each, i) => (i === known ? past : each));
    history.value = lightened(all);
  }
}

/** The same films, the oldest without their steps where all together are too large. */
function lightened(all: readonly Past[]): Past[] {
  let left = mostNumbers;
  return all.map((past) => {
    left -= past.run ? 2 * past.run.steps.length * past.clip.length : 0;
    return left < 0 && past.run && past !== all[0] ? { ...past, run: null } : past;
  });
}

function keyOf({ model, prompt, settings, given }: Run): string {
  return [model, prompt, ...settingKeys.map((key) => textOf(settings, key)), given ? numberOf(given) : ''].join('\n');
}

const numbers = new WeakMap<Given['known'], number>();
let next = 1;

/** The same given pixels have the same number. */
function numberOf({ known }: Given): number {
  if (!numbers.has(known)) numbers.set(known, next++);
  return numbers.get(known)!;
}
