/** Single keys as commands: S shakes, D draws sharp, space plays. Not where somebody types, and not where they are switched off. */
import type { Studio } from '../../app/studio';

const typing = 'input:not([type=range], [type=radio], [type=checkbox]), select, textarea, [contenteditable]';

/** Returns what ends it. */
export function listenToKeys(studio: Studio): () => void {
  const press = (event: KeyboardEvent) => {
    const combined = event.altKey || event.ctrlKey || event.metaKey;
    if (!studio.state.shortcuts.value || combined || event.repeat || event.defaultPrevented) return;
    const [target] = event.composedPath();
    const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null;
    if (isIn(typing)) return;
    if (event.key === 's' || event.key === 'S') void studio.runs.shake();
    else if (event.key === 'd' || event.key === 'D') studio.view.toggleSharp();
    else if (event.key === ' ' && !isIn('button, summary, input, a')) {
      event.preventDefault(); // else the page would scroll
      studio.view.togglePlaying();
    }
  };
  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
}
