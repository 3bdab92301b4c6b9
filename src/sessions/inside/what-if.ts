/**
 * What if the network did without something? The run on the stage once more, with the same words and noise, beside it: a
 * comparison of the laboratory like any other, so that link and history know it. What the two differ in is measured.
 *
 * What it is not: a mode. What a run does without is a setting of that run.
 */
import { computed, signal } from '@preact/signals-core';
import { ablationKinds } from '../../sampling/ablation';
import type { Ablation } from '../../sampling/types';
import { flickers } from '../../judging/flicker';
import { damageOf, type Damage } from '../../lab/damage';
import { Session, command, type Facts } from '../../app/session';
import { changes, type Settings } from '../../settings/settings';
import { snowRate, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { insideOf, type Inside } from './inside';

/** A word's vector has a place of its own: slide.ts. */
export type Kind = Exclude<Ablation['kind'], 'vector'>;
export const kinds = ablationKinds.filter((kind): kind is Kind => kind !== 'vector');
export type Dial = 'block' | 'head' | 'percent';

/** How much a word's keys can be scaled, in percent. */
export const mostPercent = 400;

/** What a pair of films differs in. */
export interface Effect extends Damage {
  /** Whether things stay the same ones; see `Mark`. */
  readonly same: { readonly before: boolean | null; readonly now: boolean | null };
}

export class WhatIf extends Session {
  readonly kind = signal<Kind>('time');
  private readonly dials = signal<Readonly<Record<Dial, number>>>({ block: 0, head: 0, percent: 0 });
  private readonly chosenWord = signal<string | null>(null);

  constructor(
    state: Facts,
    private readonly inside: Pick<Inside, 'look'>,
    private readonly lab: Pick<Studio['lab'], 'compare' | 'other' | 'markOf'>,
  ) {
    super(state);
  }

  // ------------------------------------------------------------------------------------------------- what somebody chooses

  @command
  choose(kind: Kind): void {
    this.kind.value = kind;
  }

  /** Blocks and heads from 0. */
  @command
  dial(name: Dial, value: number): void {
    this.dials.value = { ...this.dials.value, [name]: value };
  }

  @command
  chooseWord(word: string): void {
    this.chosenWord.value = word;
  }

  /** Runs what was chosen, beside the stage. */
  @command
  async try(): Promise<void> {
    const [run, ablation] = [this.state.run.value, this.ablation.value];
    if (run && ablation) await this.lab.compare({ ...run.settings, ablation: [ablation] });
  }

  // ---------------------------------------------------------------------------------------------------- what follows from it

  /** Blocks, and heads of each. */
  readonly parts = computed(() => {
    const [block] = this.inside.look.value?.blocks ?? [];
    return { depth: block?.depth ?? 0, heads: block?.heads ?? 0 };
  });

  /** Each word of the prompt once, as the network knows it. */
  readonly words = computed((): readonly string[] => {
    return wordsIn(this.inside.look.value?.names ?? []);
  });
  readonly word = computed(() => {
    const [words, chosen] = [this.words.value, this.chosenWord.value];
    return chosen !== null && words.includes(chosen) ? chosen : (words[0] ?? null);
  });

  /** Within what the network has. */
  readonly values = computed((): Readonly<Record<Dial, number>> => {
    const [{ depth, heads }, { block, head, percent }] = [this.parts.value, this.dials.value];
    return { block: Math.min(block, depth - 1), head: Math.min(head, heads - 1), percent };
  });

  /** What was chosen; null where it cannot be, such as a word of no words. */
  readonly ablation = computed((): Ablation | null => {
    const [kind, { block, head, percent }, word] = [this.kind.value, this.values.value, this.word.value];
    switch (kind) {
      case 'words':
      case 'block':
        return { kind, block };
      case 'head':
        return { kind, block, head };
      case 'shuffle':
        return { kind, seed: 1 };
      case 'key':
        return word === null ? null : { kind, word, percent };
      default:
        return { kind };
    }
  });

  /** The run on the stage and the one beside it, where they differ in nothing but what they do without. */
  readonly pair = computed((): { readonly stage: Run; readonly other: Run } | null => {
    const [stage, other] = [this.state.run.value, this.lab.other.value];
    if (!stage || !other || stage.prompt !== other.prompt || stage.settings.seed !== other.settings.seed) return null;
    if (stage.steps.length === 0 || other.steps.length === 0) return null;
    return differsIn(stage.settings, other.settings) ? { stage, other } : null;
  });

  readonly effect = computed((): Effect | null => {
    const pair = this.pair.value;
    if (!pair) return null;
    const { stage, other } = pair;
    const marks = { before: this.lab.markOf(stage), now: this.lab.markOf(other) };
    const damage = damageOf(stage, other, marks);
    return damage && { ...damage, same: { before: marks.before?.same ?? null, now: marks.now?.same ?? null } };
  });

  /** The frame that both films show: the stage's, but every so many only where one of them would flicker and nobody asked for that. */
  readonly frame = computed(() => {
    const { frame, rate, fullSpeed, playing } = this.state;
    const slow = this.flickering.value && !fullSpeed.value && playing.value;
    return frame.value - (slow ? frame.value % Math.ceil(rate.value / snowRate) : 0);
  });

  private readonly flickering = computed(() => {
    const pair = this.pair.value;
    if (!pair) return false;
    return [pair.stage, pair.other].some(({ steps, shape }) => flickers(steps[steps.length - 1].guess, shape));
  });
}

/** Each word once, as an ablation can name it. names: of the places of a prompt */
export function wordsIn(names: readonly (string | null)[]): readonly string[] {
  const plain = names.flatMap((name) => (name === null ? [] : name.toLowerCase()));
  return [...new Set(plain)].filter((word) => /^[a-z]{1,20}$/.test(word));
}

const differsIn = (a: Settings, b: Settings) => changes(a, b).join() === 'ablation';

const made = new WeakMap<Studio, WhatIf>();

/** The one of a studio. */
export function whatIfOf(studio: Studio): WhatIf {
  const whatIf = made.get(studio) ?? new WhatIf(studio.state, insideOf(studio), studio.lab);
  made.set(studio, whatIf);
  return whatIf;
}
