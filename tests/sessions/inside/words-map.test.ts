import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { kindOf, mapOf, neighboursOf, together, wordsMapOf } from '../../../src/sessions/inside/words-map';
import { Studio } from '../../../src/studio/studio';
import { readTensors } from '../../../src/model/load';
import { firstCount, vocabulary } from '../../../src/world';
import { FakeEngine, fakePorts } from '../../app/fake-run';

/** Words on a line, each a little off it. */
const dim = 6;
const direction = [1, -2, 0.5, 0, 3, 1];
const line = Float32Array.from({ length: vocabulary.length * dim }, (_, i) => {
  const [word, d] = [Math.floor(i / dim), i % dim];
  return (word - 20) * direction[d] + 0.1 * Math.sin(7 * i);
});

describe('words as places', () => {
  it('shows them on the plane on which they differ most, and says how much of it that is', () => {
    const { words, share } = mapOf({ vectors: line, dim }, firstCount);
    expect(words.every(({ word }) => vocabulary.indexOf(word) < firstCount && /^[a-z]+$/.test(word))).toBe(true);
    expect(share).toBeGreaterThan(0.999);
    expect(share).toBeLessThanOrEqual(1);
    const rank = words.map(({ at }) => at[0]);
    const rising = rank.every((x, i) => i === 0 || x > rank[i - 1]);
    const falling = rank.every((x, i) => i === 0 || x < rank[i - 1]);
    expect(rising || falling).toBe(true); // as they lie on the line
    // On the line itself they are as far apart as they are in the room.
    const apart = Math.hypot(...Array.from(words[9].vector, (value, d) => value - words[2].vector[d]));
    expect(Math.abs(rank[9] - rank[2])).toBeCloseTo(apart, 0);
  });

  it('names the nearest by the angle between their vectors', () => {
    const map = mapOf({ vectors: line, dim }, firstCount);
    const near = neighboursOf(map, map.words[0].word);
    expect(near.length).toBe(map.words.length - 1);
    expect(near.map(({ likeness }) => likeness)).toEqual(near.map(({ likeness }) => likeness).sort((a, b) => b - a));
    expect(near[0].likeness).toBeGreaterThan(0.99);
    expect(near.at(-1)!.likeness).toBeLessThan(-0.9); // from the other side of the origin
    expect(neighboursOf(map, 'zebra')).toEqual([]);
  });

  it('knows what kind of word each is', () => {
    expect(['red', 'ball', 'small', 'bouncing', 'meadow', 'a'].map(kindOf)).toEqual(['colour', 'thing', 'size', 'motion', 'place', 'other']); // prettier-ignore
  });

  it('of mini puts words of a kind together, as nobody told it to', () => {
    const read = (name: string) => new Uint8Array(readFileSync(`models/mini/${name}`));
    const { tensors, config, words } = readTensors(read('config.json'), read('model.safetensors'));
    const map = mapOf({ vectors: tensors.get('text.word.weight')!.data, dim: config.dim }, words);
    // By chance one in six or seven would have one of its own kind beside it.
    for (const kind of ['colour', 'thing', 'motion'] as const) {
      const { near, of } = together(map, kind);
      expect(near / of, kind).toBeGreaterThan(0.6);
    }
    expect(map.share).toBeGreaterThan(0.1);
    expect(map.share).toBeLessThan(0.3); // most lies in directions that no plane has
  });

  it('are asked for once somebody wants to see them', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    const places = wordsMapOf(studio);
    await places.open();
    expect(places.fault.value).not.toBeNull(); // there is no network yet
    await studio.open('');
    await vi.waitFor(() => expect(studio.state.engine.value.phase).toBe('ready'));
    await places.open();
    expect([places.fault.value, places.map.value!.words.length > 30]).toEqual([null, true]);
    places.choose('blue');
    expect(places.neighbours.value.length).toBe(places.map.value!.words.length - 1);
    expect(places.together.value!.of).toBeGreaterThan(4);
    studio.dispose();
  });
});
