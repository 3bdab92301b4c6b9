/** Own words on the page: what is typed is heard, and what was shared stays as it was. */
import { describe, expect, it } from 'vitest';
import { decodeLink } from '../../src/settings/link';
import { State, type Ears } from '../../src/app/state';
import { Studio } from '../../src/studio/studio';
import { cardOf } from '../../src/evaluation/card';
import * as words from '../../src/words';
import { FakeEngine, fakePorts, info } from './fake-run';

const engine = () => new FakeEngine();

/** A studio with a model, whose words come when `come` is called. */
async function open(link = '') {
  const fake = engine();
  let come: (ears: Ears) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const asked: number[] = [];
  const openWords = () => {
    asked.push(asked.length);
    return new Promise<Ears>((resolve, reject) => ([come, fail] = [resolve, reject]));
  };
  const studio = new Studio(fakePorts(fake, { openWords }), new State());
  await studio.open(link);
  const arrive = async () => {
    come(words);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { studio, state: studio.state, fake, asked, arrive, fail: (error: Error) => fail(error) };
}

describe('what is typed', () => {
  it('is heard once the words have come, and they come once', async () => {
    const { studio, state, asked, arrive } = await open();
    expect(asked.length).toBe(0); // nobody has typed
    studio.controls.setPrompt('a crimson ball, no boat');
    studio.controls.setPrompt('a crimson ball, no boats');
    expect(asked.length).toBe(1);
    expect(state.request.value.prompt).toBe('a crimson ball, no boats'); // as it stands, until they are there
    await arrive();
    expect(state.request.value).toMatchObject({ prompt: 'A red ball.', settings: { negative: 'boat' } });
    expect(state.settings.value.negative).toBe(''); // the setting is the reader's own
    studio.dispose();
  });

  it('is run as it is heard, even where Shake came before the words', async () => {
    const { studio, state, fake, arrive } = await open();
    studio.controls.setPrompt('ein roter Ball hüpft bei Nacht');
    await studio.runs.again();
    expect(state.queued.value).toBe(true);
    await arrive();
    await expect.poll(() => fake.requests.at(-1)?.prompt).toBe('A red ball bouncing at night.');
    await expect.poll(() => state.run.value?.phase).toBe('done');
    expect([state.prompt.value, state.run.value?.prompt]).toEqual(['ein roter Ball hüpft bei Nacht', 'A red ball bouncing at night.']); // prettier-ignore
    studio.dispose();
  });

  it('is read as it stands where the words cannot be had, and the next key asks again', async () => {
    const { studio, state, asked, fail } = await open();
    studio.controls.setPrompt('a crimson ball');
    fail(new Error('gone'));
    await expect.poll(() => state.ears.value).toBe(null);
    expect(state.request.value.prompt).toBe('a crimson ball');
    expect(state.trouble.value).toMatchObject({ retry: 'words', fault: { cause: 'gone' } });
    studio.notes.dismissTrouble();
    studio.controls.setPrompt('a crimson ball ');
    expect(asked.length).toBe(2);
    fail(new Error('gone'));
    await expect.poll(() => state.ears.value).toBe(null);
    expect(state.trouble.value).toBe(null); // said once is enough
    studio.dispose();
  });

  it('can be taken back word by word, and chosen anew', async () => {
    const { studio, state, arrive } = await open();
    studio.controls.setPrompt('a crimson ball');
    await arrive();
    studio.hearing.pick('crimson', 'pink');
    expect(state.request.value.prompt).toBe('A pink ball.');
    studio.hearing.pick('crimson', '');
    expect(state.request.value.prompt).toBe('A ball.');
    studio.hearing.pick('crimson', null);
    expect(state.request.value.prompt).toBe('A red ball.');
    studio.dispose();
  });
});

it('hears the words that a run is compared with, too', async () => {
  const { studio, state, arrive, fake } = await open('#prompt=a+red+ball');
  await expect.poll(() => state.run.value?.phase).toBe('done');
  const compared = studio.lab.compareWords('ein blauer Ball, kein Boot');
  await arrive();
  await compared;
  expect(fake.requests.at(-1)).toMatchObject({ prompt: 'A blue ball.', negative: 'boat' });
  expect(state.otherPrompt.value).toBe('A blue ball.');
  studio.dispose();
});

describe('what was shared', () => {
  it('is told as it stands, and brings no words', async () => {
    const { studio, state, asked, fake } = await open('#prompt=a+red+zebra&seed=3');
    await expect.poll(() => fake.requests.at(-1)?.prompt).toBe('a red zebra');
    expect([state.prompt.value, asked.length]).toEqual(['a red zebra', 0]);
    studio.dispose();
  });

  it('says in its link both what was typed and what was told, and stays that film', async () => {
    const first = await open();
    first.studio.controls.setPrompt('a crimson ball, no boat');
    await first.arrive();
    const link = first.state.link.value;
    expect(decodeLink(link).state).toMatchObject({ prompt: 'A red ball.', typed: 'a crimson ball, no boat', settings: { negative: 'boat' } }); // prettier-ignore
    first.studio.dispose();

    const second = await open(`#${link}`);
    await expect.poll(() => second.fake.requests.at(-1)).toMatchObject({ prompt: 'A red ball.', negative: 'boat' });
    expect(second.state.prompt.value).toBe('a crimson ball, no boat');
    await second.arrive();
    expect(second.state.hearing.value?.caption).toBe('A red ball.'); // so it can be taken back word by word
    expect(second.state.request.value.settings.negative).toBe('boat');
    second.studio.dispose();
  });

  it('keeps its meaning though the lists have changed since', async () => {
    const { studio, state, arrive } = await open('#prompt=A+pink+ball.&typed=a+crimson+ball');
    await arrive();
    expect([state.prompt.value, state.request.value.prompt, state.hearing.value]).toEqual(['a crimson ball', 'A pink ball.', null]); // prettier-ignore
    studio.controls.setPrompt('a crimson ball.');
    expect(state.request.value.prompt).toBe('A red ball.');
    studio.dispose();
  });
});

describe('before it runs', () => {
  const scores = { 'one thing': { colour: [99, 100], motion: [7, 10], strict: [61, 100] }, 'two things': { strict: [2, 100] } }; // prettier-ignore
  const about = { decoded: false, clips: 100, seeds: [0, 99], shape: info.shape, settings: { steps: 24, sampler: 'heun' } }; // prettier-ignore
  const cardFor = (model: string) => {
    const sets = Object.entries(scores).map(([name, each]) => ({ name, network: model, ...about, scores: each }));
    return cardOf({ version: 1, model, sha256: '0', command: '', sets });
  };

  async function typed(text: string, model = info.model) {
    const fake = engine();
    const studio = new Studio(
      fakePorts(fake, { openWords: async () => words, openCard: async () => cardFor(model) }),
      new State(),
    );
    await studio.open('');
    studio.controls.setPrompt(text);
    await expect.poll(() => studio.state.hearing.value).not.toBe(null);
    return studio;
  }

  it('says what to expect, by the card of the network that is loaded', async () => {
    const studio = await typed('ein roter Ball hüpft');
    await expect.poll(() => studio.hearing.expected.value).toEqual({ things: 1, words: [{ attribute: 'motion', right: 70 }, { attribute: 'colour', right: 99 }], all: 61 }); // prettier-ignore
    studio.controls.setPrompt('two balls');
    expect(studio.hearing.expected.value).toMatchObject({ things: 2, all: 2 });
    studio.dispose();
  });

  it('says nothing by the card of another network', async () => {
    const studio = await typed('a red ball', 'another');
    await Promise.resolve();
    expect(studio.hearing.expected.value).toBe(null);
    studio.dispose();
  });

  it('fills in by lot what the sentence leaves open, by the seed of the next run', async () => {
    const studio = await typed('a red ball');
    const { caption } = studio.hearing.filled.value!;
    expect(caption).toMatch(/^A (small|big) red ball /);
    studio.controls.setPrompt(caption);
    expect(studio.hearing.filled.value).toBe(null); // nothing is open
    studio.dispose();
  });

  it('brings three prompts that nobody expects, and other three', async () => {
    const studio = await typed('a red ball');
    await studio.hearing.surprise();
    const three = studio.hearing.surprises.value.map(({ prompt }) => prompt);
    expect(three.length).toBe(3);
    await studio.hearing.surprise();
    expect(studio.hearing.surprises.value.map(({ prompt }) => prompt)).not.toEqual(three);
    studio.dispose();
  });
});
