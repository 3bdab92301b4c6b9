/**
 * The base of every element, in ui/, views/ and page/: it is given the studio and the strings, and renders again whenever a signal changes
 * that its last rendering read. An element reads signals, calls commands of the studio, and
 * knows nothing of engines, samplers or networks. Here in ui/ are those of the stage, and those that several views share, a folder
 * each; what only one view shows is in views/.
 */
import { effect } from '@preact/signals-core';
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Facts } from '../app/session';
import type { Studio } from '../studio/studio';
import type { Strings } from '../i18n';

export abstract class StudioElement extends LitElement {
  @property({ attribute: false }) studio!: Studio;
  @property({ attribute: false }) strings!: Strings;

  private unwatch?: () => void;

  protected get state(): Facts {
    return this.studio.state;
  }

  /** What templates cannot say (pixels, custom properties), after each rendering. Signals read here count as well. */
  protected draw(): void {}

  // An update that was asked for before the element went away would start an effect that nobody ends.
  protected override shouldUpdate(): boolean {
    return this.isConnected;
  }

  // An effect runs once for each rendering: it renders, and at the first change after that it asks for the next.
  protected override update(changed: PropertyValues): void {
    this.unwatch?.();
    let rendered = false;
    this.unwatch = effect(() => {
      if (rendered) return this.requestUpdate();
      rendered = true;
      super.update(changed);
      this.draw();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
  }
}

/** The languages that the browser asks for, the first one most; none where it does not tell. */
export function spokenLanguages(): readonly string[] {
  try {
    return navigator.languages ?? [];
  } catch {
    return [];
  }
}

/** True where the reader asked their system for less motion. */
export function prefersCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Leaves a field without a choice, so that the same one can be made again. */
export function empty(field: HTMLInputElement | HTMLSelectElement): void {
  field.value = ''; // eslint-disable-line no-restricted-syntax -- a field of the browser's, no signal
}

/** What was just chosen runs on the stage, which may be out of sight: the page brings it back. */
export function toStage(from: HTMLElement): void {
  from.dispatchEvent(new CustomEvent('to-stage', { bubbles: true, composed: true }));
}
