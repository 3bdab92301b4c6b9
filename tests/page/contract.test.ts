/** What <snow-globe> promises to whoever writes a page, as far as it needs no browser: the link of its attributes, its events. */
import { expect, it } from 'vitest';
import { decodeLink } from '../../src/settings/link';
import { Studio } from '../../src/studio/studio';
import { linkOf, sendEvents } from '../../src/page/snow-globe/contract';
import { FakeEngine, fakePorts } from '../app/fake-run';

const none = { link: '', prompt: null, seed: null, view: null };

it('attributes come before what the link says, and whatever else stands on the element is none', () => {
  const link = '#length=999&prompt=a+red+ball&seed=3&steps=9';
  const more = { ...none, link, prompt: 'a blue & green star', seed: '8', other: 'x' };
  const { state, notices } = decodeLink(linkOf(more));
  expect(state).toMatchObject({ prompt: 'a blue & green star', settings: { seed: 8, steps: 9 } });
  expect(notices).toEqual([]);
  expect(linkOf(none)).toBe('');
});

/** Each event as the element sends it, with its name. */
function listen(studio: Studio): { readonly heard: string[] } {
  const heard: string[] = [];
  const element = { dispatchEvent: ({ type, detail }: CustomEvent) => heard.push([type, detail.phase ?? detail.index ?? detail.name ?? detail.model].join(' ')) }; // prettier-ignore
  sendEvents(element as unknown as HTMLElement, studio.state);
  return { heard };
}

it('tells each step once, the end of each run, and that a network is there', async () => {
  const studio = new Studio(fakePorts(new FakeEngine()));
  const { heard } = listen(studio);
  await studio.open('');
  const recorded = heard.splice(0);
  expect(recorded.filter((event) => event.startsWith('step')).length).toBe(studio.state.run.value!.steps.length);
  expect(recorded).toContain('ready fake');
  studio.controls.setText('steps', '3');
  await studio.runs.again();
  expect(heard.splice(0)).toEqual(['step 0', 'step 1', 'step 2', 'run-end done']);
  studio.history.goBack(studio.state.history.value[1]); // shown again is not made again
  expect(heard).toEqual([]);
});

it('a run that breaks, or that another one replaces, ends as well', async () => {
  const studio = new Studio(fakePorts(new FakeEngine({ failAt: 1, error: Object.assign(new Error('broken'), { name: 'GuessError' }) }))); // prettier-ignore
  await studio.open('');
  const { heard } = listen(studio);
  heard.splice(0);
  await studio.runs.again();
  expect(heard.splice(0)).toEqual(['step 0', 'fault GuessError', 'run-end failed']);
  const fine = new Studio(fakePorts(new FakeEngine({ wait: 1 })));
  await fine.open('');
  const { heard: other } = listen(fine);
  other.splice(0);
  const first = fine.runs.again();
  fine.controls.setText('seed', '77');
  await fine.runs.again();
  await first;
  expect(other.filter((event) => event.startsWith('run-end'))).toEqual(['run-end stopped', 'run-end done']);
});
