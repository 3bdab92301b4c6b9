/** "Break it": one change of the settings at a time, and the way back to the very run that was there before the first. */
import { batch, computed } from '@preact/signals-core';
import type { Controls } from '../controls';
import type { RunSession } from '../run-session';
import { command, Session, type Facts } from '../session';
import { areApart, damageOf } from './damage';
import type { Experiment } from './experiments';
import type { Lab } from './lab';

type Own = 'before' | 'trouble' | 'step';

export class Breaking extends Session<Own> {
  constructor(
    state: Facts<Own>,
    private readonly controls: Controls,
    private readonly runs: RunSession,
    private readonly lab: Pick<Lab, 'end' | 'markOf'>,
  ) {
    super(state);
  }

  /** The run on the stage, where it is an experiment's; null before the first, and after the way back. */
  readonly broken = computed(() => {
    const { before, run } = this.state;
    return before.value && run.value !== before.value.run ? run.value : null;
  });

  /** The two films have other words or another seed, so that nobody can say what the experiment did. */
  readonly apart = computed(() => {
    const [before, now] = [this.state.before.value?.run, this.broken.value];
    return Boolean(before && now && areApart(before, now));
  });

  /** What the experiment on the stage did to the film that was there before; null where nobody can say, or not yet. */
  readonly damage = computed(() => {
    const [before, now] = [this.state.before.value?.run, this.broken.value];
    if (!before || !now) return null;
    return damageOf(before, now, { before: this.lab.markOf(before), now: this.lab.markOf(now) });
  });

  /** One of the ways to break it, on the words and the seed that stand there. The first remembers where one was. */
  @command
  async try(experiment: Experiment): Promise<void> {
    const { prompt, request, run, step, before, engine } = this.state;
    before.value ??= { ...request.value, typed: prompt.value, run: run.value, step: step.value };
    const model = engine.value.phase === 'ready' ? engine.value.info : run.value;
    this.controls.set(experiment.change(before.value.settings, model?.shape.frames ?? 16));
    await this.runs.again();
  }

  /** Back to where one was before the first experiment: words, settings, and the very run. */
  @command
  back(): void {
    const { state } = this;
    const before = state.before.value;
    if (!before) return;
    this.runs.end();
    this.lab.end();
    batch(() => {
      state.before.value = null;
      state.trouble.value = null;
      this.controls.adopt(before);
      state.step.value = before.step;
      if (before.run) this.runs.show(before.run);
    });
  }
}
