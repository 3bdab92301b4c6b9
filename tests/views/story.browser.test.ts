/** A chapter of the story in a real browser: opened by link, walked by keyboard alone, in both languages, for everybody. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { story as de } from '../../src/i18n/de/story';
import { story as en } from '../../src/i18n/en/story';
import { facts } from '../../src/lessons/facts';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { axeFinds, everything } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

let globe: SnowGlobe;

beforeAll(loadStyles);
beforeEach(() => localStorage.clear());
afterEach(() => {
  globe.remove();
  history.replaceState(null, '', location.pathname);
});

async function open(hash: string, language = 'en'): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=${language}${hash}`);
  globe = new SnowGlobe();
  globe.ports = fakePorts(new FakeEngine({}, new Promise(() => {}))); // the network never comes
  document.body.append(globe);
  await until(() => expect(find('story-view')).toBeTruthy());
}

const find = (selector: string) =>
  everything(globe.renderRoot).find((element) => element.matches(selector)) as HTMLElement | undefined;
const inside = () => [...everything(find('story-view')!.shadowRoot!)] as HTMLElement[];
const words = () =>
  [find('story-view')!, ...inside()]
    .map((element) => element.shadowRoot?.textContent ?? '')
    .join(' ')
    .replace(/\s+/g, ' ');
const button = (name: string) => inside().find((each) => each.matches('button') && each.textContent!.trim() === name)!;

/** The element that has the focus, through all shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Tab after tab until an element of the story has the focus. */
async function tabTo(target: () => HTMLElement | undefined): Promise<void> {
  for (let presses = 0; presses < 120 && focused() !== target(); presses++) await userEvent.keyboard('{Tab}');
  expect(focused()).toBe(target());
}

describe('a chapter', () => {
  it('opens by link, and is gone through by keyboard alone', async () => {
    await open('#view=story&chapter=3');
    const text = en.chapters.patches;
    await until(() => expect(words()).toContain(text.claim));
    expect(words()).not.toContain(text.figure.tokens(128)); // the answer is not there before the question is answered

    const field = () => inside().find((each) => each.matches('input[inputmode=numeric]'));
    await tabTo(field);
    await userEvent.keyboard('64{Enter}');
    await until(() => expect(words()).toContain(text.deed));
    expect(field()).toBeUndefined();

    const radio = (name: string) => inside().find((each) => each.matches(`input[name=${name}]:checked`));
    await tabTo(() => radio('side'));
    await userEvent.keyboard('{ArrowLeft}');
    await tabTo(() => radio('frames'));
    await userEvent.keyboard('{ArrowLeft}');
    await until(() =>
      expect(words()).toContain(text.reveal({ own: 128, ownPairs: 16384, tokens: 1024, pairs: 1048576 })),
    );
    expect(words()).toContain(en.otherwise);
    expect(words()).toContain(text.after({ ...facts, samplers: 0 })[0]);

    await tabTo(() => button(en.next));
    await userEvent.keyboard('{Enter}');
    await until(() => expect(focused()?.textContent?.trim()).toBe(en.chapters.together.title));
    await until(() => expect(location.hash).toContain('chapter=4'));
  });

  it('has its equation one press away', async () => {
    await open('#view=story&chapter=3');
    await until(() => expect(words()).toContain(en.equation));
    const details = inside().find((each) => each.matches('details'))!;
    expect(details.hasAttribute('open')).toBe(false);
    details.querySelector('summary')!.click();
    await until(() => expect(details.querySelector('math')!.getBoundingClientRect().height).toBeGreaterThan(0));
  });

  it.each(['en', 'de'] as const)(
    '%s: no barrier that axe finds, and nothing beyond the edge of a phone',
    async (language) => {
      await page.viewport(360, 780);
      await open('#view=story&chapter=7', language);
      const { claim } = (language === 'en' ? en : de).chapters.physics;
      await until(() => expect(words()).toContain(claim));
      expect(await axeFinds(globe)).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
      await page.viewport(1280, 900);
    },
  );
});

describe('the contents', () => {
  it('lead to every chapter, keep what is written, and answer ten questions', async () => {
    await open('#view=story');
    await until(() => expect(words()).toContain(en.chapters.sora.title));
    for (const { title } of Object.values(en.chapters)) expect(words()).toContain(title);
    for (const { answer } of Object.values(en.ten.questions)) expect(words()).toContain(answer);

    const summary = inside().find((each) => each.matches('summary') && each.textContent === en.quiz.before)!;
    summary.click();
    const area = () => inside().find((each) => each.matches('textarea')) as HTMLTextAreaElement;
    await userEvent.fill(area(), 'From the noise.');
    globe.remove();
    await open('#view=story');
    await until(() => expect(area()?.value).toBe('From the noise.'));
    button(en.quiz.forget).click();
    await until(() => expect(area().value).toBe(''));
    expect(localStorage.length).toBe(0);
  });
});
