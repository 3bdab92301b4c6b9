/** The notebook stays on its shelf, believes nothing that lies there, and can be read by a person. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { story as de } from '../../src/i18n/de/story';
import { story as en } from '../../src/i18n/en/story';
import { Notebook } from '../../src/lessons/notebook';
import { answersAsText } from '../../src/views/story/answers';
import { memory } from './page';

function written() {
  const shelf = memory();
  const notebook = new Notebook(shelf);
  notebook.say('before', 'where', 'From the noise, I think.');
  notebook.predict('patches', 'count', 64);
  notebook.predict('noise', 'alike', 'same');
  notebook.judge('frames', true);
  notebook.find('noise');
  return { shelf, notebook };
}

describe('a notebook', () => {
  it('opens as it was closed', () => {
    const again = new Notebook(memory(written().shelf.text));
    expect(again.said('before', 'where')).toBe('From the noise, I think.');
    expect([again.said('after', 'where'), again.predictions('patches')]).toEqual(['', { count: 64 }]);
    expect([again.judged('frames'), again.judged('store')]).toEqual([true, undefined]);
    expect([again.isFound('noise'), again.isFound('sora')]).toEqual([true, false]);
  });

  it('forgets one chapter, or everything, on its shelf too', () => {
    const { shelf, notebook } = written();
    notebook.unpredict('noise');
    expect([notebook.predictions('noise'), notebook.predictions('patches')]).toEqual([{}, { count: 64 }]);
    expect(notebook.isEmpty).toBe(false);
    notebook.forget();
    expect([notebook.isEmpty, shelf.text]).toEqual([true, null]);
  });

  it('says where the browser does not keep what is written', () => {
    let room = false;
    const notebook = new Notebook({ read: () => null, write: () => room });
    expect(notebook.kept.value).toBe(true); // nothing is written yet
    notebook.say('before', 'where', 'From the noise.');
    expect([notebook.kept.value, notebook.said('before', 'where')]).toEqual([false, 'From the noise.']);
    room = true;
    notebook.say('before', 'where', 'From the noise, I think.');
    expect(notebook.kept.value).toBe(true);
  });

  it('is empty where something else lies there, whatever it is', () => {
    for (const text of ['', '{', '[]', '{"predictions":{"noise":{"alike":{}}}}', '{"judged":{"frames":"yes"}}'])
      expect(new Notebook(memory(text)).isEmpty).toBe(true);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void new Notebook(memory(text)).isEmpty));
  });
});

it('as a text: what was asked and what was answered, in the language of the page, and nothing that was not', () => {
  const { notebook } = written();
  const text = answersAsText(notebook, en);
  expect(text).toContain(en.quiz.open.where);
  expect(text).toContain('From the noise, I think.');
  expect(text).toContain(`${en.chapters.patches.ask.count.question}\n64`);
  expect(text).toContain(en.chapters.noise.ask.alike.choices.same);
  expect(text).toContain(`${en.quiz.said.frames.text}\n${en.quiz.yes}`);
  expect(text).not.toContain(en.quiz.said.store.text);
  expect(answersAsText(notebook, de)).toContain(de.chapters.noise.ask.alike.choices.same);
});
