/**
 * A file that is dropped anywhere on the page, or on the element where the page is somebody else's, is opened; the browser would leave the page for it otherwise. What is nearer to
 * where it falls may take it first (and prevents the default).
 */
import type { Studio } from '../../studio/studio';

/**
 * target: the window, or an element. `onDragging` hears whether a file is being dragged over it; `onMedia` gets a picture or a film, which is no saved run.
 * Returns what ends it.
 */
export function takeFiles(
  studio: Studio,
  target: Window | HTMLElement,
  onDragging: (dragging: boolean) => void,
  onMedia: (file: File) => void,
): () => void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: Event) => {
    if (!holdsFiles(event as DragEvent)) return;
    event.preventDefault();
    onDragging(true);
  };
  const leave = (event: Event) => {
    // A window hears of each element that is left, an element only when it is left itself.
    if (target !== window || (event as DragEvent).relatedTarget === null) onDragging(false);
  };
  const drop = (dropped: Event) => {
    const event = dropped as DragEvent;
    if (!holdsFiles(event)) return;
    const taken = event.defaultPrevented; // an element that it was dropped on takes it itself
    event.preventDefault();
    onDragging(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || taken) return;
    if (/^(image|video)\//.test(file.type)) onMedia(file);
    else void studio.files.open(file);
  };
  target.addEventListener('dragover', over);
  target.addEventListener('dragleave', leave);
  target.addEventListener('drop', drop);
  return () => {
    target.removeEventListener('dragover', over);
    target.removeEventListener('dragleave', leave);
    target.removeEventListener('drop', drop);
  };
}
