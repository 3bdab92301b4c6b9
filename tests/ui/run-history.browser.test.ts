/** The films of this visit, as small round pictures: however many come and go. */
import { afterEach, expect, it } from 'vitest';
import type { Past } from '../../src/app/history';
import { languages } from '../../src/i18n/all';
import { defaults } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import { RunHistory } from '../../src/ui/run-history/run-history';
import { fakePorts } from '../app/fake-run';

afterEach(() => document.body.replaceChildren());

const shape = { frames: 1, height: 2, width: 2 };
const film = (i: number): Past => ({
  ...{ key: `film ${i}`, prompt: `film ${i}`, settings: { ...defaults, seed: i }, shape },
  ...{ clip: new Float32Array(12).fill(i % 2 ? 1 : -1), run: null },
});

it('films that have gone leave nothing behind, and who stands on one stays on it, with its picture', async () => {
  const studio = new Studio(fakePorts());
  const history = studio.state.history as { value: readonly Past[] }; // which only a session may change
  const element = Object.assign(new RunHistory(), { studio, strings: languages.en });
  document.body.append(element);
  const add = async (i: number) => {
    history.value = [film(i), ...history.value].slice(0, 3);
    await element.updateComplete;
  };
  const buttons = () => [...element.renderRoot.querySelectorAll('button')];
  for (let i = 0; i < 3; i++) await add(i);
  const nodes = element.renderRoot.querySelector('ul')!.childNodes.length;
  buttons()[0].focus();
  await add(3);
  const focused = element.shadowRoot!.activeElement as HTMLButtonElement;
  expect(focused).toBe(buttons()[1]);
  expect(focused.title).toBe(languages.en.history.film('film 2', 2));
  const red = ({ firstElementChild: canvas }: Element) => (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 1, 1).data[0]; // prettier-ignore
  expect(buttons().map(red)).toEqual([255, 0, 255]);
  for (let i = 4; i < 40; i++) await add(i);
  expect(element.renderRoot.querySelector('ul')!.childNodes.length).toBe(nodes);
  studio.dispose();
});
