/** The numbers that the story tells are those of the network that made its recordings, or of the one that it was grown of, as their cards have them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ModelReport } from '../../src/evaluation/card';
import { facts, gpuStretches, student } from '../../src/lessons/facts';
import { countOf, ownCut } from '../../src/lessons/patches';
import { wreckShape } from '../../src/lessons/wreck';
import { world } from '../../src/world/world';

const cards = Object.fromEntries(
  ['mini', 'nano'].map((name) => [name, readFileSync(`models/${name}/card.md`, 'utf8').replace(/\s+/g, ' ')]),
);
const config = JSON.parse(readFileSync('models/mini/config.json', 'utf8')) as unknown;
const spaced = (value: number) => value.toLocaleString('en');

it.each([
  ['mini', 'parameters', `parameters | ${spaced(facts.parameters)} (${facts.megabytes.toFixed(1)} MB`],
  ['mini', 'blocks', `${facts.blocks} blocks of width`],
  ['mini', 'clips', `seen in training | ${spaced(facts.clips)} clips`],
  ['mini', 'each once', 'no clip was seen twice, nothing was downloaded'],
  ['mini', 'minutes', `compute | ${facts.minutes + facts.gpuMinutes} minutes of training`],
  ['mini', 'processor', 'minutes on two CPU cores'],
  ...gpuStretches.flatMap(({ number, clips, minutes }) => [
    ['mini', `graphics processor, stretch ${number}`, `${minutes} minutes on one H200 (GPU)`],
    ['mini', `clips on it, stretch ${number}`, `| ${number} | ${spaced(clips)} | ${minutes} | one H200`],
  ]),
  ['mini', 'words', `closed vocabulary of ${facts.words} words`],
  ['nano', 'error inside', `inside what training shows | ${facts.errorInside} (`],
  ['nano', 'error at slower speeds', `slower | ${facts.errorSlower} (`],
  ['nano', 'error of going straight on', `Going straight on errs by 0 to ${facts.errorStraight} % on uniform motion`],
  ['nano', 'spread', `falls from ${facts.spreadPlain.toFixed(2)} (guidance 1) to ${facts.spreadGuided.toFixed(2)}`],
])('of %s, %s: as its card has it', (name, _, words) => expect(cards[name]).toContain(words));

it('what comes out right is as the report has it', () => {
  const report = JSON.parse(readFileSync('models/mini/report.json', 'utf8')) as ModelReport;
  const strict = (name: string, network = 'mini') =>
    report.sets.find((set) => set.name === name && set.network === network && !set.decoded)!.scores.strict;
  const percent = ([right, of]: readonly number[]) => Math.round((100 * right) / of);
  expect(percent(strict('one thing'))).toBe(facts.rightInAll);
  expect(strict('two things')).toEqual([facts.twoThingsRight, facts.twoThings]);
  expect(percent(strict('one thing', 'student'))).toBe(student.right);
});

it('the cut is the network’s own, and so is the count', () => {
  expect(JSON.stringify(config)).toContain(`"patch_frames":${ownCut.frames}`);
  expect(JSON.stringify(config)).toContain(`"patch_size":${ownCut.side}`);
  expect(countOf(ownCut, wreckShape)).toEqual({ tokens: 128, pairs: 16384 });
});

it('the clips that it saw would fill a file more than two thousand times as large as its own', () => {
  const { frames, height, width } = wreckShape;
  expect((facts.clips * 3 * frames * height * width) / (facts.megabytes * 1e6)).toBeGreaterThan(2000);
});

it('ten seconds of full HD, cut alike, are almost four million patches', () => {
  const tokens = (240 / ownCut.frames) * (1080 / ownCut.side) * (1920 / ownCut.side);
  expect(tokens).toBeGreaterThan(3.8e6);
  expect(tokens).toBeLessThan(4e6);
});

it('the world has the eight things, the six places and the law that the story names', () => {
  expect([Object.keys(world.things).length, Object.keys(world.settings).length]).toEqual([8, 6]);
  expect(world.restitution).toBe(0.85);
  expect(world.holes.pairs).toContainEqual(['green', 'heart']);
});
