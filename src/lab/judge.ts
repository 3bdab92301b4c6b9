/** What finished clips of the laboratory show of their words, by a reader of its own: the stage's may be busy. */
import { score } from '../evaluation/score';
import type { Reading, Undecided } from '../reading/types';
import type { ClipShape } from '../sampling/types';
import type { ReaderPort } from '../judging/reader';
import { heard } from '../judging/spoken';
import { obeys, verdictsOf } from '../judging/verdict';
import type { Mark } from './race';
import type { Look } from './wall';

export class Judge {
  private reader: ReaderPort | null = null;

  constructor(private readonly createReader: () => ReaderPort) {}

  async judge(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Mark> {
    return markOf(await this.read(clip, shape), prompt);
  }

  /** The same word by word, and where the thing is. */
  async look(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Look> {
    const reading = await this.read(clip, shape);
    const [first] = heard(reading, Math.floor(shape.frames / 2));
    return { words: score(reading, prompt).words, place: first ?? null };
  }

  dispose(): void {
    this.reader?.dispose();
  }

  private async read(clip: Float32Array, shape: ClipShape): Promise<Reading> {
    this.reader ??= this.createReader();
    return await this.reader.read(clip, shape);
  }
}

/** A thing counts where so much of it lies in the picture. */
const inSight = 0.5;

/** What a reading says of the film of a prompt. */
export function markOf(reading: Reading, prompt: string): Mark {
  const { words } = score(reading, prompt);
  const { objects, flicker } = reading;
  const drawn = objects.flatMap(({ track }) => track.filter(({ visible }) => visible > inSight));
  return {
    right: words.filter(({ verdict }) => verdict === 'right').length,
    asked: words.length,
    lawful: objects.length > 0 ? verdictsOf(reading).every(obeys) : null,
    clarity: drawn.length > 0 ? drawn.reduce((sum, { explained }) => sum + explained, 0) / drawn.length : null,
    flicker,
    same: sameOf(objects.map(({ identity }) => identity)),
  };
}

function sameOf(each: readonly (boolean | Undecided)[]): boolean | null {
  if (each.includes(false)) return false;
  return each.length > 0 && each.every((same) => same === true) ? true : null;
}
