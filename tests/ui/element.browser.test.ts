/** Elements that come and go with a setting: nothing of them stays behind. */
import { html, type TemplateResult } from 'lit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Studio } from '../../src/studio/studio';
import { en } from '../../src/i18n/en';
import { StudioElement } from '../../src/ui/element';
import { RunControls } from '../../src/ui/run-controls/run-controls';
import { SettingControl } from '../../src/ui/setting-control/setting-control';
import { fakePorts } from '../app/fake-run';

let rendered = 0;

class SeedText extends StudioElement {
  protected override render(): TemplateResult {
    rendered++;
    return html`${this.state.settings.value.seed}`;
  }
}
customElements.define('seed-text', SeedText);

let studio: Studio;

beforeEach(() => {
  studio = new Studio(fakePorts());
});

afterEach(() => {
  document.body.replaceChildren();
  studio.dispose();
  vi.restoreAllMocks();
});

const given = <T extends StudioElement>(element: T): T => Object.assign(element, { studio, strings: en });

it('an update that was asked for before an element went away leaves nothing that listens', async () => {
  const element = given(new SeedText());
  document.body.append(element);
  await element.updateComplete;
  studio.controls.set({ seed: 1 }); // asks for an update
  element.remove(); // before it comes
  await element.updateComplete;
  const asked = vi.spyOn(element, 'requestUpdate');
  rendered = 0;
  studio.controls.set({ seed: 2 });
  await element.updateComplete;
  expect([asked.mock.calls.length, rendered]).toEqual([0, 0]);

  document.body.append(element); // and it comes back as what it should be
  await element.updateComplete;
  expect(element.renderRoot.textContent).toBe('2');
  studio.controls.set({ seed: 3 });
  await element.updateComplete;
  expect(element.renderRoot.textContent).toBe('3');
});

it('an element that went away before its first update shows itself when it comes back', async () => {
  const element = given(new SeedText());
  document.body.append(element);
  element.remove();
  await element.updateComplete;
  document.body.append(element);
  await element.updateComplete;
  expect(element.renderRoot.textContent).toBe(String(studio.state.settings.value.seed));
});

it('a sampler changed to and fro sixty times: no control stays behind, and nobody listens who is not there', async () => {
  const controls = given(new RunControls());
  document.body.append(controls);
  const settled = async () => {
    for (let round = 0; round < 3; round++) {
      await controls.updateComplete;
      for (const element of controls.renderRoot.querySelectorAll('setting-control')) await element.updateComplete;
    }
  };
  await settled();
  const kept = () => controls.renderRoot.querySelectorAll('setting-control').length;
  studio.controls.set({ sampler: 'multistep' });
  await settled();
  const before = kept();
  const asked = vi.spyOn(SettingControl.prototype, 'requestUpdate');
  studio.controls.set({ seed: 98 });
  await settled();
  const once = asked.mock.calls.length;
  expect(once).toBeGreaterThan(0);
  for (let change = 0; change < 60; change++) {
    studio.controls.set({ sampler: change % 2 ? 'multistep' : 'sde' }); // churn has an effect with sde alone
    if (change % 3) await settled(); // fast and slow
  }
  await settled();
  expect(kept()).toBe(before);
  asked.mockClear();
  studio.controls.set({ seed: 99 });
  await settled();
  expect(asked.mock.contexts.filter((element) => !(element as SettingControl).isConnected)).toEqual([]);
  expect(asked.mock.calls.length).toBe(once);
});
