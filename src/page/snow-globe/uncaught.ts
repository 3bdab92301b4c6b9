/**
 * The net below everything: an error of this page's own scripts that nobody caught is said like any other, once. Nothing
 * should ever come here; what does is a browser that lacks something, or a fault of ours.
 */
import type { Studio } from '../../studio/studio';

/** Where this page's scripts lie, once they are built: another page's errors, or an extension's, are not ours to tell. */
const ours = new URL('.', import.meta.url).href;

/** Returns what ends it. */
export function catchRest(studio: Studio): () => void {
  let said = false;
  const tell = (thrown: unknown) => {
    // What the browser itself throws (DOMException) need not say where.
    if (said || !(thrown instanceof Error) || !(thrown.stack?.includes(ours) ?? thrown instanceof DOMException)) return;
    said = true;
    studio.notes.broke(thrown);
  };
  const error = (event: ErrorEvent) => tell(event.error);
  const rejection = (event: PromiseRejectionEvent) => tell(event.reason);
  addEventListener('error', error);
  addEventListener('unhandledrejection', rejection);
  return () => {
    removeEventListener('error', error);
    removeEventListener('unhandledrejection', rejection);
  };
}
