/** Where somebody looks and how the film plays: cursor on the sheet, frame, pace, and which parts of the page are there. */
import { batch } from '@preact/signals-core';
import { parts, presets, type Part, type Preset } from '../settings/link';
import { command, Session } from './session';
import type { Show } from '../settings/settings';
import type { ViewName } from '../settings/views';

type Own =
  | 'show'
  | 'sharp'
  | 'step'
  | 'frame'
  | 'playing'
  | 'loop'
  | 'fullSpeed'
  | 'shortcuts'
  | 'hidden'
  | 'view'
  | 'inside'
  | 'presenting';

export class View extends Session<Own> {
  /** Goes to a place on the sheet. A row beyond what has come follows the newest; a chosen frame stops the film. */
  @command
  look({ row, frame, show }: { row?: number; frame?: number; show?: Show }): void {
    const { state } = this;
    batch(() => {
      if (show) state.show.value = show;
      if (row !== undefined) {
        const newest = state.rowsFilled.value - 1;
        state.step.value = row >= newest ? (state.running.value ? null : Math.max(0, newest)) : Math.max(0, row);
      }
      if (frame !== undefined) {
        state.playing.value = false;
        state.frame.value = Math.min(this.frames - 1, Math.max(0, frame));
      }
    });
  }

  /** Puts a view beside the stage. */
  @command
  go(view: ViewName): void {
    this.state.view.value = view;
  }

  /** What is chosen in the view Inside, as a link says it (sessions/inside/place.ts). */
  lookInside(at: string | null): void {
    this.state.inside.value = at;
  }

  /** Film and sheet alone, large enough for the last row of a classroom; or back. */
  @command
  present(on: boolean): void {
    this.state.presenting.value = on;
  }

  /** Guesses as the decoder draws them, or as the transformer made them. */
  @command
  toggleSharp(): void {
    this.state.sharp.value = !this.state.sharp.value;
  }

  @command
  togglePlaying(): void {
    const { playing, loop, frame } = this.state;
    if (!playing.value && !loop.value && frame.value >= this.frames - 1) frame.value = 0;
    playing.value = !playing.value;
  }

  /** Whether the film begins again at its end. */
  @command
  setLoop(on: boolean): void {
    this.state.loop.value = on;
  }

  /** Whether what flickers plays at the film's own pace, too. */
  @command
  setFullSpeed(on: boolean): void {
    this.state.fullSpeed.value = on;
  }

  /** Whether single keys are commands. */
  @command
  setShortcuts(on: boolean): void {
    this.state.shortcuts.value = on;
  }

  /** Puts a part of the page out of sight, or back. */
  @command
  hide(part: Part, away: boolean): void {
    const { hidden } = this.state;
    hidden.value = parts.filter((each) => (each === part ? away : hidden.value.includes(each)));
  }

  @command
  showOnly(preset: Preset): void {
    this.state.hidden.value = parts.filter((part) => (presets[preset] as readonly Part[]).includes(part));
  }

  /** One picture on. At the end the film starts again, or stops where it shall not loop. */
  nextFrame(): void {
    const { frame, loop, playing } = this.state;
    const next = frame.value + 1;
    if (next < this.frames) frame.value = next;
    else if (loop.value) frame.value = 0;
    else playing.value = false;
  }

  private get frames(): number {
    return this.state.run.value?.shape.frames ?? 1;
  }
}
