/** The story is walked from beginning to end, on recordings alone: no network, no browser, only the page's commands. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Studio } from '../../src/studio/studio';
import { story as de } from '../../src/i18n/de/story';
import { story as en, type StoryStrings } from '../../src/i18n/en/story';
import { chapterIds, type Answers, type AnyFinding, type ChapterId } from '../../src/lessons/chapter';
import { chapters } from '../../src/lessons/chapters';
import { ball, cutTime, hole, otherFalls, otherNoise, sameNoise } from '../../src/lessons/films';
import { Player } from '../../src/lessons/player';
import { offlineStudio, playerOf } from './page';

vi.setConfig({ testTimeout: 600_000 }); // whole films are read; a busy machine is slow, not red
const until = (check: () => void) => vi.waitFor(check, { timeout: 500_000, interval: 10 });
const number = (id: ChapterId) => chapterIds.indexOf(id) + 1;

/** What a learner predicts in each chapter, and then does, by commands alone. */
const learners: Readonly<Record<ChapterId, { predict: Answers; act(studio: Studio, player: Player): Promise<void> }>> =
  {
    noise: {
      predict: { alike: 'some' },
      async act(_, player) {
        await player.play(sameNoise[0]);
        await player.play(otherNoise[0]);
      },
    },
    wrecking: { predict: { at95: 'ball', at80: 'fish', at50: 'fish' }, act: async (_, player) => player.try('clean') },
    patches: {
      predict: { count: 64 },
      async act(_, player) {
        player.try('2.4');
        player.try('4.16');
      },
    },
    together: {
      predict: { middle: 'first', cut: 'same' },
      async act({ view }, player) {
        for (const row of [3, 8, 12]) view.look({ row });
        await player.play(cutTime);
      },
    },
    words: { predict: { last: 'motion' }, act: async ({ view }) => view.look({ row: 8 }) },
    roads: {
      predict: { one: 'film' },
      async act({ view, state }) {
        view.look({ row: 0 });
        view.look({ row: state.rowsFilled.value - 1 });
      },
    },
    physics: {
      predict: { law: 'same', hole: 'colour' },
      async act(_, player) {
        for (const film of [ball, ball, ...otherFalls, hole]) {
          await player.play(film);
          await until(() => expect(player.isSeen(film)).toBe(true));
        }
        expect(player.trace.value.films).toHaveLength(4); // the same film twice is one
      },
    },
    sora: { predict: { which: 'right' }, act: async (_, player) => player.try('label') },
  };

/** What comes of it, with these weights. A run is the same everywhere, so each of these is what a learner sees, too. */
const came: Readonly<Record<ChapterId, { finding: object; outcome: Answers }>> = {
  noise: { finding: { words: expect.closeTo(1, 1), seeds: expect.closeTo(0.13, 1) }, outcome: { alike: 'other' } },
  wrecking: { finding: { thing: 'fish' }, outcome: { at95: 'fish', at80: 'fish', at50: 'fish' } },
  patches: { finding: { own: 128, ownPairs: 16384, tokens: 512, pairs: 262144 }, outcome: { count: 128 } },
  together: { finding: { step: 8, steps: 16 }, outcome: { middle: 'all', cut: 'apart' } },
  words: { finding: { order: expect.arrayContaining([{ what: 'setting', step: 0 }]) }, outcome: { last: 'thing' } },
  roads: { finding: { steps: 16, one: 1, all: 6, total: 6 }, outcome: { one: 'blur' } },
  physics: { finding: { due: 0.85, hole: { colour: 'green', thing: 'heart' } }, outcome: { law: 'different', hole: 'right' } },
  sora: { finding: { right: false, side: 'left' }, outcome: { which: 'left' } },
}; // prettier-ignore

let studio: Studio;
let player: Player;
afterEach(() => {
  player?.dispose();
  studio?.dispose();
});

async function open(link = ''): Promise<void> {
  studio = offlineStudio();
  await studio.open(link);
  player = playerOf(studio);
}

/** The chapter has set its stage, and what it shows beside it has come. */
const ready = (id: ChapterId) =>
  until(() => {
    const { films, beside } = player.trace.value;
    const chapter = chapters[number(id) - 1];
    expect(films[0]?.run.prompt).toBe(chapter.stage.film.prompt);
    if (chapter.beside) expect(beside.length).toBeGreaterThan(0);
    if (chapter.beside?.read) expect(player.trace.value.besideReadings.length).toBeGreaterThan(0);
  });

