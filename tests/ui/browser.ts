/** What the tests of the page in a browser share: a reader's wishes, and elements through all shadow roots. */
import { cdp } from 'vitest/browser';

/** What the reader asked their system for, as media features. */
export const media = (features: Record<string, string>): Promise<unknown> =>
  (cdp() as unknown as { send(method: string, options: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });

/** A colour scheme, and nothing that moves by itself. */
export const calmly = (scheme: string): Promise<unknown> =>
  media({ 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });

/** Every element below, through all shadow roots. */
export function everything(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ]);
}
