import { describe, expect, it } from 'vitest';
import { oddsOf, seenOf, wordsOn, type Seen } from '../../../src/sessions/inside/seen';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { draws, inHole, sampleScene, vocabulary, world } from '../../../src/world';
import { FakeEngine, fakePorts } from '../../app/fake-run';

const count = vocabulary.length;

describe('what the network has seen', () => {
  it('is all pairs but those left out, and adds up to all scenes', () => {
    for (const [rows, columns] of [
      ['colour', 'thing'],
      ['motion', 'setting'],
      ['thing', 'setting'],
    ] as const) {
      const odds = oddsOf(rows, columns, count);
      expect(odds.flat().reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      const [down, across] = [wordsOn(rows, count), wordsOn(columns, count)];
      const left = odds.flatMap((row, r) => row.flatMap((share, c) => (share === 0 ? [[down[r], across[c]]] : [])));
      const holes = world.holes.pairs.filter((pair) => pair.some((word) => down.includes(word)) && pair.some((word) => across.includes(word))); // prettier-ignore
      expect(left.map((pair) => pair.sort())).toEqual(expect.arrayContaining(holes.map((pair) => [...pair].sort())));
      expect(left.length).toBe(holes.length);
    }
  });

  it('is how often the scenes of training are drawn, by count', () => {
    const odds = oddsOf('colour', 'setting', count);
    const [down, across] = [wordsOn('colour', count), wordsOn('setting', count)];
    const drawn = down.map(() => across.map(() => 0));
    const scenes = 4000;
    for (let seed = 0; seed < scenes; seed++) {
      const { setting, objects } = sampleScene(draws(seed), { objects: 1 });
      drawn[down.indexOf(objects[0].colour)][across.indexOf(setting)] += 1 / scenes;
    }
    const off = odds.flatMap((row, r) =>
      row.map((share, c) => Math.abs(share - drawn[r][c]) / Math.sqrt(share / scenes)),
    );
    expect(Math.max(...off)).toBeLessThan(4); // standard deviations
  });

  it('is the speeds that a motion has, and no scene for those that it has not', () => {
    const odds = oddsOf('motion', 'speed', count);
    const [down, across] = [wordsOn('motion', count), wordsOn('speed', count)];
    const of = (motion: string) => Object.fromEntries(across.map((pace, i) => [pace, odds[down.indexOf(motion)][i]]));
    expect(of('still')).toEqual({ slowly: NaN, fast: NaN, none: expect.any(Number) as number });
    expect(of('left').none).toBeNaN();
    expect(of('left').slowly).toBeCloseTo(of('left').fast, 12);
    expect(odds.flat().filter((share) => share > 0).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9); // prettier-ignore
    const slow = oddsOf('speed', 'setting', count).map((row) => row.reduce((a, b) => a + b, 0));
    expect(slow[0]).toBeCloseTo(slow[1], 12);
    expect(slow[0] + slow[1] + slow[2]).toBeCloseTo(1, 9);
  });

  it('names only what a model of fewer words knows', () => {
    expect(wordsOn('colour', 0)).toEqual([]);
    expect(wordsOn('colour', world.first_words).length).toBeLessThanOrEqual(wordsOn('colour', count).length);
  });
});

describe('a field of the map', () => {
  const open = (): { seen: Seen; state: State; engine: FakeEngine } => {
    const [engine, state] = [new FakeEngine(), new State()];
    return { seen: seenOf(new Studio(fakePorts(engine), state)), state, engine };
  };

  it('shows a true clip of both words, another one each time, in a hole as well', () => {
    const { seen } = open();
    seen.pick('green', 'heart');
    const first = seen.example.value!;
    expect([seen.hole.value, first.prompt]).toEqual([true, expect.stringMatching(/green heart/)]);
    expect(inHole(sampleScene(draws(first.seed), { holes: true, objects: 1 }))).toBe(true);
    expect(first.clip.length).toBe(3 * 16 * 32 * 32);
    expect(first.clip.every((value) => value >= -1 && value <= 1)).toBe(true);
    seen.another();
    expect(seen.example.value!.seed).toBeGreaterThan(first.seed);
    seen.pick('red', 'ball');
    expect([seen.hole.value, seen.example.value!.prompt]).toEqual([false, expect.stringMatching(/red ball/)]);
  });

  it('asks the network for what it shows', async () => {
    const { seen, state } = open();
    seen.pick('purple', 'star');
    const { prompt } = seen.example.value!;
    await seen.ask();
    expect(state.prompt.value).toBe(prompt);
    expect(state.queued.value).toBe(true); // no network is there yet
  });

  it('shows a clip at the speed that was asked', () => {
    const { seen } = open();
    seen.choose('rows', 'motion');
    seen.choose('columns', 'speed');
    seen.pick('left', 'fast');
    expect([seen.hole.value, seen.example.value!.prompt]).toEqual([false, expect.stringMatching(/moving left fast/)]);
  });

  it('keeps its two sides apart', () => {
    const { seen } = open();
    seen.choose('rows', 'thing');
    expect([seen.rows.value, seen.columns.value, seen.cell.value]).toEqual(['thing', 'colour', null]);
    seen.choose('columns', 'setting');
    seen.pick('fish', 'desert');
    expect(seen.hole.value).toBe(true);
  });
});
