/** What the page says of a film: a formula-driven run in a real browser, read by the real reader in its worker. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createReader } from '../../src/judging/reader';
import type { Ports } from '../../src/studio/studio';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { asked, sceneOf } from '../../src/evaluation';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { render, type Scene } from '../../src/world';
import { reading, thing, trackAlong } from '../judging/fake-reading';
import { FakeEngine, fakePorts, shape } from '../app/fake-run';
import { defaults } from '../../src/settings/settings';
import type { Step } from '../../src/sampling/types';
import { axeFinds, calmly, looks, settled } from './browser';
import { loadStyles } from './page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 40_000, interval: 20 });
const steps = 4;

/** A run that ends in a scene of the world: it is grey at first, then has the place, then the thing. */
async function* clearing(scene: Scene): AsyncGenerator<Step> {
  const clean = render(scene, shape).map((value) => 2 * value - 1);
  const place = render({ ...scene, objects: [] }, shape).map((value) => 2 * value - 1);
  const guesses = [clean.map(() => 0), place, clean, clean.slice()];
  for (const [index, guess] of guesses.entries())
    yield { index, steps, t: index / steps, tNext: (index + 1) / steps, x: guess, guess, calls: 1, milliseconds: 1 };
}

function portsOf(prompt: string, drawn = prompt, over: Partial<Ports> = {}): Ports {
  const scene = sceneOf(asked(drawn), 5);
  return fakePorts(new FakeEngine(), {
    createReader: () => createReader(),
    listRecordings: async () => [{ file: 'one.snow', prompt }],
    openRecording: async () => ({
      model: 'fake',
      prompt,
      settings: { ...defaults, steps },
      shape,
      encode: async () => new Uint8Array(),
      replay: () => clearing(scene),
    }),
    ...over,
  });
}

let globe: SnowGlobe;

