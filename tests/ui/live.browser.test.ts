/** Live in a real browser: one press, a seed to drag, and the film follows; for everybody, on a phone. */
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import type { EngineInfo } from '../../src/engine/protocol';
import { FakeEngine, fakePorts, info } from '../app/fake-run';
import { axeFinds, calmly, everything } from './browser';
import { loadStyles } from './page-styles';

class WithStudent extends FakeEngine {
  override load = async (): Promise<EngineInfo> => ({ ...info, student: 'student' });
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 40_000, interval: 20 });
let globe: SnowGlobe;
const all = (selector: string) =>
  everything(globe.renderRoot).filter((element) => element.matches(selector)) as HTMLElement[];

beforeAll(loadStyles);
beforeEach(() => calmly('light'));
afterEach(() => {
  globe.remove();
  history.replaceState(null, '', location.pathname);
});

it('is one press; then the film follows the seed, and the page says who makes it, at 360 pixels too', async () => {
  await page.viewport(360, 740);
  history.replaceState(null, '', `${location.pathname}?lang=en#prompt=a+red+ball&seed=5&steps=3`);
  const engine = new WithStudent();
  globe = new SnowGlobe();
  globe.ports = fakePorts(engine);
  document.body.append(globe);
  const { state } = globe.studio;
  await until(() => expect(state.run.value?.phase).toBe('done'));
  const toggle = all('button').find((each) => each.textContent?.trim() === 'Live')!;
  expect([toggle.getAttribute('aria-pressed'), all('live-bar').length]).toEqual(['false', 0]);
  await userEvent.click(toggle);
  await until(() => expect(state.run.value).toMatchObject({ phase: 'done', settings: { student: true, steps: 4 } }));
  expect(toggle.getAttribute('aria-pressed')).toBe('true');
  expect(all('live-bar')[0].shadowRoot!.textContent).toContain('4 steps what its teacher takes 24 for');

  const slider = all('live-bar')[0].shadowRoot!.querySelector<HTMLInputElement>('input[type=range]')!;
  slider.focus();
  await userEvent.keyboard('{ArrowRight}');
  await until(() => expect(state.run.value).toMatchObject({ phase: 'done', settings: { seed: 6 } }));
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  expect(await axeFinds(all('prompt-box')[0])).toEqual([]);
});
