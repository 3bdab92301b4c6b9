/** Every reader of text that comes from outside, as a kind for the fuzzer. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLink } from '../../cli/link';
import { UsageError } from '../../cli/usage';
import { decodeLink, encodeLink } from '../../src/settings/link';
import {
  cleanPrompt,
  defaults,
  promptLength,
  promptTokens,
  readSetting,
  settingKeys,
} from '../../src/settings/settings';
import { chosen, put, type Kind as WordKind } from '../../src/settings/words';
import { asked } from '../../src/evaluation/asked';
import { packetOf, readPacket } from '../../src/export/xmp';
import { story as de } from '../../src/i18n/de/story';
import { story as en } from '../../src/i18n/en/story';
import { firstWeights, microConfig } from '../../src/learn/config';
import { firstGrid, tidied } from '../../src/learn/micro';
import { readRecord } from '../../src/learn/record';
import { bins, cleanSettings, firstSettings } from '../../src/learn/settings';
import { chapters } from '../../src/lessons/chapters';
import { Notebook } from '../../src/lessons/notebook';
import { openQuestions, statements } from '../../src/lessons/quiz';
import { knownOf } from '../../src/making/given';
import { fits, planOf, planText, readPlan, starts } from '../../src/making/plan';
import { SettingsError } from '../../src/sampling/errors';
import { checkSettings } from '../../src/sampling/settings';
import { answersAsText } from '../../src/views/story/answers';
import { recipe, shape as planShape } from '../export/made';
import { fillPrompt, hearPrompt, nearPrompt, nextPrompt } from '../../src/words';
import { examplePrompts, firstCount, laterExamples, tokenize, vocabulary } from '../../src/world/prompt';
import { spoiledLink } from '../settings/spoiled';
import { jsonChanges, textChanges, type Change } from './changes';
import type { Kind } from './engine';

/** Where nothing is set aside but strings and small arrays. */
const little = ({ length }: string): number => 64 * length + 100_000;

const links: Kind<string> = {
  name: 'links',
  good: () => [
    'prompt=a+red+ball&seed=7&steps=24&sampler=multistep&guidance=2&from=0.05',
    'length=72&prompt=a+red+ball&seed=7&steps=24&sampler=multistep&guidance=2&from=0.05',
    'prompt=Schn%C3%B6des&seed=4&steps=6&sampler=sde&guidance=3&from=0&churn=1&start=swap.0.15_blend.8.50&vs=steps*3*negative*no%2520ball&race=euler.rk4&hide=lab.seed', // prettier-ignore
    'prompt=a&seed=1&steps=8&sampler=euler&rule=apg&guidance=4&from=0.1&to=0.9&schedule=curve&curve=0.1_0.4&step=3&frame=2&lab=compare', // prettier-ignore
    'prompt=A+pink+ball.&typed=ein+rosa+Ball&view=story&chapter=3&vsprompt=a+star&show=guess&decoder=off&looks=whole',
  ],
  changes: textChanges,
  read(link) {
    const { state, notices } = decodeLink(link);
    checkSettings(state.settings);
    assert.deepEqual(decodeLink(encodeLink(state)), { state, notices: [], asks: true });
    return notices.map((notice) => `${notice.kind} ${'key' in notice ? notice.key : ''}`).join();
  },
  room: little,
};

/** The same, but keys and values by chance, where a character changed here and there seldom meets another setting's value. */
const spoiledLinks: Kind<string> = {
  ...links,
  name: 'spoiled links',
  good: () => ['prompt=a'],
  changes: fc.nat().map((link) => () => spoiledLink(link)),
};

/** What somebody types into the field of a setting, or a link says of it. */
const fields: Kind<string> = {
  name: 'settings',
  good: () => ['7', '2,5', '1e-2', '1 000', 'multistep', 'cfgpp', '0.1_0.4_0.9', 'swap.0.15_blend.8.50', 'no ball'],
  changes: textChanges,
  read(text) {
    return settingKeys
      .map((key) => {
        const read = readSetting(defaults, key, text);
        if (!read) return '';
        checkSettings(read.settings);
        const again = readSetting(read.settings, key, read.used);
        assert.deepEqual(again, { ...read, clamped: false }, `${key} is not read as it is written`);
        return read.clamped ? `${key} clamped` : key;
      })
      .join();
  },
  room: (text) => settingKeys.length * little(text),
};

