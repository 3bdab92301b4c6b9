/**
 * Live: every change of words, seed or settings makes the film anew, by the student, behind the stage. Where films come slowly
 * a newer change ends what an older one began; where they come soon that one is let through, so that they keep coming while
 * somebody drags. Step and frame stay where they are.
 *
 * What it is not: part of the first load. <live-bar> brings it along once Live is on; the switch is a fact (state.live), and
 * what goes with it is the controls' (app/controls.ts).
 */
import { computed, effect, untracked } from '@preact/signals-core';
import type { RunSession } from '../../app/run-session';
import { Session, type Facts } from '../../app/session';
import { changes } from '../../settings/settings';
import type { Waypoint } from '../../app/state';

/** Milliseconds of quiet before a film is begun: keys and sliders tell of several changes in one. */
export const quiet = 60;

/** Milliseconds: a film that takes no longer is let through. */
export const soon = 450;

export class Live extends Session {
  constructor(
    state: Facts,
    private readonly runs: Pick<RunSession, 'again' | 'end'>,
  ) {
    super(state);
  }

  /** What the film shall be; null where it is so already, or on its way, or nothing can be made of it yet. */
  private readonly wanted = computed((): Waypoint | null => {
    const { live, engine, awaitsEars, request, run, coming } = this.state;
    if (!live.value || engine.value.phase !== 'ready' || awaitsEars.value) return null;
    const [now, film] = [request.value, run.value];
    const there = film?.phase === 'done' || film?.phase === 'running' ? film : null;
    return [there, coming.value].some((each) => each && isSame(each, now)) ? null : now;
  });

  /** As long as somebody may see it. Returns what ends that. */
  watch(): () => void {
    let tried: Waypoint | null = null; // what broke, or was stopped, is not begun again by itself
    let began: { readonly film: Waypoint; readonly at: number } | null = null; // what is on its way
    let took = Infinity; // the last that came
    let since = 0; // when a change came, of those that wait to be begun
    let waits: ReturnType<typeof setTimeout> | undefined;
    const end = effect(() => {
      const [wanted, coming] = [this.wanted.value, this.state.coming.value];
      if (coming && coming !== began?.film) began = { film: coming, at: performance.now() };
      if (!coming && began) {
        const film = untracked(() => this.state.run.value);
        if (film?.phase === 'done' && isSame(film, began.film)) took = performance.now() - began.at;
        began = null;
      }
      clearTimeout(waits);
      if (!wanted || (tried && isSame(tried, wanted)) || (coming && took <= soon)) return void (since = 0);
      tried = null;
      // What is being made is of an older request: the processor is needed for this one.
      if (coming) untracked(() => this.runs.end());
      const now = performance.now();
      if (!since || took > soon) since = now;
      waits = setTimeout(
        () => {
          since = 0;
          tried = wanted;
          void this.runs.again({ keepPlace: true });
        },
        since + quiet - now,
      );
    });
    return () => {
      end();
      clearTimeout(waits);
    };
  }
}

function isSame(a: Waypoint, b: Waypoint): boolean {
  return a.prompt === b.prompt && changes(a.settings, b.settings).length === 0;
}
