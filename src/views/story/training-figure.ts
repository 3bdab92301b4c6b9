/**
 * <training-figure>: chapter 2, after its end. A small network that learns in the very way of which the chapter tells: a training
 * that was recorded, with what it draws at each moment, worked out here and now.
 *
 * What it is not: part of the story's chunk. The room that learns comes once somebody asks for it.
 */
import { css, html, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import type { Learn } from '../../sessions/learn/learn';
import { learnStrings } from '../../i18n/learn';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';

@customElement('training-figure')
export class TrainingFigure extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
        margin-block: var(--space-4);
      }
      learn-recorded,
      learn-films {
        inline-size: 100%;
      }
    `,
  ];

  @own() private learn: Learn | null = null;

  protected override render(): TemplateResult {
    const words = learnStrings(this.strings);
    const { learn, studio } = this;
    const teach = html`<button @click=${() => studio.view.go('learn')}>${words.teachOwn}</button>`;
    if (!learn)
      return html`<p class="text">${words.inStory}</p>
        <button @click=${() => void this.fetch()}>${words.recordedOpen}</button>`;
    // Whoever teaches one already shall find it where it was.
    if (learn.begun.value && !learn.training.value?.moment)
      return html`<p>${words.ownIsThere}</p>
        ${teach}`;
    return html`<learn-recorded .studio=${studio} .strings=${this.strings}></learn-recorded>
      <learn-films .studio=${studio} .strings=${this.strings}></learn-films>
      ${teach}`;
  }

  private async fetch(): Promise<void> {
    const [{ learnOf }] = await Promise.all([
      import('../../sessions/learn/learn'),
      import('../../ui/learn-films/learn-recorded'),
      import('../../ui/learn-films/learn-films'),
    ]);
    const learn = learnOf(this.studio);
    learn.open();
    this.learn = learn;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'training-figure': TrainingFigure;
  }
}
