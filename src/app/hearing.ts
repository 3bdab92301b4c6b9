/**
 * Own words on the page: brings the room `words` once somebody types, and keeps what the reader chose for a word. What is
 * heard follows from the facts (state.hearing, state.request).
 * What it is not: the hearing itself (src/words).
 */
import { batch, effect } from '@preact/signals-core';
import { toFault } from './faults';
import { command, Session, type Facts } from './session';
import type { Ears } from './state';

export interface WordPorts {
  /** The room that hears free text; a page without it reads the words as they stand. */
  openWords?(): Promise<Ears>;
}

/** A sentence of the world, and words to stay away from. */
export interface Told {
  readonly prompt: string;
  readonly negative: string;
}

type Own = 'ears' | 'picks' | 'adopted' | 'trouble';

export class Hearing extends Session<Own> {
  private readonly unwatch: () => void;
  private coming: Promise<void> | undefined;
  private lacked = false;

  /** `arrived`: somebody may be waiting for the words. */
  constructor(
    state: Facts<Own>,
    private readonly ports: WordPorts,
    private readonly arrived: () => void,
  ) {
    super(state);
    this.unwatch = effect(() => {
      if (state.prompt.value !== '' && state.ownWords.value && state.ears.peek() === null) void this.load();
    });
  }

  /** A word is to be heard as this phrase of the world; '' leaves it out, null takes the choice back. */
  @command
  pick(key: string, phrase: string | null): void {
    const { adopted, picks } = this.state;
    const { [key]: _, ...others } = picks.value;
    batch(() => {
      adopted.value = null;
      picks.value = phrase === null ? others : { ...others, [key]: phrase };
    });
  }

  /** What a text that stands in another field is told as; as it stands, where what hears it cannot be had. */
  async told(text: string): Promise<Told> {
    if (this.ears() === null) await this.load();
    const { words } = this.state;
    const heard = this.ears()?.hearPrompt(text, { words: words.value.count });
    return heard ? { prompt: heard.caption, negative: heard.negative } : { prompt: text, negative: '' };
  }

  dispose(): void {
    this.unwatch();
  }

  private ears(): Ears | null {
    const ears = this.state.ears.peek();
    return ears === 'coming' ? null : ears;
  }

  private load(): Promise<void> {
    this.coming ??= this.bring().finally(() => (this.coming = undefined));
    return this.coming;
  }

  /** Where it cannot be had, that is said once; words are read as they stand, and the next one that is typed asks again. */
  private async bring(): Promise<void> {
    const { ears, trouble } = this.state;
    if (!this.ports.openWords) return;
    ears.value = 'coming';
    try {
      ears.value = await this.ports.openWords();
    } catch (thrown) {
      ears.value = null;
      if (!this.lacked && !trouble.value) {
        trouble.value = { fault: toFault(thrown), retry: 'words' };
        this.lacked = true;
      }
    }
    this.arrived();
  }
}
