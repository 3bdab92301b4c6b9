/** What the tests of the page in a browser share: a reader's wishes, and elements through all shadow roots. */
import axe from 'axe-core';
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

/** `page` and every element below it has rendered what the signals say. */
export async function settled(page: Element & { readonly renderRoot: ParentNode }): Promise<void> {
  for (let round = 0; round < 4; round++)
    for (const element of [page, ...everything(page.renderRoot)])
      await (element as Element & { updateComplete?: Promise<boolean> }).updateComplete;
}

const every = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules about what colours and widths change: all others say of a page that changed its looks alone what they said before. */
export const looks = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

/** What axe finds wrong with an element, a line each. */
export async function axeFinds(element: Element, runOnly = every, rules: axe.RuleObject = {}): Promise<string[]> {
  const { violations } = await axe.run(element, { runOnly, rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
