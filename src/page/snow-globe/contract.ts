/**
 * What somebody who writes a page can rely on: the link that the attributes of <snow-globe> amount to, and the events that it
 * sends. docs/reference/element.md has the whole contract.
 */
import { effect, untracked } from '@preact/signals-core';
import type { Facts } from '../../app/session';
import type { Run } from '../../app/state';
import type { GlobeEvents, RunEndDetail } from './element';

export interface Wishes {
  readonly link: string;
  readonly prompt: string | null;
  readonly seed: string | null;
  readonly view: string | null;
}

/** The link of the attributes: prompt, seed and view come before what `link` says of them. */
export function linkOf({ link, prompt, seed, view }: Wishes): string {
  const first = new URLSearchParams();
  for (const [key, value] of Object.entries({ prompt, seed, view })) if (value !== null) first.set(key, value);
  // Whatever stands in an attribute was not cut on its way, so its length says nothing.
  const rest = link.replace(/^#/, '').replace(/^length=\d+&/, '');
  return [first.toString(), rest].filter(Boolean).join('&');
}

/** Sends events from the element whenever the state says so. Returns what ends it. */
export function sendEvents(element: HTMLElement, state: Facts): () => void {
  const send = <Name extends keyof GlobeEvents>(name: Name, detail: GlobeEvents[Name]['detail']) =>
    element.dispatchEvent(new CustomEvent(name, { detail }));

  const sendEnd = ({ source, prompt, settings: { seed } }: Run, phase: RunEndDetail['phase']) =>
    send('run-end', { phase, source, prompt, seed });

  let before: Run | null = null;
  const ofRun = (run: Run | null) => {
    const was = before;
    before = run;
    const goesOn = run !== null && was !== null && isSame(was, run);
    if (was?.phase === 'running' && !goesOn) sendEnd(was, state.trouble.peek()?.retry === 'run' ? 'failed' : 'stopped');
    if (run?.phase === 'running')
      for (const { index, steps, t } of run.steps.slice(goesOn ? was.steps.length : 0))
        send('step', { index, steps, t, source: run.source });
    else if (run && goesOn && was.phase === 'running') sendEnd(run, run.phase);
  };

  const endings = [
    effect(() => {
      const run = state.run.value;
      untracked(() => ofRun(run));
    }),
    effect(() => {
      const engine = state.engine.value;
      if (engine.phase !== 'ready') return;
      const { model, backend, reason } = engine.info;
      untracked(() => send('ready', { model, backend, reason }));
    }),
    effect(() => {
      const { fault } = state.trouble.value ?? {};
      if (fault) untracked(() => send('fault', fault));
    }),
  ];
  return () => endings.forEach((end) => end());
}

/** The same run, a step further or at its end; its steps are never changed, only more. */
function isSame(was: Run, now: Run): boolean {
  return was.steps.length > 0
    ? was.steps[0] === now.steps[0]
    : was.settings === now.settings && was.prompt === now.prompt;
}
