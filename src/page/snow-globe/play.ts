/** The clock of a film: one frame after the other at the pace that the state allows; nothing while the page is hidden. */
import { effect } from '@preact/signals-core';
import type { Studio } from '../../studio/studio';

/** Returns what ends it. */
export function playFilm(studio: Studio): () => void {
  const { state } = studio;
  let timer: ReturnType<typeof setInterval> | undefined;
  const end = effect(() => {
    clearInterval(timer);
    if (state.playing.value && state.filled.value)
      timer = setInterval(() => document.hidden || studio.view.nextFrame(), 1000 / state.rate.value);
  });
  return () => (clearInterval(timer), end());
}
