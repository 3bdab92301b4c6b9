/**
 * <live-bar>: what stands under Shake while Live is on: who makes the film now, a seed to drag, and a film to keep.
 *
 * What it is not: the switch, which is there before this has come (prompt-box).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Live } from '../../sessions/live/live';
import { liveStrings } from '../../i18n/live';
import { student } from '../../lessons/facts';
import { StudioElement } from '../element';
import { shared } from '../shared';

/** The slider's seeds: as many as one can tell apart with a finger. */
const mostSeed = 999;

@customElement('live-bar')
export class LiveBar extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
      }
      .knobs {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
      }
      label {
        display: grid;
        flex: 1 1 12rem;
        grid-template-columns: auto minmax(0, 1fr) 3.5rem;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-s);
      }
      output {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  private ending?: () => void;

  protected override willUpdate(): void {
    this.ending ??= new Live(this.state, this.studio.runs).watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending?.();
    this.ending = undefined;
  }

  protected override render(): TemplateResult {
    const { state, studio } = this;
    const strings = liveStrings(this.strings);
    const { seed, negative } = state.request.value.settings;
    return html`
      <div class="knobs">
        <label
          >${strings.seed}
          <input
            type="range"
            min="0"
            max=${mostSeed}
            .value=${live(String(Math.min(seed, mostSeed)))}
            aria-valuetext=${seed}
            @input=${(event: Event) => studio.controls.setText('seed', (event.target as HTMLInputElement).value)}
          />
          <output>${seed}</output></label
        >
        <button class="chip" type="button" title=${strings.keepHelp} @click=${() => studio.history.keep()}>
          ${strings.keep}
        </button>
      </div>
      <p class="help">
        ${strings.about(student)} ${negative === '' ? nothing : html`<strong>${strings.negative}</strong>`}
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'live-bar': LiveBar;
  }
}
