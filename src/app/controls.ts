/** The words and the settings of the next run, as somebody typed or chose them, and what had to be changed about those. */
import { batch } from '@preact/signals-core';
import type { LinkKey, Notice } from '../settings/link';
import { command, Session } from './session';
import { withStudent } from '../sampling/settings';
import {
  cleanPrompt,
  defaults,
  readSetting,
  reset,
  textOf,
  type SettingKey,
  type Settings,
} from '../settings/settings';

interface Taken {
  readonly prompt: string;
  readonly settings: Settings;
  readonly typed?: string | null;
}

export class Controls extends Session<'prompt' | 'adopted' | 'picks' | 'settings' | 'notices' | 'seedKept' | 'live'> {
  private lent: { readonly key: SettingKey; readonly before: string; readonly text: string } | null = null;
  private full: Settings | null = null; // what live films make way for

  @command
  setPrompt(text: string): void {
    this.state.prompt.value = cleanPrompt(text);
    this.forget('prompt');
  }

  @command
  set(change: Partial<Settings>): void {
    this.take({ ...this.state.settings.value, ...change });
  }

  /** Live: the student makes the film anew with every change. After it, its settings are again what they were. */
  @command
  goLive(on: boolean): void {
    const { settings, live } = this.state;
    const now = settings.peek();
    const { steps, sampler, schedule, shift, restarts, guidance } = this.full ?? defaults;
    batch(() => {
      if (on) this.full = now.student ? null : now;
      if (on) this.take(withStudent(now, true));
      else if (now.student) this.take({ ...now, student: false, steps, sampler, schedule, shift, restarts, guidance });
      live.value = on;
    });
  }

  /** A setting as somebody typed or chose it: kept within its limits, and said so where it was not. */
  @command
  setText(key: SettingKey, text: string): void {
    const { settings } = this.state;
    this.forget(key);
    const read = readSetting(settings.value, key, text);
    if (!read) this.notice({ kind: 'unreadable', key, given: cleanPrompt(text), used: textOf(settings.value, key) });
    else if (read.clamped) this.notice({ kind: 'clamped', key, given: cleanPrompt(text), used: read.used });
    if (read) this.set(read.settings);
  }

  /** A setting as text for the films that come now; with the next shake what stood there is back, unless somebody changed it meanwhile. */
  lend(key: SettingKey, text: string): void {
    const before = textOf(this.state.settings.value, key);
    this.lent = { key, before, text };
    this.setText(key, text);
  }

  takeBack(): void {
    const { lent, state } = this;
    if (lent && textOf(state.settings.value, lent.key) === lent.text) this.setText(lent.key, lent.before);
    this.lent = null;
  }

  /** The default of one setting, all others as they are. */
  @command
  reset(key: SettingKey): void {
    this.forget(key);
    this.set(reset(this.state.settings.value, key));
  }

  /** The default of everything but the words and the seed. */
  @command
  resetAll(): void {
    this.state.notices.value = [];
    this.set({ ...defaults, seed: this.state.settings.value.seed });
  }

  /** Whether a shake leaves the seed as it is, so that words and settings can be changed at the same noise. */
  @command
  keepSeed(kept: boolean): void {
    this.state.seedKept.value = kept;
  }

  @command
  dice(): void {
    this.forget('seed');
    // Six digits: easy to read out in a classroom.
    this.set({ seed: Math.floor(Math.random() * 1e6) });
  }

  @command
  dismissNotices(): void {
    this.state.notices.value = [];
  }

  /** The words and settings of a run that comes to the stage; `typed`, where its words were typed otherwise. */
  adopt({ prompt, settings, typed }: Taken): void {
    batch(() => {
      this.tell(prompt, typed ?? prompt);
      this.take(settings);
    });
  }

  /** A sentence that is told as it stands: of an example, of a film that was made. */
  tell(told: string, typed = told): void {
    const { prompt, adopted, picks } = this.state;
    batch(() => {
      [prompt.value, adopted.value, picks.value] = [typed, { typed, told }, {}];
      this.forget('prompt');
    });
  }

  /** Live films are the student's: whatever asks the full network ends them. */
  private take(settings: Settings): void {
    batch(() => {
      this.state.settings.value = settings;
      if (!settings.student) this.state.live.value = false;
    });
  }

  private notice(notice: Notice): void {
    this.state.notices.value = [...this.state.notices.value, notice];
  }

  private forget(key: LinkKey): void {
    const { notices } = this.state;
    notices.value = notices.value.filter((notice) => !('key' in notice) || notice.key !== key);
  }
}
