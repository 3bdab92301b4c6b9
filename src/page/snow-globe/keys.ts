/**
 * Single keys as commands: S shakes, D draws sharp, P presents, space plays, digits choose the view. Not where somebody types,
 * and not where they are switched off. While presenting, arrow and page keys (a clicker's) walk the steps, in the story the page
 * keys the chapters, and Esc ends it.
 */
import { chapterCount } from '../../settings/link';
import type { Studio } from '../../studio/studio';
import { offered } from '../views';

const typing = 'input:not([type=range], [type=radio], [type=checkbox]), select, textarea, [contenteditable]';

/** target: the window, or an element, which hears the keys that are pressed within it. Returns what ends it. */
export function listenToKeys(studio: Studio, target: Window | HTMLElement): () => void {
  const press = (pressed: Event) => {
    const event = pressed as KeyboardEvent;
    const combined = event.altKey || event.ctrlKey || event.metaKey;
    if (combined || event.defaultPrevented) return;
    if (studio.state.presenting.value && walk(studio, event.key)) return event.preventDefault();
    if (!studio.state.shortcuts.value || event.repeat) return;
    const [target] = event.composedPath();
    const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null;
    if (isIn(typing)) return;
    if (event.key === 's' || event.key === 'S') void studio.runs.shake();
    else if (event.key === 'd' || event.key === 'D') studio.view.toggleSharp();
    else if (event.key === 'p' || event.key === 'P') studio.view.present(!studio.state.presenting.value);
    else if (/^[1-9]$/.test(event.key)) {
      const name = offered(studio.state.hidden.value)[Number(event.key) - 1];
      if (name) studio.view.go(name);
    } else if (event.key === ' ' && !isIn('button, summary, input, a')) {
      event.preventDefault(); // else the page would scroll
      studio.view.togglePlaying();
    }
  };
  target.addEventListener('keydown', press);
  return () => target.removeEventListener('keydown', press);
}

/** What a clicker does while presenting; true where the key was one of its own. */
function walk(studio: Studio, key: string): boolean {
  const { row, view, chapter } = studio.state;
  const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[key];
  if (by !== undefined && view.value === 'story' && key.startsWith('Page')) {
    const next = Math.min(chapterCount, (chapter.value ?? 0) + by);
    studio.story.open(next > 0 ? next : null);
  } else if (by !== undefined) studio.view.look({ row: (row.value ?? 0) + by });
  else if (key === 'Escape') studio.view.present(false);
  return by !== undefined || key === 'Escape';
}
