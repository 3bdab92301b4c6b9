/** The browser's service workers for this page; undefined by plain http, and in a sandboxed frame, where asking throws. */
export function serviceWorkers(): ServiceWorkerContainer | undefined {
  try {
    return (navigator as Partial<Pick<Navigator, 'serviceWorker'>>).serviceWorker;
  } catch {
    return undefined;
  }
}