function sentence(strings: StoryStrings, finding: AnyFinding): string {
  return (strings.chapters[finding.kind].reveal as (finding: AnyFinding) => string)(finding);
}

/** Chapters that read a film a step, or many films: a quarter of a minute each, with LONG=1. */
const long: readonly ChapterId[] = ['noise', 'physics'];

describe.each(chapterIds)('chapter %s', (id) => {
  const { predict, act } = learners[id];

  it.skipIf(long.includes(id) && !process.env.LONG)(
    'opens by link, asks first, and says what came of the learner’s own run',
    async () => {
      await open(`#view=story&chapter=${number(id)}`);
      await ready(id);
      expect(player.phase.value).toBe('predict');
      await act(studio, player); // before the prediction, nothing that one does reveals anything
      expect(player.finding.value).toBeNull();
      await player.again();
      await ready(id);

      for (const [question, answer] of Object.entries(predict)) player.predict(question, answer);
      expect(player.phase.value).toBe('do');
      await act(studio, player);
      await until(() => expect(player.phase.value).toBe('reveal'));

      const finding = player.finding.value!;
      expect(finding).toMatchObject(came[id].finding);
      const outcome = chapters[number(id) - 1].outcome(finding);
      expect(Object.fromEntries(Object.entries(outcome).map(([key, [first]]) => [key, first]))).toEqual(
        came[id].outcome,
      );
      for (const strings of [en, de]) {
        expect(sentence(strings, finding)).not.toMatch(/undefined|NaN|null|object/);
        expect(sentence(strings, finding).length).toBeGreaterThan(60);
      }
    },
  );

  it('has words in every language for all that it asks and plays', () => {
    const { questions, films } = chapters[number(id) - 1];
    for (const strings of [en, de]) {
      const text = strings.chapters[id];
      const ask = text.ask as Record<string, { question: string; choices: Record<string, string> }>;
      expect(Object.keys(ask)).toEqual(questions.map((question) => question.id));
      for (const question of questions)
        expect(Object.keys(ask[question.id].choices)).toEqual(question.kind === 'choice' ? question.choices : []);
      expect(Object.keys(text.films)).toEqual(films.map(({ file }) => file));
    }
  });
});

describe('the player', () => {
  it('puts the stage back as it stood, once the story is left', async () => {
    await open();
    const { state } = studio;
    studio.view.look({ row: 5, frame: 7, show: 'x' });
    const before = { prompt: state.prompt.value, settings: state.settings.value, run: state.run.value };
    studio.story.open(number('words'));
    await ready('words');
    studio.story.open(number('patches')); // from chapter to chapter it is still the same that is put back
    await ready('patches');
    expect(state.prompt.value).not.toBe(before.prompt);
    studio.story.open(null);
    expect(state.prompt.value).toBe(before.prompt);
    expect(state.settings.value).toEqual(before.settings);
    expect(state.run.value).toBe(before.run);
    expect([state.row.value, state.frame.value, state.show.value]).toEqual([5, 7, 'x']);
  });

  it('sets the stage of a chapter, and points to what it speaks of', async () => {
    await open();
    studio.story.open(number('noise'));
    await ready('noise');
    const { state } = studio;
    expect([state.show.value, state.row.value, state.pointed.value]).toEqual(['x', 0, ['film']]);
    studio.story.open(number('patches'));
    await ready('patches');
    expect([state.show.value, state.sharp.value, state.pointed.value]).toEqual(['guess', false, []]);
    studio.story.open(null);
    expect(state.pointed.value).toEqual([]);
  });

  it('goes on with what was predicted, after a visit that ended', async () => {
    await open('#view=story&chapter=3');
    await ready('patches');
    player.predict('count', 100);
    player.dispose();
    const { notebook } = player;
    player = playerOf(studio);
    expect(player.phase.value).toBe('predict'); // another device
    player.dispose();
    player = new Player(studio, notebook);
    expect(player.phase.value).toBe('do');
  });

  it('says where what a chapter shows cannot be had, and leaves the rest', async () => {
    await open();
    player.dispose();
    vi.spyOn(studio.story, 'beside').mockRejectedValue(new Error('gone'));
    player = playerOf(studio);
    studio.story.open(number('wrecking'));
    await until(() => expect(player.lacking.value).toBe(true));
    expect(player.phase.value).toBe('predict');
  });
});
