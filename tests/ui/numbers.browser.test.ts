/** Numbers in fields: written and read as the page's language writes them. */
import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defaults } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import { de } from '../../src/i18n/de';
import { en, type Strings } from '../../src/i18n/en';
import { SettingControl } from '../../src/ui/setting-control/setting-control';
import { valueInWords } from '../../src/ui/setting-words';
import { fakePorts } from '../app/fake-run';

const studio = new Studio(fakePorts());
afterEach(() => {
  document.body.replaceChildren();
  studio.controls.set(defaults);
});

async function field(strings: Strings, setting: SettingControl['setting']): Promise<HTMLInputElement> {
  const control = Object.assign(new SettingControl(), { studio, strings, setting });
  document.body.append(control);
  await control.updateComplete;
  return control.renderRoot.querySelector<HTMLInputElement>('#field')!;
}

it.each<['German' | 'English', string, number, string]>([
  ['German', '3,5', 3.5, '3,5'],
  ['German', '1,234', 1.234, '1,234'],
  ['German', '3.5', 3.5, '3,5'],
  ['English', '3.5', 3.5, '3.5'],
  ['English', '3,5', 3.5, '3.5'],
])('on the %s page %s is %d, and shown as %s', async (language, typed, value, shown) => {
  const input = await field({ German: de, English: en }[language], 'guidance');
  await userEvent.fill(input, typed);
  await userEvent.keyboard('{Tab}');
  expect(studio.state.settings.value.guidance.scale).toBe(value);
  await expect.poll(() => input.value).toBe(shown);
});

it('what could be two numbers is none, and is said', async () => {
  const input = await field(en, 'guidance');
  await userEvent.fill(input, '1,234');
  await userEvent.keyboard('{Tab}');
  expect(studio.state.settings.value.guidance.scale).toBe(2);
  expect(studio.state.notices.value).toMatchObject([{ kind: 'unreadable', key: 'guidance', given: '1,234' }]);
});

it('a seed in groups is the whole seed', async () => {
  const input = await field(de, 'seed');
  await userEvent.fill(input, '12.345');
  await userEvent.keyboard('{Tab}');
  expect(studio.state.settings.value.seed).toBe(12345);
});

it('defaults in words have the sign of the language', () => {
  expect([de, en].map((strings) => valueInWords(defaults, 'from', strings))).toEqual(['0,05', '0.05']);
});
