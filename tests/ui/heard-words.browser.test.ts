/** Own words in a real browser: what has a mark, what one press does, and a field that is left to whoever types in it. */
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { loadStyles } from './page-styles';
import { axeFinds } from './browser';

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

let globe: SnowGlobe;
let engine: FakeEngine;

async function open(language = 'en'): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=${language}`);
  globe = new SnowGlobe();
  engine = new FakeEngine();
  globe.ports = fakePorts(engine, { openWords: () => import('../../src/words') });
  document.body.append(globe);
  await until(() => expect(globe.studio.state.run.value?.phase).toBe('done'));
}

const box = () => globe.renderRoot.querySelector('prompt-box')!.shadowRoot!;
const field = () => box().querySelector<HTMLInputElement>('#prompt')!;
const heard = () => box().querySelector('heard-words')!.shadowRoot!;
const said = () => heard().textContent!.replace(/\s+/g, ' ').trim();
const told = () => box().querySelector('heard-words')?.shadowRoot?.querySelector('.told q')?.textContent;

beforeAll(loadStyles);
afterEach(() => globe?.remove());

it('marks only what is not heard as it is, and says what the network is told', async () => {
  await open();
  await userEvent.fill(field(), 'A small red ball bouncing at night.');
  await until(() => expect(globe.studio.state.hearing.value?.changed).toBe(false));
  await until(() => expect(box().querySelector('heard-words')?.shadowRoot).toBeTruthy());
  expect(said()).toBe('');
  await userEvent.fill(field(), 'a crimson puppy, no boat 🎉');
  await until(() => expect(told()).toBe('A red thing.'));
  expect(heard().querySelectorAll('li.near').length).toBe(1);
  expect(heard().querySelector('li.unknown s')!.textContent).toBe('puppy');
  expect(said()).toContain(en.heard.whys.animal);
  expect(said()).toContain(`${en.heard.away}: boat`);
  expect([...heard().querySelectorAll('li.unknown s')].at(-1)!.textContent).toBe('🎉');
});

it('takes back, takes the nearest, or takes another by one press', async () => {
  await open();
  await userEvent.fill(field(), 'a crimson puppy at sea');
  await until(() => expect(told()).toBe('A red thing at sea.'));
  await userEvent.selectOptions(heard().querySelector('select')!, 'pink');
  await until(() => expect(told()).toBe('A pink thing at sea.'));
  const take = [...heard().querySelectorAll('button')].find((button) => button.textContent === en.heard.take('fish'))!;
  await userEvent.click(take);
  await until(() => expect(told()).toBe('A pink fish at sea.'));
  await userEvent.click(heard().querySelector('button.cross')!);
  await until(() => expect(told()).toBe('A fish at sea.'));
  const again = [...heard().querySelectorAll('button')].find((button) => button.textContent === en.heard.hearAgain)!;
  await userEvent.click(again);
  await until(() => expect(told()).toBe('A red fish at sea.'));
  await userEvent.click(box().querySelector('button.chief')!);
  await until(() => expect(engine.requests.at(-1)?.prompt).toBe('A red fish at sea.'));
});

it('says in German what a German sentence is told as, and names a hole', async () => {
  await open('de');
  await userEvent.fill(field(), 'ein lila Stern hüpft bei Nacht');
  await until(() => expect(told()).toBe('A purple star bouncing at night.'));
  expect(said()).toContain(de.heard.told);
  expect(said()).toContain(de.heard.hole('purple', 'star'));
});

it('leaves the caret where it is, and the field alone while a letter is being composed', async () => {
  await open();
  await userEvent.fill(field(), 'a crimson ball');
  await until(() => expect(told()).toBe('A red ball.'));
  field().setSelectionRange(2, 2);
  await userEvent.keyboard('big ');
  await until(() => expect(told()).toBe('A big red ball.'));
  expect([field().value, field().selectionStart]).toEqual(['a big crimson ball', 6]);
  // Decomposed, as some input methods write it while composing: the prompt is tidied, the field is not written to.
  const composed = 'ein gru\u0308ner Ball';
  const write = vi.fn();
  field().value = composed;
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
  const watched = field();
  Object.defineProperty(watched, 'value', { configurable: true, get, set: (text: string) => (write(text), set!.call(watched, text)) }); // prettier-ignore
  watched.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
  await until(() => expect(told()).toBe('A green ball.'));
  expect(write).not.toHaveBeenCalled();
  expect(watched.value).toBe(composed);
});

it.each(['en', 'de'])('has no fault of access, and nothing sticks out at 360 pixels (%s)', async (language) => {
  await page.viewport(360, 800);
  await open(language);
  await userEvent.fill(
    field(),
    'ein türkiser Hund, a purple star, kein Boot, donaudampfschifffahrtsgesellschaftskapitän 🎉 und',
  );
  await until(() => expect(box().querySelector('heard-words')?.shadowRoot?.querySelector('li.unknown')).toBeTruthy());
  expect(await axeFinds(globe)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});

it('gives small words a mark of their own, completes by the grammar, and says before a run what is open', async () => {
  await open();
  await userEvent.fill(field(), 'please, the red ball');
  await until(() => expect(told()).toBe('A red ball.'));
  expect([...heard().querySelectorAll('li.small')].map((item) => item.textContent!.trim().split(' ')[0])).toEqual([
    'please',
    'the',
  ]);
  const before = () => box().querySelector('before-run')!.shadowRoot!;
  expect(before().querySelector('details')!.textContent).toContain('come from you');
  await userEvent.click(before().querySelector('summary')!);
  await userEvent.click(before().querySelector('.row button')!);
  await until(() => expect(field().value).toMatch(/^A (small|big) red ball /));
  await userEvent.fill(field(), 'a purple ');
  const offered = () => [...box().querySelectorAll<HTMLOptionElement>('#completions option')];
  await until(() => expect(offered().map(({ value }) => value)).toContain('a purple star'));
  expect(offered().find(({ value }) => value === 'a purple star')!.label).toBe(en.heard.never('star', 'purple'));
  await userEvent.click(
    [...box().querySelectorAll('button')].find(({ textContent }) => textContent!.trim() === en.heard.surprise)!,
  );
  await until(() => expect(before().querySelectorAll('li').length).toBe(3));
});
