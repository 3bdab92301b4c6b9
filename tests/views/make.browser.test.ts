/** The view Make in a real browser: plans by pointer and by keyboard, a film that is made, for everybody, in both languages. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { makeOf, type Make } from '../../src/sessions/make/make';
import { make as german } from '../../src/i18n/de/make';
import { en } from '../../src/i18n/en';
import { make as words } from '../../src/i18n/en/make';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { axeFinds, calmly, everything, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 40_000, interval: 20 });

let globe: SnowGlobe;
let engine: FakeEngine;

/** The page with a film of three steps, and the view Make beside it. */
async function opened(): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en#prompt=a+red+ball&seed=5&steps=3&view=make`);
  engine = new FakeEngine({ shape: { frames: 8, height: 16, width: 16 } });
  globe = new SnowGlobe();
  globe.ports = fakePorts(engine);
  document.body.append(globe);
  await until(() => {
    expect(engine.requests).toHaveLength(1);
    expect(globe.studio.state.run.value?.phase).toBe('done');
    expect(find('make-strip')).toBeTruthy();
  });
  globe.studio.controls.keepSeed(true);
  await settle();
}

const settle = () => settled(globe);

const all = (selector: string) =>
  everything(globe.renderRoot).filter((element) => element.matches(selector)) as HTMLElement[];
const find = (selector: string) => all(selector)[0];
const text = (element: Node) => element.textContent!.replace(/\s+/g, ' ').trim();
const view = () => find('make-view').shadowRoot!;
const button = (name: string) => all('button').find((each) => text(each) === name)!;
const frames = () => [...find('make-strip').shadowRoot!.querySelectorAll('button')];
const given = () => frames().map((frame) => frame.getAttribute('aria-pressed') === 'true');
const session = (): Make => makeOf(globe.studio);

async function press(name: string): Promise<void> {
  await userEvent.click(button(name));
  await settle();
}

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 900);
  await calmly('light');
});

afterEach(() => globe?.remove());

describe('the strip', () => {
  it('shows for each frame whether it is given or made up, as the start that is chosen says', async () => {
    await opened();
    await press(words.starts.gap);
    expect(text(view())).toContain(words.about.gap);
    expect(given()).toEqual([true, true, true, false, false, true, true, true]);
    expect(frames()[0].getAttribute('aria-label')).toBe('Frame 1: given, frame 1 of the film');
    expect(frames()[3].getAttribute('aria-label')).toBe('Frame 4: made up');
    expect(frames().map((frame) => frame.querySelector('.stripes') !== null)).toEqual(given().map((each) => !each));
    await userEvent.click(frames()[3]);
    await settle();
    expect(given()[3]).toBe(true);
    expect(text(view())).toContain(words.own);
  });

  it('is one stop of Tab, walked by arrows and changed by Space', async () => {
    await opened();
    await press(words.starts.forward);
    expect(frames().filter((frame) => frame.tabIndex === 0)).toHaveLength(1);
    frames()[0].focus();
    await userEvent.keyboard('{End}{ArrowLeft} ');
    await settle();
    expect(given()).toEqual([true, true, true, false, false, false, true, false]);
    expect(frames()[6].tabIndex).toBe(0);
  });
});