async function open(ports: Ports): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en`);
  globe = new SnowGlobe();
  globe.ports = ports;
  document.body.append(globe);
  await until(() => expect(globe.studio.seeing.readings.value.filter((one) => one)).toHaveLength(steps));
  await settle();
  panel().querySelector<HTMLDetailsElement>('.rest')!.open = true;
}

const settle = () => settled(globe);

const inside = (name: string) => globe.renderRoot.querySelector(name)!.shadowRoot!;
const panel = () => inside('what-we-see');
const plots = () => panel().querySelector('motion-plots')!.shadowRoot!;
const decided = () => panel().querySelector('decided-plot')!.shadowRoot!;
const words = (root: ParentNode) => root.textContent!.replace(/\s+/g, ' ').trim();
const rows = () => [...panel().querySelectorAll('tbody tr')].map((row) => [...row.children].map(words).join(' '));

beforeAll(loadStyles);
beforeEach(async () => {
  await page.viewport(1280, 800);
  await calmly('light');
});
afterEach(() => globe?.remove());

describe('what we see', () => {
  it('is one sentence first, and the rest for who asks for it', async () => {
    await open(portsOf('A small red ball falling at night.'));
    const rest = panel().querySelector<HTMLDetailsElement>('.rest')!;
    rest.open = false;
    expect(panel().querySelector('.verdict')!.checkVisibility()).toBe(true);
    for (const each of ['table', 'motion-plots', 'decided-plot'])
      expect(panel().querySelector(each)!.checkVisibility(), each).toBe(false);
    await userEvent.click(inside('seen-line').querySelector('button')!);
    await until(() => expect(panel().querySelector('table')!.checkVisibility()).toBe(true));
  });

  it('stands beside what was asked, word by word, with a sentence on the motion', async () => {
    await open(portsOf('A small blue ball falling at night.', 'A small red ball falling at night.'));
    expect(rows()).toEqual([
      `Colour blue red ✗${en.seen.marks.wrong}`,
      'Thing ball ball ✓right',
      'Size small small ✓right',
      'Motion falling falling ✓right',
      'Place at night at night ✓right',
      'How many 1 1 ✓right',
    ]);
    expect(words(inside('seen-line'))).toContain(en.seen.line(5, 6));
    expect(words(panel().querySelector('.verdict')!)).toMatch(/^red ball Falls at 1.0 g, as everything here does/);
    await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, 'de');
    await settle();
    expect(words(panel().querySelector('.verdict')!)).toMatch(/^roter Ball Fällt mit 1,0 g/);
    expect(words(decided())).toContain(de.seen.decided);

    // When it was decided: the place first, then the thing; each step can be gone to.
    await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, 'en');
    await settle();
    expect([...decided().querySelectorAll('.from')].map(words)).toEqual(['step 1', ...Array(5).fill('step 2')]);
    expect(words(decided().querySelector('p.unseen')!)).toMatch(/^Place from step 1, colour from step 2/);
    decided().querySelector<HTMLElement>('[role=slider]')!.focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    await settle();
    const { state } = globe.studio;
    expect([state.row.value, state.show.value]).toEqual([1, 'guess']);
    expect(words(panel())).toContain(en.seen.noThing);
    expect(decided().querySelector('[role=slider]')!.getAttribute('aria-valuetext')).toContain('Thing: not there');
    await userEvent.keyboard('{ArrowLeft}');
    await settle();
    expect(words(panel())).toContain(en.seen.nothing);
    expect(words(inside('seen-line'))).toContain(en.seen.nothing);
  });

  it('leads from a frame of the plots to the film and the sheet, by pointer and by key', async () => {
    await open(portsOf('A small red ball bouncing at night.'));
    const { state } = globe.studio;
    const strip = plots().querySelector('.strip')!;
    const box = strip.getBoundingClientRect();
    await userEvent.click(strip, { position: { x: (6.5 / 16) * box.width, y: 20 } });
    expect([state.frame.value, state.playing.value]).toEqual([6, false]);
    plots().querySelector<HTMLElement>('[role=slider]')!.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await settle();
    expect(state.frame.value).toBe(8);
    expect(plots().querySelector('[role=slider]')!.getAttribute('aria-valuetext')).toMatch(/^frame 9 of 16\. Height above ground: \d/); // prettier-ignore
    expect(plots().querySelectorAll('table tbody tr')).toHaveLength(16);
  });

  it('draws the path over the film only when asked, where the thing is, a panning camera taken into account', async () => {
    const pan = 0.02;
    const seen = reading([thing({ track: trackAlong(() => 0.4, (n) => 0.3 + 0.03 * n) }), thing()], { pan }); // prettier-ignore
    const reader = { read: async () => seen, dispose: () => {} };
    await open(portsOf('a ball', 'a red ball', { createReader: () => reader }));
    const overlay = () => inside('clip-view').querySelector('seen-path')!.shadowRoot!;
    expect(overlay().querySelector('svg')).toBeNull();
    globe.studio.view.look({ frame: 3 });
    inside('film-controls').querySelector('details')!.open = true;
    await userEvent.click(page.getByRole('checkbox', { name: en.seen.path }));
    await settle();
    const rings = overlay().querySelectorAll('circle.line');
    expect(rings).toHaveLength(2);
    expect(Number(rings[0].getAttribute('cx'))).toBeCloseTo(0.3 + 0.09 - pan * (3 - 7.5));
    expect(Number(rings[0].getAttribute('cy'))).toBeCloseTo(0.4);
    const first = overlay().querySelector('polyline.line')!.getAttribute('points')!.split(' ');
    expect(first).toHaveLength(16);
    expect(Number(first[0].split(',')[0])).toBeCloseTo(0.3 - pan * (3 - 7.5));
    expect(panel().querySelectorAll('.which button')).toHaveLength(2);
  });

  it('says in its own place what could not be read, and keeps the rest', async () => {
    let fails = true;
    const reader = {
      read: async () => {
        if (fails) throw Object.assign(new Error('x'), { cause: 'a value is not a number', next: 'use a finite clip' });
        return reading([{}]);
      },
      dispose: () => {},
    };
    history.replaceState(null, '', `${location.pathname}?lang=en`);
    globe = new SnowGlobe();
    globe.ports = portsOf('a ball', 'a red ball', { createReader: () => reader });
    document.body.append(globe);
    await until(() => expect(words(panel())).toContain('a value is not a number'));
    await until(() => expect(globe.studio.state.run.value?.phase).toBe('done'));
    const said = () => words(panel().querySelector('.fault .text > p')!);
    expect(said()).toContain(en.faults.ReaderError.cause); // what the reader says itself stands behind "more"
    expect(said()).not.toContain('a value is not a number');
    const language = globe.renderRoot.querySelector<HTMLElement>('.language select')!;
    await userEvent.selectOptions(language, 'de');
    await until(() => expect(said()).toContain(de.faults.ReaderError.cause));
    await userEvent.selectOptions(language, 'en');
    fails = false;
    await userEvent.click(panel().querySelector('.fault button')!);
    await until(() => expect(words(panel())).toContain('Stands still.'));
    expect(panel().querySelector('.fault')).toBeNull();
  });

  it('axe finds nothing in light and dark, and nothing sticks out at 360 pixels', async () => {
    await open(portsOf('A small red ball bouncing at night.'));
    globe.studio.seeing.path.value = true;
    for (const root of [panel(), plots()]) for (const details of root.querySelectorAll('details')) details.open = true;
    for (const scheme of ['light', 'dark']) {
      await calmly(scheme);
      await settle();
      expect(await axeFinds(globe, scheme === 'light' ? undefined : looks)).toEqual([]);
    }
    await page.viewport(360, 800);
    await settle();
    await until(() => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360));
  });
});
