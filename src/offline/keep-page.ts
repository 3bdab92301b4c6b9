import { serviceWorkers } from './service-workers';
import { trustedScript } from './trusted-script';

/** Milliseconds after the page is there: its own files and the first film come first. */
const delay = 3000;

/** Keeps the page on this device for the next visit, where the browser allows that. Says nothing where it does not. */
export function keepPage(): void {
  const serviceWorker = serviceWorkers();
  if (!serviceWorker) return;
  const register = () => {
    // While developing there is no such file, and nothing happens.
    setTimeout(() => void serviceWorker.register(trustedScript('sw.js')).catch(() => {}), delay);
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