describe('a film', () => {
  it('is made on the stage by one press, keeps what is given, and says what was measured', async () => {
    await opened();
    await press(words.starts.forward);
    await press(words.make);
    await until(() => expect(session().current.value).not.toBeNull());
    await settle();
    expect([...engine.requests[1].known!.mask].filter(Boolean)).toHaveLength(3 * 256);
    const said = text(view());
    expect(said).toContain('missed what was given by 10'); // as this engine does
    expect(said).toContain('Where given and made up meet');
    expect(said).toContain('20.0 dB');
    expect(frames().some((frame) => frame.querySelector('.stripes'))).toBe(false); // the made frames are there now
    expect(globe.studio.state.link.value).toContain('make=forward.5-7.x5');
  });

  it('goes on, plays where somebody presses, and says how it drifts', async () => {
    await opened();
    await press(words.more);
    await until(() => expect(session().drift.value).toHaveLength(1));
    await settle();
    const long = find('make-long').shadowRoot!;
    expect(text(long)).toContain(words.whole(13 / 8));
    expect(text(long)).toContain(words.drift);
    const place = long.querySelector<HTMLInputElement>('input[type=range]')!;
    expect(place.value).toBe('0');
    const own = (name: string) => [...long.querySelectorAll('button')].find((each) => text(each) === name)!;
    await userEvent.click(own(words.play));
    await until(() => expect(Number(place.value)).toBeGreaterThan(1));
    await userEvent.click(own(words.pause));
    await settle();
    expect(own(words.play)).toBeTruthy();
  });

  it('cannot be made of two films where there is one, and can be once another is chosen', async () => {
    await opened();
    await press(words.starts.connect);
    const chief = button(words.make) as HTMLButtonElement;
    expect(chief.disabled).toBe(true);
    expect(text(view())).toContain(words.obstacles.second);
    const [second] = view().querySelectorAll('select');
    await userEvent.selectOptions(second, second.options[1]);
    await settle();
    expect(chief.disabled).toBe(false);
  });
});

describe('a part of the picture', () => {
  const canvas = () => find('make-part').shadowRoot!.querySelector<HTMLElement>('.canvas')!;
  const hole = () => session().plan.value.hole!.pixels.reduce((sum, made) => sum + made, 0);

  it('is marked by a rectangle and by a brush, and given back', async () => {
    await opened();
    await press(words.starts.region);
    expect(hole()).toBe(64);
    canvas().scrollIntoView({ block: 'center' });
    const { left, top, width } = canvas().getBoundingClientRect();
    const cell = width / 16;
    const at = (type: string, x: number, y: number) =>
      canvas().dispatchEvent(
        new PointerEvent(type, { clientX: left + x * cell, clientY: top + y * cell, pointerId: 1, bubbles: true }),
      );
    vi.spyOn(canvas(), 'setPointerCapture').mockImplementation(() => {}); // this pointer is made up
    at('pointerdown', 0.5, 0.5);
    at('pointermove', 3.5, 1.5);
    at('pointerup', 3.5, 1.5);
    expect(hole()).toBe(8);
    await press(words.tools.brush);
    at('pointerdown', 10.5, 10.5);
    at('pointerup', 10.5, 10.5);
    expect(hole()).toBe(8 + 16);
    await press(words.tools.eraser);
    at('pointerdown', 10.5, 10.5);
    at('pointerup', 10.5, 10.5);
    expect(hole()).toBe(8);
  });

  it('is marked by keyboard alone, and said', async () => {
    await opened();
    await press(words.starts.region);
    canvas().focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown} ');
    await settle();
    expect(canvas().getAttribute('aria-valuetext')).toBe('Column 2, row 2: given; one corner is set');
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowDown} ');
    await settle();
    expect(hole()).toBe(2 * 3);
    expect(canvas().getAttribute('aria-valuetext')).toBe('Column 3, row 4: made up');
  });
});

describe('for everybody', () => {
  it('axe finds nothing, and nothing sticks out on a phone, in light and dark, in either language', async () => {
    await opened();
    await session().goOn(1);
    session().start('region');
    await session().make();
    await until(() => expect(session().current.value).not.toBeNull());
    for (const [scheme, width, languages] of [
      ['light', 1280, ['de', 'en']],
      ['dark', 360, ['en', 'de']],
    ] as const) {
      await calmly(scheme);
      await page.viewport(width, 800);
      for (const language of languages) {
        await userEvent.selectOptions(find('.language select'), language);
        for (const details of everything(view()).filter((each) => each instanceof HTMLDetailsElement))
          details.open = true;
        await settle();
        expect(text(view())).toContain((language === 'de' ? german : words).help);
        expect(document.documentElement.scrollWidth, `${language} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect(await axeFinds(find('make-view'))).toEqual([]); // whose answer no other pair of language and width would change
    }
  });

  it('is a view of its own: by its tab, and out of sight where a teacher hides it', async () => {
    await opened();
    expect(button(en.views.names.make).getAttribute('aria-current')).toBe('page');
    globe.studio.view.hide('make', true);
    await settle();
    expect(find('make-view')).toBeUndefined();
  });
});
