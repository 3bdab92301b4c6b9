/** Films made from what is given, judged: with true renders in the place of a model's films the answer is known. */
import { describe, expect, it } from 'vitest';
import { asked, editedOf, jobsOf, judge, knownOfItem, markdown, pixelDistance, sceneOf, stored, type Folder, type Item } from '../../src/evaluation'; // prettier-ignore
import { readClip, type Reading } from '../../src/reading';
import { normals } from '../../src/sampling/noise';
import { render } from '../../src/world';

const shape = { frames: 16, height: 32, width: 32 };
const film = (prompt: string) => stored(render(sceneOf(asked(prompt), 5), shape));
const readings = new Map<string, Reading>();
/** Read once: the same clip is read the same way. */
function reading(prompt: string): Reading {
  const read = readings.get(prompt) ?? readClip(film(prompt), shape);
  readings.set(prompt, read);
  return read;
}
const jobs = jobsOf('editing', 4, 500_000, shape);
const job = (name: string) => jobs.find((each) => each.name === `editing-${name}`)!;

const folderOf = (items: readonly Item[], clip: (item: Item, i: number) => Float32Array): Folder => {
  const clips = items.map((item, i) => Uint8Array.from(clip(item, i), (value) => Math.min(255, Math.max(0, Math.round(127.5 * (value + 1)))))); // prettier-ignore
  const bytes = new Uint8Array(clips.length * clips[0].length);
  clips.forEach((each, i) => bytes.set(each, i * each.length));
  return { suite: 'editing', shape, items, settings: {}, model: { name: 'truth' }, bytes };
};
const judged = (...folders: [string, Folder][]) => judge(new Map(folders), { pool: 5, onProgress: () => {} }).editing!;

describe('a film that other words changed', () => {
  const [before, after] = [
    'A big red ball moving left slowly at night.',
    'A big blue ball moving left slowly at night.',
  ];

  it('has changed the word that was not there, and kept the others', () => {
    const { wanted, changed, held, lost } = editedOf(reading(before), reading(after), after);
    expect(wanted).toMatchObject([{ attribute: 'colour', asked: 'blue', before: 'red', after: 'blue', is: true }]);
    expect(changed).toEqual(wanted);
    expect(held.map(({ attribute }) => attribute)).toEqual(
      expect.arrayContaining(['thing', 'size', 'motion', 'setting']),
    );
    expect(lost).toEqual([]);
  });

  it('that stayed as it was has changed nothing, and one of another thing has lost words', () => {
    expect(editedOf(reading(before), reading(before), after)).toMatchObject({ changed: [], lost: [] });
    const { lost } = editedOf(reading(before), reading('A small blue fish standing still at sea.'), after);
    expect(lost.map(({ attribute }) => attribute)).toEqual(expect.arrayContaining(['thing', 'motion', 'setting']));
  });

  it('is as far from the first as its pixels are: not at all from itself, 1 from black to white', () => {
    const [black, white] = [new Float32Array(12).fill(-1), new Float32Array(12).fill(1)];
    expect([pixelDistance(white, white), pixelDistance(black, white)]).toEqual([0, 1]);
    expect(pixelDistance(black, new Float32Array(12).fill(5))).toBe(1); // what no screen shows does not count
  });
});

describe('the suite editing', () => {
  it('asks for parts of true films, and for one other word each', () => {
    for (const [name, share] of [
      ['still', 1 / 16],
      ['extension', 4 / 16],
      ['gap', 8 / 16],
      ['loop', 8 / 16],
      ['region', 3 / 4],
    ] as const)
      // prettier-ignore
      for (const item of job(name).items) {
        const { mask } = knownOfItem(item, shape)!;
        expect([...mask].filter(Boolean).length / mask.length).toBe(share);
      }
    const groups = job('words-0.5').items.map(({ prompt, scene, group, begin }) => {
      const truth = readClip(stored(render(scene!, shape)), shape);
      const { words } = editedOf(truth, truth, prompt);
      const wrong = words.filter(({ was }) => !was).map(({ attribute }) => attribute);
      expect(wrong.filter((attribute) => attribute !== group && attribute !== 'speed')).toEqual([]);
      expect(begin).toBe(0.5);
      return wrong.includes(group as 'colour') ? group : 'nothing';
    });
    expect(groups).toEqual(['colour', 'thing', 'setting', 'motion']);
  });

  it('finds true films kept, without a seam, and right; and says so in words', () => {
    const items = job('gap').items;
    const truth = (item: Item) => stored(render(item.scene!, shape));
    const plain = folderOf(job('ordinary').items, (_, i) => truth(items[i]));
    const report = judge(new Map([['editing-ordinary', plain], ['editing-gap', folderOf(items, truth)]]), { pool: 5, onProgress: () => {} }); // prettier-ignore
    const all = { right: 4, total: 4 };
    expect(report.editing!.given).toMatchObject([{ name: 'gap', count: 4, kept: all, strict: all, ordinary: all }]);
    expect(report.editing!.given[0].seams.right).toBeGreaterThanOrEqual(3);
    expect(report.editing!.given[0].decibels).toBeGreaterThan(100);
    expect(markdown(report)).toContain('| gap |');
  });

  it('finds given pixels that the guess did not keep, and the seam where they were put back', () => {
    const items = job('still').items.slice(0, 1);
    const noise = normals(1, 0, 3 * 16 * 32 * 32).map((value) => Math.tanh(value));
    const [{ kept, seams, seamed, strict, ordinary, decibels }] = judged(['editing-still', folderOf(items, () => noise.map((value, i) => (i % 16384 < 1024 ? value : 0.1 * value)))]).given; // prettier-ignore
    expect([kept.right, seams.right, strict.right, ordinary]).toEqual([0, 0, 0, null]);
    expect(seamed).toEqual([{ prompt: items[0].prompt, seed: items[0].seed }]);
    expect(decibels).toBeLessThan(20);
  });

  it('counts by strength what changed and what stayed', () => {
    const same = (name: string, count: number): [string, Folder] => [`editing-${name}`, folderOf(job(name).items.slice(0, count), ({ scene }) => stored(render(scene!, shape)))]; // prettier-ignore
    const { strengths } = judged(same('words-0.5', 2), same('words-0.3', 1));
    const none = (total: number) => ({ right: 0, total });
    const all = (total: number) => ({ right: total, total });
    expect(strengths).toMatchObject([
      { strength: 0.3, changed: none(1), stayed: all(1), both: none(1), distance: 0 },
      { strength: 0.5, changed: none(2), stayed: all(2), both: none(2), distance: 0 },
    ]);
    expect(strengths[1].words.map(([word]) => word)).toEqual(['colour', 'thing']);
  });
});
