/** The view Learn in a real browser, with a network that really learns in its worker: by mouse, by keyboard, for everybody. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { learnOf } from '../../src/sessions/learn/learn';
import { learn as german } from '../../src/i18n/de/learn';
import { en } from '../../src/i18n/en';
import { learn as words } from '../../src/i18n/en/learn';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { axeFinds, calmly, everything, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 120_000, interval: 50 });

let globe: SnowGlobe;

async function open(): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en#prompt=a+red+ball&steps=4&view=learn`);
  globe = new SnowGlobe();
  globe.ports = fakePorts(new FakeEngine());
  document.body.append(globe);
  await until(() => expect(find('learn-view')).toBeTruthy());
  await until(() => expect(learn().phase.value).toBe('ready'));
  await settle();
}

const settle = () => settled(globe);

const learn = () => learnOf(globe.studio);
const all = (selector: string) =>
  everything(globe.renderRoot).filter((each) => each.matches(selector)) as HTMLElement[];
const find = (selector: string) => all(selector)[0];
const text = (element: Node) => element.textContent!.replace(/\s+/g, ' ').trim();
const button = (name: string) => all('button').find((each) => text(each) === name)!;
const boxes = (label: string) => all('input[type=checkbox]').filter((each) => each.ariaLabel === label) as HTMLInputElement[]; // prettier-ignore

/** No training of an earlier test. */
async function forget(): Promise<void> {
  await new Promise<void>((done, failed) => {
    const deleting = indexedDB.deleteDatabase('snowglobe-learn');
    deleting.onsuccess = () => done();
    deleting.onerror = () => failed(new Error('the store stays'));
  });
}

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 900);
  await calmly('light');
});

afterEach(async () => {
  learnOf(globe.studio).dispose();
  globe.remove();
  await forget();
});

describe('a network of one’s own', () => {
  it('is taught by keyboard alone: ticks, starts, learns, rests, and is there again after a reload', async () => {
    await open();
    const [blueLeft] = boxes('blue, left');
    expect(blueLeft.checked).toBe(false);
    blueLeft.focus();
    await userEvent.keyboard(' ');
    await settle();
    expect(learn().grid.value.motions).toContain('blue left');
    await userEvent.keyboard(' ');
    await settle();
    expect(text(find('learn-view').shadowRoot!)).toContain(words.shows(4, 4));

    button(words.start).focus();
    await userEvent.keyboard('{Enter}');
    await until(() => expect(learn().training.value!.steps).toBeGreaterThan(8));
    await settle();
    expect(all('figure').length).toBeGreaterThan(3);
    button(words.pause).focus();
    await userEvent.keyboard('{Enter}');
    await learn().save(); // answered once it rests and is kept
    expect(learn().training.value!.running).toBe(false);
    const { steps, seen } = learn().training.value!;
    expect(seen).toBe(16 * steps);

    globe.remove();
    learn().dispose();
    await open();
    expect(learn().training.value).toMatchObject({ steps, seen, running: false });
    expect(button(words.goOn)).toBeTruthy();
  });

  it('learns: its error falls', async () => {
    await open();
    button(words.start).click();
    await until(() => {
      expect(learn().training.value?.curve.length).toBeGreaterThan(1);
      expect(learn().training.value?.steps).toBeGreaterThan(13);
    });
    learn().pause();
    const { curve } = learn().training.value!;
    const [first, last] = [curve[0].losses, curve.at(-1)!.losses];
    // Of the highest noise level, whose losses are few and far apart, two points say nothing.
    const levels = first.slice(0, -1).flatMap((loss, i) => (loss !== null && last[i] !== null ? [i] : []));
    expect(levels.length).toBeGreaterThan(2);
    for (const level of levels) expect(last[level]).toBeLessThan(first[level]!);
    await settle();
    expect(all('svg.plot path').length).toBeGreaterThan(3);
  });

  it('breaks in sight with a learning rate of 10, and says why', async () => {
    await open();
    learn().set('rate', 10);
    button(words.start).click();
    await until(() => expect(learn().broken.value).not.toBeNull());
    await settle();
    const alert = find('learn-view').shadowRoot!.querySelector('[role=alert]')!;
    expect(text(alert)).toContain(words.broken);
    expect(text(alert)).toContain('learning rate of 10');
    expect(button(words.start)).toBeTruthy();
  });

  it('answers on the stage, is shaken there, and leaves it to the big one again', async () => {
    await open();
    button(words.step).click();
    await until(() => expect(learn().training.value?.steps).toBe(1));
    await settle();
    const { run, guest } = globe.studio.state;
    button(words.toStage).click();
    await until(() => expect(run.value).toMatchObject({ source: 'live', model: 'micro', phase: 'done' }));
    expect(globe.studio.state.prompt.value).toMatch(/^A .+ ball moving/);
    const { seed } = run.value!.settings;
    await globe.studio.runs.shake();
    expect(run.value).toMatchObject({ model: 'micro', phase: 'done' });
    expect(run.value!.settings.seed).not.toBe(seed);
    await settle();
    button(en.leaveGuest).click();
    expect(guest.value).toBe(false);
  });

  it('is shown a thing that was drawn by keyboard', async () => {
    await open();
    const easel = find('pixel-drawing').shadowRoot!.querySelector<HTMLElement>('.surface')!;
    (find('learn-drawing').closest('details') ?? all('details').find((each) => each.contains(find('learn-drawing'))))!.setAttribute('open', ''); // prettier-ignore
    easel.focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowDown}{ArrowLeft}{ArrowLeft}{ArrowDown}{ArrowRight}{ArrowRight}{/Shift}'); // prettier-ignore
    await settle();
    expect(learn().grid.value.motions).toContain('thing left');
    expect(boxes('thing, left').map(({ checked }) => checked)).toEqual([true]);
  });
});

describe('for everybody', () => {
  it('axe finds nothing, and nothing sticks out on a phone, in light and dark, in either language', async () => {
    await open();
    button(words.step).click();
    await until(() => expect(learn().films.value.length).toBe(4));
    for (const details of all('details') as HTMLDetailsElement[]) details.open = true;
    for (const [scheme, width, languages] of [
      ['light', 1280, ['de', 'en']],
      ['dark', 360, ['en', 'de']],
    ] as const) {
      await calmly(scheme);
      await page.viewport(width, 800);
      for (const language of languages) {
        await userEvent.selectOptions(find('.language select'), language);
        await settle();
        expect(text(find('learn-view').shadowRoot!)).toContain((language === 'de' ? german : words).help);
        expect(document.documentElement.scrollWidth, `${language} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect(await axeFinds(find('learn-view'))).toEqual([]); // whose answer no other pair of language and width would change
    }
  });

  it('is a view of its own: by its tab, and out of sight where a teacher hides it', async () => {
    await open();
    expect(button(en.views.names.learn).getAttribute('aria-current')).toBe('page');
    globe.studio.view.hide('learn', true);
    await settle();
    expect(find('learn-view')).toBeUndefined();
  });
});
