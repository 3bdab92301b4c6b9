/** What the examples say, without a browser: their links lead where they claim, and a sampler of one's own does what it should. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { decodeLink } from '../../src/settings/link';

const read = (name: string) => readFileSync(`examples/${name}`, 'utf8');

/** Links to the page in an example: what stands behind the #. */
const linksIn = (name: string) =>
  [...read(name).matchAll(/(?:href|src)="\.\.\/dist\/index\.html[^"#]*#([^"]*)"/g)].map(([, link]) => decodeLink(link));

it('the table names every example', () => {
  const named = [...read('README.md').matchAll(/\]\(([\w-]+\.\w+)\)/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(readdirSync('examples').filter((name) => name !== 'README.md').sort()); // prettier-ignore
});

it('every link is read whole, and none is missing', () => {
  const links = ['iframe.html', 'lesson.html'].flatMap(linksIn);
  expect(links.length).toBe(3);
  for (const { notices } of links) expect(notices).toEqual([]);
});

it('the frame shows a film that is recorded, so that it needs no network', () => {
  const recorded = JSON.parse(readFileSync('public/recordings/index.json', 'utf8')) as { prompt: string }[];
  const [{ state }] = linksIn('iframe.html');
  expect(recorded.map(({ prompt }) => prompt)).toContain(state.prompt);
});

it('the lesson opens a chapter, and the task hides what leads away', () => {
  const [chapter, task] = linksIn('lesson.html');
  expect(chapter.state).toMatchObject({ view: 'story', chapter: 4 });
  expect(task.state).toMatchObject({ settings: { seed: 7, steps: 12 }, step: 0 });
  for (const { state } of [chapter, task]) expect(state.hidden).toEqual(expect.arrayContaining(['files', 'lab']));
});

it('the sampler of one’s own is of second order, as ours beside it', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  await import('../../examples/own-sampler');
  vi.restoreAllMocks();
  const off = (name: string) =>
    lines.filter((line) => line.startsWith(name)).map((line) => Number(/off by ([\d.]+)/.exec(line)![1]));
  for (const errors of [off('midpoint'), off('heun')]) {
    expect(errors.length).toBe(3);
    // Half the step, a quarter of the error, or less; the last step of heun is a plain one.
    for (const i of [1, 2]) expect(errors[i - 1] / errors[i]).toBeGreaterThan(3.5);
  }
});
