/** The page in browsers that lack something, or in which asking for it throws. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { en } from '../../src/i18n/en';
import { keepPage } from '../../src/offline/keep-page';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { openStore } from '../../src/engine/store';
import { fakePorts } from '../app/fake-run';
import { loadStyles } from '../ui/page-styles';

let globe: SnowGlobe;
const undo: (() => void)[] = [];

/** Puts another property in the place of one of the browser's, until the test is through. */
function instead(of: object, name: string, property: PropertyDescriptor): void {
  const own = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { configurable: true, ...property });
  undo.push(() => (own ? Object.defineProperty(of, name, own) : Reflect.deleteProperty(of, name)));
}

const denied = {
  get: () => {
    throw new DOMException('The document is sandboxed.', 'SecurityError');
  },
};

async function open(): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en`);
  globe = new SnowGlobe();
  globe.ports = fakePorts();
  document.body.append(globe);
  await vi.waitFor(() => expect(globe.studio.state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  await globe.updateComplete;
}

const inside = (name: string, root: ParentNode = globe.renderRoot) => root.querySelector(name)!.shadowRoot!;
const media = (features: Record<string, string>, kind = '') =>
  (cdp() as unknown as { send(method: string, options: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
    media: kind,
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });

beforeAll(loadStyles);
beforeEach(() => page.viewport(1280, 800));
afterEach(async () => {
  for (const each of undo.splice(0)) each();
  globe?.remove();
  await media({});
});

describe('"Copy the link"', () => {
  const copy = async () => {
    const [button] = [...inside('share-box').querySelectorAll('button')];
    expect(button.textContent).toBe(en.files.copy);
    await userEvent.click(button);
    await vi.waitFor(() =>
      expect(inside('share-box').querySelector('[role=status]')!.textContent!.trim()).not.toBe(''),
    );
    await globe.renderRoot.querySelector('share-box')!.updateComplete;
  };

  it.each<[string, PropertyDescriptor]>([
    ['has no clipboard, as by plain http', { value: undefined }],
    ['refuses', { value: { writeText: () => Promise.reject(new DOMException('Denied.', 'NotAllowedError')) } }],
    ['throws at the question', denied],
  ])('offers the link to be copied, and chosen, where the browser %s', async (_, clipboard) => {
    instead(navigator, 'clipboard', clipboard);
    await open();
    await copy();
    const field = inside('share-box').querySelector<HTMLInputElement>('.link')!;
    expect(inside('share-box').activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart!, field.selectionEnd!)).toBe(
      `${location.href.split('#')[0]}#${globe.studio.state.link.value}`,
    );
    expect(inside('share-box').querySelector('[role=status]')!.textContent).toContain(en.files.notCopied);
  });

  it('copies it where the browser lets it', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    instead(navigator, 'clipboard', { value: { writeText } });
    await open();
    await copy();
    expect(writeText).toHaveBeenCalledWith(expect.stringMatching(/#length=\d+&prompt=/));
    expect(inside('share-box').querySelector('.link')).toBeNull();
  });
});

it.each<[string, PropertyDescriptor]>([
  ['there are no service workers', { value: undefined }],
  ['asking for them throws, as in a sandboxed frame', denied],
])('the page opens where %s', async (_, serviceWorker) => {
  instead(navigator, 'serviceWorker', serviceWorker);
  expect(keepPage).not.toThrow();
  await open();
  expect(inside('run-status').textContent).toContain('Recorded run: done');
});

it('weights are not kept, and nothing else happens, where asking for the Cache Storage throws', async () => {
  instead(globalThis, 'caches', denied);
  expect((await openStore('https://school.example/models/')).problem).toMatch(/keeps nothing here/);
});

describe('in forced colours', () => {
  const styleOf = (name: string, selector: string, pseudo?: string) =>
    getComputedStyle(inside(name).querySelector(selector)!, pseudo);

  it('what is chosen has a line of its own, and what is not has none', async () => {
    await media({ 'forced-colors': 'active' });
    await open();
    globe.studio.lab.show('noise');
    const bench = () => inside('lab-bench', inside('lab-view'));
    await vi.waitFor(() => expect(bench().querySelector('[role=tab]')).toBeTruthy(), { timeout: 20_000 });
    const lined = (name: string, selector: string) => styleOf(name, selector).outlineStyle;
    const tab = (chosen: boolean) =>
      getComputedStyle(bench().querySelector(`[role=tab][aria-selected=${chosen}]`)!).outlineStyle;
    expect(lined('film-controls', '.shows label:has(input:checked)')).toBe('solid');
    expect(lined('film-controls', '.shows label:not(:has(input:checked))')).toBe('none');
    expect([tab(true), tab(false)]).toEqual(['solid', 'none']);
    const dot = (sheet: string) => styleOf('step-sheet', `${sheet} h3`, '::before').backgroundColor;
    expect(dot('.sheet.chosen')).not.toBe(dot('.sheet:not(.chosen)'));
  });
});

it('on paper the film stands beside the sheet, what is seen below that, and what only a finger can use is left out', async () => {
  await open();
  await media({}, 'print');
  const box = (name: string) => globe.renderRoot.querySelector(name)!.getBoundingClientRect();
  for (const name of ['prompt-box', 'film-controls', 'run-history', 'view-tabs', 'share-box', 'footer'])
    expect(box(name).height, name).toBe(0);
  const [film, sheet, seen] = ['clip-view', 'step-sheet', 'what-we-see'].map(box);
  expect(film.height).toBeGreaterThan(0);
  expect(sheet.left).toBeGreaterThanOrEqual(film.right - 1);
  expect(seen.top).toBeGreaterThanOrEqual(sheet.bottom - 1);
});
