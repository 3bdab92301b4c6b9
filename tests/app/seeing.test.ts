import { describe, expect, it, vi } from 'vitest';
import type { ReaderPort } from '../../src/judging/reader';
import { State } from '../../src/app/state';
import { Studio } from '../../src/studio/studio';
import type { Reading } from '../../src/reading';
import { reading } from '../judging/fake-reading';
import { FakeEngine, fakePorts } from './fake-run';

/** A reader that answers when it is told to. */
class SlowReader implements ReaderPort {
  readonly asked: Float32Array[] = [];
  disposed = false;
  private answers: { resolve: (reading: Reading) => void; reject: (thrown: unknown) => void }[] = [];

  read(clip: Float32Array): Promise<Reading> {
    this.asked.push(clip);
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }
  async answer(with_: Reading | Error = reading([{}])): Promise<void> {
    const answer = this.answers.shift()!;
    if (with_ instanceof Error) answer.reject(with_);
    else answer.resolve(with_);
    await new Promise((done) => setTimeout(done));
  }
  dispose(): void {
    this.disposed = true;
  }
}

async function opened() {
  const reader = new SlowReader();
  let readers = 0;
  const state = new State();
  const studio = new Studio(fakePorts(new FakeEngine(), { createReader: () => (readers++, reader) }), state);
  await studio.open('');
  const { seeing } = studio;
  const stepsAsked = () => reader.asked.map((clip) => state.run.value!.steps.findIndex(({ guess }) => guess === clip));
  return { studio, seeing, state, reader, stepsAsked, readers: () => readers };
}

describe('reading a run', () => {
  it('reads the newest guess first, one at a time, then back to the first', async () => {
    const { seeing, reader, stepsAsked, readers } = await opened();
    expect(reader.asked).toHaveLength(1); // the first that came, while the others were on their way
    for (let i = 0; i < 12; i++) await reader.answer();
    expect(stepsAsked()).toEqual([0, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(seeing.readings.value.every((one) => one)).toBe(true);
    expect(readers()).toBe(1);
  });

  it('reads what somebody looks at before anything else', async () => {
    const { studio, reader, stepsAsked } = await opened();
    await reader.answer();
    studio.view.look({ row: 5 });
    await reader.answer();
    await reader.answer();
    expect(stepsAsked()).toEqual([0, 11, 5, 10]);
  });

  it('drops what is stale when a new run starts', async () => {
    const { studio, state, reader } = await opened();
    await reader.answer();
    const old = new Set(state.run.value!.steps.map(({ guess }) => guess));
    studio.controls.setText('steps', '3');
    await studio.runs.again();
    const before = reader.asked.length;
    for (let i = 0; i < 4; i++) await reader.answer();
    expect(reader.asked.slice(before).some((clip) => old.has(clip))).toBe(false);
    expect(studio.seeing.readings.value).toHaveLength(3);
    expect(studio.seeing.readings.value.every((one) => one)).toBe(true);
  });

  it('gives a run that comes back the readings it had', async () => {
    const { studio, state, seeing, reader } = await opened();
    for (let i = 0; i < 12; i++) await reader.answer();
    const run = state.run.value;
    state.run.value = { ...run!, steps: [] };
    expect(seeing.reading.value).toBeUndefined();
    state.run.value = run;
    expect(seeing.readings.value.every((one) => one)).toBe(true);
    expect(reader.asked).toHaveLength(12);
    studio.dispose();
    expect(reader.disposed).toBe(true);
  });

  it('shows the reading of the row that is looked at; the finished clip is the last guess', async () => {
    const { studio, seeing, reader } = await opened();
    await reader.answer(reading([{ thing: 'star' }]));
    await reader.answer(reading([{ thing: 'fish' }]));
    expect([seeing.readStep.value, seeing.reading.value?.objects[0].thing]).toEqual([11, 'fish']);
    studio.view.look({ row: 0 });
    expect([seeing.readStep.value, seeing.reading.value?.objects[0].thing]).toEqual([0, 'star']);
    studio.view.look({ row: 7 });
    expect(seeing.reading.value).toBeUndefined();
  });
});

describe('a reading that fails', () => {
  const broken = Object.assign(new Error('x'), { cause: 'a value is not a number', next: 'use a finite clip' });

  it('is said once, loses nothing, and is tried again on demand', async () => {
    const { studio, seeing, state, reader } = await opened();
    await reader.answer();
    await reader.answer(broken);
    for (let i = 0; i < 10; i++) await reader.answer();
    expect(seeing.fault.value).toMatchObject({ cause: 'a value is not a number', next: 'use a finite clip' });
    expect(seeing.readings.value.filter((one) => one)).toHaveLength(11);
    expect(reader.asked).toHaveLength(12); // not again and again
    expect(state.run.value?.phase).toBe('done');
    expect(state.trouble.value).toBeNull();
    seeing.retry();
    expect(seeing.fault.value).toBeNull();
    await reader.answer();
    expect(seeing.readings.value.filter((one) => one)).toHaveLength(12);
    studio.dispose();
  });

  it('belongs to its run: the next one starts without it', async () => {
    const { studio, seeing, reader } = await opened();
    await reader.answer(broken);
    expect(seeing.fault.value).not.toBeNull();
    await studio.runs.again();
    expect(seeing.fault.value).toBeNull();
  });

  it('where there is no reader at all says so, and starts one on demand', async () => {
    let works = false;
    const ports = fakePorts();
    const studio = new Studio({
      ...ports,
      createReader: () => {
        if (!works) throw new Error('no reader here');
        return ports.createReader();
      },
    });
    await studio.open('');
    expect(studio.seeing.fault.value?.cause).toBe('no reader here');
    expect(studio.state.run.value?.phase).toBe('done');
    works = true;
    studio.seeing.retry();
    await vi.waitFor(() => expect(studio.seeing.readings.value.every((one) => one)).toBe(true));
    expect(studio.seeing.fault.value).toBeNull();
  });
});
