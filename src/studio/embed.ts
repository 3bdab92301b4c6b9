/**
 * The film of a link on another page, in a frame or as an element: a recorded run where there is one of exactly that film,
 * and only then a network, which is large.
 *
 * What it is not: no session. It does at the start what `Studio.open` does for the whole page.
 */
import { effect } from '@preact/signals-core';
import { settingKeys, textOf } from '../settings/settings';
import type { Run } from '../app/state';
import type { Studio } from './studio';

/**
 * `link` is what stands behind the # of the frame's address, or what the element's attributes say. Without `andRun` a
 * recording of its words is all there is, until somebody shakes.
 */
export async function openEmbedded(studio: Studio, link: string, andRun = true): Promise<void> {
  const asks = studio.follow(link, andRun);
  const { request } = studio.state;
  await studio.runs.openRecordings(!asks, andRun || !asks);
  const run = studio.state.run.value;
  const { prompt, settings } = request.value;
  const same =
    run?.prompt === prompt && settingKeys.every((key) => textOf(run.settings, key) === textOf(settings, key));
  if (!asks || same)
    studio.runs.end(); // what waited for a network
  else if (andRun) await studio.engine.load();
}

/** The film that was there when an element was taken out of its page, once it is back. */
export async function reopen(studio: Studio, link: string, run: Run): Promise<void> {
  studio.follow(link, false);
  studio.runs.show(run);
  await studio.runs.openRecordings(false);
}

/** From now on the network is loaded when somebody asks for a run of it. Returns what ends that. */
export function loadWhenAsked(studio: Studio): () => void {
  const { queued, engine } = studio.state;
  return effect(() => {
    if (queued.value && engine.value.phase === 'waiting') queueMicrotask(() => void studio.engine.load());
  });
}
