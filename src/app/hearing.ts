/**
 * Own words on the page: brings the room `words` once somebody types, and keeps what the reader chose for a word. What is
 * heard follows from the facts (state.hearing, state.request).
 * What it is not: the hearing itself (src/words).
 */
import { batch, computed, effect, signal } from '@preact/signals-core';
import type { Card } from '../evaluation/card';
import type { Surprise } from '../words';
import { toFault } from '../engine/faults';
import { command, Session, type Facts } from './session';
import type { Ears } from './state';

export interface WordPorts {
  /** The room that hears free text; a page without it reads the words as they stand. */
  openWords?(): Promise<Ears>;
  /** The card of the network that the page loads: what to expect of it. */
  openCard?(): Promise<Card | null>;
}

/** A sentence of the world, and words to stay away from. */
export interface Told {
  readonly prompt: string;
  readonly negative: string;
}

type Own = 'ears' | 'picks' | 'adopted' | 'trouble';

export class Hearing extends Session<Own> {
  private readonly unwatch: () => void;
  private readonly card = signal<Card | null>(null);
  private coming: Promise<void> | undefined;
  private lacked = false;

  /** Three prompts that nobody expects, once somebody has asked for them. */
  readonly surprises = signal<readonly Surprise[]>([]);

  /** How often a film of these words comes out right, by the card of the network that is loaded; null where it does not say. */
  readonly expected = computed(() => {
    const [card, engine] = [this.card.value, this.state.engine.value];
    const own = engine.phase !== 'ready' || engine.info.model === card?.model;
    return own ? (card?.expected(this.state.request.value.prompt) ?? null) : null;
  });

  /** The sentence with all that it leaves open filled in by lot, by the seed of the next run; null where nothing is open. */
  readonly filled = computed(() => {
    const ears = this.ears(this.state.ears.value);
    const { prompt, settings } = this.state.request.value;
    if (ears === null || prompt === '') return null;
    const filled = ears.fillPrompt(prompt, this.state.words.value.count, settings.seed);
    return filled.made.length === 0 ? null : { ...filled, measured: ears.shortPrompts };
  });

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

  /** Other three each time. */
  @command
  async surprise(): Promise<void> {
    await this.load();
    const seed = Math.floor(Math.random() * 1e6);
    this.surprises.value = this.ears()?.surprises(this.state.words.value.count, seed) ?? [];
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

  private ears(ears = this.state.ears.peek()): Ears | null {
    return ears === 'coming' ? null : ears;
  }

  private async load(): Promise<void> {
    if (this.ears() !== null) return;
    this.coming ??= this.bring().finally(() => (this.coming = undefined));
    await this.coming;
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
    void this.bringCard();
  }

  /** Where it cannot be had, the page says nothing of how good the network is. */
  private async bringCard(): Promise<void> {
    this.card.value ??= (await this.ports.openCard?.().catch(() => null)) ?? null;
  }
}
