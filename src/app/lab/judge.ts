/** What finished clips of the laboratory show of their words, by a reader of its own: the stage's may be busy. */
import { score } from '../../evaluation/score';
import type { ClipShape } from '../../sampling/types';
import type { ReaderPort } from '../reader';
import { heard } from '../spoken';
import type { Mark } from './race';
import type { Look } from './wall';

export class Judge {
  private reader: ReaderPort | null = null;

  constructor(private readonly createReader: () => ReaderPort) {}

  async judge(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Mark> {
    const { words } = await this.look(clip, shape, prompt);
    return { right: words.filter(({ verdict }) => verdict === 'right').length, asked: words.length };
  }

  /** The same word by word, and where the thing is. */
  async look(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Look> {
    this.reader ??= this.createReader();
    const reading = await this.reader.read(clip, shape);
    const [first] = heard(reading, Math.floor(shape.frames / 2));
    return { words: score(reading, prompt).words, place: first ?? null };
  }

  dispose(): void {
    this.reader?.dispose();
  }
}
