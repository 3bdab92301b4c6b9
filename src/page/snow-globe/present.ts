/** Presenting: while the state says so the page has the whole screen, and leaving that ends it. */
import { effect } from '@preact/signals-core';
import type { Studio } from '../../studio/studio';

/** Where a browser has no whole screen for an element (some phones), film and sheet fill the window. Returns what ends it. */
export function fillScreen(page: HTMLElement, studio: Studio): () => void {
  const { presenting } = studio.state;
  const isFull = () => page.matches(':fullscreen');
  const end = effect(() => {
    if (presenting.value === isFull()) return;
    const done = presenting.value ? page.requestFullscreen?.() : document.exitFullscreen();
    done?.catch(() => {}); // refused: the window will do
  });
  const left = () => {
    if (!isFull() && presenting.value) studio.view.present(false);
  };
  page.addEventListener('fullscreenchange', left);
  return () => (end(), page.removeEventListener('fullscreenchange', left));
}
