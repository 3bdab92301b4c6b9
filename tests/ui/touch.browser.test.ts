/**
 * A finger that comes down to scroll: the browser tells the element (`pointerdown`), sees that it scrolls, and takes the
 * finger away from it (`pointercancel`), without a click. Nothing may have happened by then, wherever the finger came down;
 * a tap, which ends in a click, acts.
 */
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { labViews, type LabView, viewNames, type ViewName } from '../../src/settings/views';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { reading, thing } from '../judging/fake-reading';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { calmly, everything } from './browser';
import { loadStyles } from './page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const reader = { read: async () => reading([thing()]), dispose: () => {} };
let globe: SnowGlobe;

beforeAll(async () => {
  await loadStyles();
  vi.spyOn(Element.prototype, 'setPointerCapture').mockImplementation(() => {}); // there is no such finger
});
afterEach(() => globe?.remove());

async function open(): Promise<void> {
  await page.viewport(360, 740);
  await calmly('light');
  history.replaceState(null, '', `${location.pathname}?lang=en#prompt=a+red+ball&steps=5`);
  globe = new SnowGlobe();
  globe.ports = fakePorts(new FakeEngine(), { createReader: () => reader });
  document.body.append(globe);
  await until(() => expect(globe.studio.state.run.value?.phase).toBe('done'));
}

function finger(element: Element, ...types: readonly string[]): void {
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = { clientX: left + width / 3, clientY: top + height / 3 };
  for (const type of types)
    element.dispatchEvent(new PointerEvent(type, { ...at, pointerType: 'touch', isPrimary: true, pointerId: 7, buttons: type === 'pointerdown' ? 1 : 0, bubbles: true, composed: true })); // prettier-ignore
}

/** Where the reader looks, and what the film is made of. */
function looks(): unknown {
  const { state } = globe.studio;
  const { step, frame, show, playing, beside, settings, run, prompt } = state;
  return [step, frame, show, playing, beside, settings, prompt, run].map(({ value }) => value).concat(location.hash);
}

/** What is drawn on: there a finger draws, and the page says so by taking scrolling away from it. */
const isDrawnOn = (element: Element) => getComputedStyle(element).touchAction === 'none';

it('scrolls, and does nothing else, wherever it came down', async () => {
  await open();
  const { studio } = globe;
  const places = [...viewNames.filter((name) => name !== 'lab'), ...labViews];
  for (const place of places) {
    const isTab = (labViews as readonly string[]).includes(place);
    studio.view.go(isTab ? 'lab' : (place as ViewName));
    if (isTab) studio.lab.show(place as LabView);
    studio.view.look({ row: 4, frame: 2 });
    const name = place === 'watch' ? 'motion-plots' : isTab ? `lab-${place}` : `${place}-view`;
    await until(() => expect(everything(document).map(({ localName }) => localName)).toContain(name));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const before = looks();
    const all = everything(document).filter(
      (element) => element.clientWidth + element.getBoundingClientRect().width > 0,
    );
    expect(all.length).toBeGreaterThan(50);
    for (const element of all) if (!isDrawnOn(element)) finger(element, 'pointerdown', 'pointercancel');
    expect(looks(), place).toEqual(before);
  }
});

it('a tap on the sheet goes there', async () => {
  await open();
  const { state } = globe.studio;
  const sheet = everything(document).find((element) => element.matches('[data-show=x] [role=grid]'))!;
  const { left, top } = sheet.getBoundingClientRect();
  finger(sheet, 'pointerdown', 'pointerup');
  sheet.dispatchEvent(
    new PointerEvent('click', { clientX: left + 2, clientY: top + 2, bubbles: true, composed: true }),
  );
  expect([state.step.value, state.frame.value, state.playing.value]).toEqual([0, 0, false]);
});
