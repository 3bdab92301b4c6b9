/**
 * The hand of the story on the page: which chapter is open, what stands on the stage for it, and what stood there before.
 *
 * What it is not: it knows no chapter. The other files here have them, and the player that calls this.
 */
import { batch } from '@preact/signals-core';
import type { Step } from '../sampling/types';
import type { Controls } from '../app/controls';
import type { EngineSession } from '../app/engine-session';
import type { RunSession } from '../app/run-session';
import { command, Session, type Facts } from '../app/session';
import { defaults, type Settings, type Show } from '../settings/settings';
import { nothingKnown, type RecordingEntry, type Run } from '../app/state';

/** What the stage shows, and of what. */
export interface Standing {
  readonly prompt: string;
  readonly typed: string; // as it stands in the field, where it is told otherwise
  readonly settings: Settings;
  readonly run: Run | null;
  readonly show: Show;
  readonly sharp: boolean;
  readonly step: number | null;
  readonly frame: number;
  readonly playing: boolean;
}

type Own = 'chapter' | 'pointed' | 'show' | 'sharp' | 'step' | 'frame' | 'playing';

export class Story extends Session<Own> {
  private asking = new AbortController();

  constructor(
    state: Facts<Own>,
    private readonly controls: Pick<Controls, 'adopt'>,
    private readonly runs: Pick<RunSession, 'end' | 'show' | 'playRecording' | 'stepsOf'>,
    private readonly engine: Pick<EngineSession, 'info' | 'steps'>,
  ) {
    super(state);
  }

  /** Opens a chapter, from 1, or the page of contents (null). */
  @command
  open(chapter: number | null): void {
    this.state.chapter.value = chapter;
  }

  /** Names the parts of the page that a chapter speaks of. */
  point(parts: readonly string[]): void {
    this.state.pointed.value = parts;
  }

  /** What stands there now, to be put back. */
  aside(): Standing {
    const { prompt, request, run, show, sharp, step, frame, playing } = this.state;
    return {
      ...request.peek(),
      typed: prompt.peek(),
      run: run.peek(),
      show: show.peek(),
      sharp: sharp.peek(),
      step: step.peek(),
      frame: frame.peek(),
      playing: playing.peek(),
    };
  }

  /** A recorded run on the stage, at a row of its sheet. Resolves when it is there, or something else was put in its place. */
  async stage(wanted: { film: RecordingEntry; show: Show; sharp: boolean; row: number | null }): Promise<void> {
    const { state } = this;
    batch(() => {
      state.show.value = wanted.show;
      state.sharp.value = wanted.sharp;
    });
    const played = this.runs.playRecording(wanted.film); // which follows the newest row
    state.step.value = wanted.row; // from the first moment: who shall see noise must not see the film before
    await played;
  }

  back({ prompt, typed, settings, run, show, sharp, step, frame, playing }: Standing): void {
    const { state } = this;
    this.runs.end();
    batch(() => {
      this.controls.adopt({ prompt, typed, settings });
      state.show.value = show;
      state.sharp.value = sharp;
      state.step.value = step;
      state.frame.value = frame;
      state.playing.value = playing;
      if (run) this.runs.show(run);
    });
  }

  /**
   * What the network that is loaded guesses, without words, of a clip with noise over it (t: 0 noise .. 1 clean): a run of one
   * step that begins there. Null without a network, while a run goes on, and where somebody has asked for another guess meanwhile.
   */
  async guess(x: Float32Array, t: number): Promise<Float32Array | null> {
    this.asking.abort();
    const { info } = this.engine;
    if (!info || this.state.running.value) return null;
    const { signal } = (this.asking = new AbortController());
    const begin = { x, t };
    const alone = {
      ...defaults,
      sampler: 'euler',
      steps: 1,
      restarts: 0,
      guidance: { scale: 1, from: 0, to: 1 },
    } as const;
    for await (const { guess } of this.engine.steps(
      { prompt: '', ...alone, known: nothingKnown(info.shape), begin },
      signal,
    ))
      // prettier-ignore
      if (!signal.aborted) return guess;
    return null;
  }

  /** The steps of a recorded run that stays beside the stage. Rejects where it cannot be had. */
  beside(film: RecordingEntry): Promise<readonly Step[]> {
    return this.runs.stepsOf(film);
  }
}
