/** "Break it": one change of the settings at a time, and the way back to the very run that was there before the first. */
import { batch, computed } from '@preact/signals-core';
import type { Controls } from '../app/controls';
import type { RunSession } from '../app/run-session';
import { command, Session, type Facts } from '../app/session';
import type { Experiment } from './experiments';

type Own = 'before' | 'trouble' | 'step';

export class Breaking extends Session<Own> {
  constructor(
    state: Facts<Own>,
    private readonly controls: Controls,
    private readonly runs: RunSession,
    private readonly clear: () => void, // ends what else the laboratory does
  ) {
    super(state);
  }

  /** The run on the stage, where it is an experiment's; null before the first, and after the way back. */
  readonly broken = computed(() => {
    const { before, run } = this.state;
    return before.value && run.value !== before.value.run ? run.value : null;
  });

  /** One of the ways to break it, on the words and the seed that stand there. The first remembers where one was. */
  @command
  async try(experiment: Experiment): Promise<void> {
    const { prompt, request, run, step, before, engine } = this.state;
    before.value ??= { ...request.value, typed: prompt.value, run: run.value, step: step.value };
    const model = engine.value.phase === 'ready' ? engine.value.info : run.value;
    this.controls.set(experiment.change(before.value.settings, model?.shape.frames ?? 16));
    await this.runs.again({ given: before.value.run?.given });
  }

  /** Back to where one was before the first experiment: words, settings, and the very run. */
  @command
  back(): void {
    const { state } = this;
    const before = state.before.value;
    if (!before) return;
    this.runs.end();
    this.clear();
    batch(() => {
      state.before.value = null;
      state.trouble.value = null;
      this.controls.adopt(before);
      state.step.value = before.step;
      if (before.run) this.runs.show(before.run);
    });
  }
}
