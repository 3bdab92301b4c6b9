import { describe, expect, it, vi } from 'vitest';
import { holesOf } from '../../../src/sessions/inside/holes';
import { seenOf } from '../../../src/sessions/inside/seen';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { world } from '../../../src/world';
import { blank } from '../../judging/fake-reading';
import { FakeEngine, fakePorts } from '../../app/fake-run';

async function opened() {
  const engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 } });
  const state = new State();
  const studio = new Studio(fakePorts(engine), state);
  await studio.open('#prompt=a+red+ball&steps=2&seed=7');
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  return { engine, state, studio, seen: seenOf(studio), holes: holesOf(studio) };
}

describe('a hole beside its neighbours', () => {
  it('are the fields next to it that training did show', async () => {
    const { seen, holes } = await opened();
    expect(holes.fields.value).toEqual([]);
    seen.pick('purple', 'star');
    const [own, ...beside] = holes.fields.value;
    expect(own).toEqual({ row: 'purple', column: 'star', hole: true, right: 0, films: 0 });
    expect(beside.length).toBeGreaterThanOrEqual(2);
    for (const { row, column, hole } of beside) {
      expect(hole).toBe(false);
      expect(row === 'purple' || column === 'star').toBe(true);
      expect(world.holes.pairs.some((pair) => pair.includes(row) && pair.includes(column))).toBe(false);
    }
  });

  it('are drawn from the same noise with sentences that differ in one word, and counted', async () => {
    const { engine, seen, holes } = await opened();
    seen.pick('purple', 'star');
    const before = engine.requests.length;
    await holes.draw();
    const fields = holes.fields.value;
    const drawn = engine.requests.slice(before);
    expect(drawn.length).toBe(2 * fields.length);
    const first = drawn.slice(0, fields.length).map(({ prompt }) => prompt.split(' '));
    expect(first[0].join(' ')).toMatch(/purple star/);
    for (const other of first.slice(1))
      expect(other.filter((word, i) => word !== first[0][i] && !/^(an?|A)$/.test(word)).length).toBe(1);
    expect(new Set(drawn.slice(0, fields.length).map(({ seed }) => seed))).toEqual(new Set([7]));
    // The reader of this test sees nothing, so that nothing is right.
    expect(blank.objects).toEqual([]);
    for (const { right, films } of fields) expect([right, films]).toEqual([0, 2]);
    await holes.draw();
    expect(holes.fields.value[0].films).toBe(4);
    expect(engine.requests.at(-1)!.seed).toBe(10);
  });

  it('say the speed of the field, whichever side the motion is on', async () => {
    const { engine, seen, holes } = await opened();
    seen.choose('rows', 'speed');
    seen.choose('columns', 'motion');
    seen.pick('slowly', 'left');
    await holes.draw();
    const prompts = engine.requests.slice(1).map(({ prompt }) => prompt);
    expect(prompts[0]).toMatch(/moving left slowly/);
    expect(prompts.slice(0, holes.fields.value.length).filter((prompt) => /slowly|fast/.test(prompt)).length).toBe(holes.fields.value.length); // prettier-ignore
  });

  it('of another pair of axes, with motions, say no speed that the motion has not', async () => {
    const { engine, seen, holes } = await opened();
    seen.choose('rows', 'motion');
    seen.choose('columns', 'setting');
    const { rows, columns } = seen.map.value;
    seen.pick(rows[0], columns[0]);
    await holes.draw();
    for (const { prompt } of engine.requests.slice(1)) expect(prompt).not.toMatch(/slowly|fast/);
  });
});