const prompts: Kind<string> = {
  name: 'prompts',
  good: () => [...examplePrompts, ...laterExamples],
  changes: textChanges,
  read(prompt) {
    const clean = cleanPrompt(prompt);
    assert.equal(cleanPrompt(clean), clean);
    assert(Array.from(clean).length <= promptLength);
    const { tokens, unknown, truncated } = tokenize(prompt, promptTokens);
    assert.equal(tokens.length, promptTokens);
    const { count, objects } = asked(prompt);
    assert(count === null || count === objects.length); // "a ball colliding" leaves open with what
    for (const { phrase } of nextPrompt(clean, firstCount, 'de').phrases) assert(phrase.length > 0);
    const { caption: full } = fillPrompt(hearPrompt(clean).caption, firstCount, 1);
    assert.deepEqual(tokenize(full, 64).unknown, []);
    for (const [kind, phrase] of Object.entries(chosen(clean)))
      assert(
        put(clean, kind as WordKind, phrase)
          .toLowerCase()
          .includes(phrase.toLowerCase()),
        kind,
      );
    return `${count} things, ${unknown.length > 0}, ${truncated}`;
  },
  room: (text) => 4e6 + 500 * text.length,
};

/** Own words, which the page hears as a caption of the world. */
const hearing: Kind<string> = {
  name: 'free text',
  good: () => [
    ...examplePrompts,
    'ein kleiner roter Ball hüpft bei Nacht, ohne Boot',
    'two tiny crimson balls and no fish, please! 🐟',
    'A pirate ship that isn’t blue sails slowly to the left at dusk; the camera zooms in.',
    'हिन्दी लाल गेंद',
    'a 3 b 4,5 c-d e/f (g) "h" i’m',
  ],
  changes: textChanges,
  read(text) {
    const clean = cleanPrompt(text);
    const { caption, negative, tokens, tongue } = hearPrompt(clean);
    assert.deepEqual(tokenize(`${caption} ${negative}`, 64, vocabulary.length).unknown, []);
    let end = 0;
    for (const token of tokens) {
      assert(token.start >= end && token.end > token.start, 'words do not follow one another');
      assert.equal(clean.slice(token.start, token.end), token.text);
      end = token.end;
    }
    for (const word of new Set(clean.match(/\S+/gu))) nearPrompt(word, vocabulary.length, tongue);
    if (text !== clean) hearPrompt(text.slice(0, 500)); // a terminal cleans nothing
    return `${tongue}, ${tokens.map(({ state, why }) => `${state} ${why ?? ''}`).slice(0, 3).join()}`; // prettier-ignore
  },
  room: (text) => 4e6 + 500 * text.length, // tables of the slips between a word and all that it might be
};

const shelf = (text: string | null) => ({
  text,
  read: () => text,
  write(written: string) {
    this.text = written;
    return true;
  },
});

/** What lies in the browser's storage under the name of the story: predictions, and the quiz's answers. */
const notebooks: Kind<string> = {
  name: 'notebooks',
  good: () => [
    JSON.stringify({ predictions: { patches: { count: 64 }, noise: { alike: 'same' } }, found: ['noise'], before: { where: 'From the noise.' }, after: {}, judged: { frames: true } }), // prettier-ignore
    '{"before":{"wrong":"x"}}',
  ],
  changes: fc.oneof(textChanges, jsonChanges.map((change): Change<string> => (text) => {
    try {
      return JSON.stringify(change(JSON.parse(text))) ?? '';
    } catch {
      return text;
    }
  })), // prettier-ignore
  read(text) {
    const place = shelf(text);
    const notebook = new Notebook(place);
    const empty = notebook.isEmpty;
    for (const strings of [en, de]) assert(!answersAsText(notebook, strings).includes('[native code]'));
    for (const { id } of chapters) {
      notebook.predict(id, 'alike', 'same');
      notebook.find(id);
      notebook.unpredict(id);
    }
    for (const question of openQuestions) notebook.say('after', question, text);
    for (const statement of statements) notebook.judge(statement, true);
    const again = new Notebook(shelf(place.text));
    for (const question of openQuestions) assert.equal(again.said('after', question), text.slice(0, 4000));
    for (const statement of statements) assert.equal(again.judged(statement), true);
    return empty ? 'empty' : `a notebook of ${answersAsText(again, en).length}`;
  },
  room: little,
};

