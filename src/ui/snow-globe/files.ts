/**
 * A file that is dropped anywhere on the page is opened; the browser would leave the page for it otherwise. What is nearer to
 * where it falls may take it first (and prevents the default).
 */
import type { Studio } from '../../app/studio';

/**
 * `onDragging` hears whether a file is being dragged over the page; `onMedia` gets a picture or a film, which is no saved run.
 * Returns what ends it.
 */
export function takeFiles(
  studio: Studio,
  onDragging: (dragging: boolean) => void,
  onMedia: (file: File) => void,
): () => void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    onDragging(true);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) onDragging(false);
  };
  const drop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    const taken = event.defaultPrevented; // an element that it was dropped on takes it itself
    event.preventDefault();
    onDragging(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || taken) return;
    if (/^(image|video)\//.test(file.type)) onMedia(file);
    else void studio.files.open(file);
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
  };
}
