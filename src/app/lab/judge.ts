/** What finished clips of the laboratory show of their words, by a reader of its own: the stage's may be busy. */
import { score } from '../../evaluation/score';
import type { ClipShape } from '../../sampling/types';
import type { ReaderPort } from '../reader';
import type { Mark } from './race';

export class Judge {
  private reader: ReaderPort | null = null;

  constructor(private readonly createReader: () => ReaderPort) {}

  async judge(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Mark> {
    this.reader ??= this.createReader();
    const { words } = score(await this.reader.read(clip, shape), prompt);
    return { right: words.filter(({ verdict }) => verdict === 'right').length, asked: words.length };
  }

  dispose(): void {
    this.reader?.dispose();
  }
}