const micro = firstWeights(microConfig(24), 1);
const microNumbers = new Map([...micro].map(([name, { data }]) => [name, new Float32Array(data.length)]));

/** What lies in the browser's storage of the last training, but for its numbers, which stand here for themselves. */
const trainings: Kind<string> = {
  name: 'kept trainings',
  good: () => [
    JSON.stringify({
      snapshot: { settings: { ...firstSettings, width: 24 }, grid: firstGrid, steps: 3, seen: 48, seconds: 2, counts: {}, adam: { steps: 3, means: 'own', squares: 'own' } },
      points: [{ seen: 48, seconds: 2, losses: [1, null, 2, 3, 4], shown: 0.5, holes: null }],
    }),
  ], // prettier-ignore
  changes: notebooks.changes,
  read(text) {
    const record = { ...(parsed(text) as object) } as { snapshot?: { adam?: object | null } };
    if (record.snapshot && typeof record.snapshot === 'object')
      Object.assign((record.snapshot = { ...record.snapshot }), { weights: micro, average: micro });
    const adam = record.snapshot?.adam;
    if (adam) record.snapshot!.adam = Object.fromEntries(Object.entries(adam).map(([key, said]) => [key, said === 'own' ? microNumbers : (said as unknown)])); // prettier-ignore
    const read = readRecord(record);
    if (!read) return 'none';
    const { snapshot, points } = read;
    assert.deepEqual(cleanSettings(snapshot.settings), snapshot.settings);
    assert.deepEqual(tidied(snapshot.grid), snapshot.grid);
    assert(points.every(({ losses }) => losses.length === bins));
    assert([snapshot.steps, snapshot.seen, ...Object.values(snapshot.counts)].every((count) => count >= 0));
    return `${snapshot.settings.width}, ${snapshot.adam ? 'how it moved' : 'weights alone'}, ${points.length} points`;
  },
  room: little,
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const clip = new Float32Array(3 * planShape.frames * planShape.height * planShape.width);

/** What of a film is given, as a link says it. */
const plans: Kind<string> = {
  name: 'plans',
  good: () => ['forward.12-15.x12', 'shift.0-15*s.n8.0', 'own.0.x3.7-8.x10*s.1.n2*h.0.15.00ff00ff', ...starts.map((start) => planText(planOf(start, planShape)))], // prettier-ignore
  changes: textChanges,
  read(text) {
    const plan = readPlan(text);
    if (!plan) return 'none';
    assert.deepEqual(readPlan(planText(plan)), plan);
    const fit = fits(plan, planShape);
    if (fit) knownOf(plan, [clip, clip], planShape);
    return `${plan.kind}, ${plan.hole ? 'a hole' : 'no hole'}, ${fit}`;
  },
  room: (text) => 64 * text.length + 10 * clip.length * 4,
};

/** A link as it is given to the terminal, which refuses what it can't read. */
const terminal: Kind<string> = {
  name: 'links in the terminal',
  good: () => [
    'https://a.example/#prompt=a+red+ball&seed=7&steps=24&sampler=multistep&guidance=2&from=0.05',
    `prompt=a+ball&seed=7&make=forward.12-15.x12&of=prompt*a%2520ball*seed*3`,
  ],
  changes: textChanges,
  read(link) {
    try {
      const { settings, recipe } = readLink(link);
      checkSettings(settings);
      return `a film of ${recipe?.of.length ?? 0} others`;
    } catch (thrown) {
      if (!(thrown instanceof UsageError) && !(thrown instanceof SettingsError)) throw thrown;
      return thrown.name;
    }
  },
  room: little,
};

/** The packet of an exported file. */
const packets: Kind<string> = {
  name: 'recipes',
  good: () => [packetOf({ prompt: 'a ball', model: 'mini' }, recipe)],
  changes: textChanges,
  read(text) {
    const said = readPacket(text);
    assert((said.recipe?.link.length ?? 1) > 0);
    return `${said.label}, ${said.recipe?.shows.what}, ${said.recipe?.decoder?.name}`;
  },
  room: little,
};

export const texts: readonly Kind<string>[] = [links, spoiledLinks, terminal, plans, fields, prompts, hearing, notebooks, trainings, packets]; // prettier-ignore
