/** <film-controls>: where one stands in both times, what the globe shows, and which of the two networks drew it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { shows } from '../../app/settings';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('film-controls')
export class FilmControls extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      .shows {
        display: grid;
        grid-template-columns: 1fr 1fr;
        padding: 3px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      .shows label {
        position: relative;
        display: grid;
        place-items: center;
        min-block-size: 2.5rem;
        padding: 0 var(--space-2);
        border-radius: calc(var(--radius-m) - 4px);
        cursor: pointer;
        text-align: center;
        line-height: 1.2;
        font-weight: 550;
        color: var(--ink-soft);
      }
      .shows label:has(input:checked) {
        background: var(--surface);
        color: var(--ink);
        box-shadow: 0 0 0 1.5px var(--ice);
      }
      .shows label:has(input:focus-visible) {
        outline: 3px solid var(--ice);
        outline-offset: 2px;
      }
      .shows input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .under {
        display: flex;
        justify-content: space-between;
        align-items: start;
        gap: var(--space-3);
        margin-block-start: var(--space-2);
      }
      .transport {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-3);
        align-items: center;
      }
      .play {
        inline-size: 3.25rem;
        block-size: 3.25rem;
        padding: 0;
        border-radius: 50%;
      }
      .play svg {
        display: block;
        inline-size: 1.35rem;
        block-size: 1.35rem;
        margin: auto;
        fill: currentColor;
      }
      .sliders {
        display: grid;
        gap: var(--space-1) var(--space-3);
        grid-template-columns: auto 1fr auto;
        align-items: center;
        font-size: var(--text-s);
      }
      .sliders .value {
        min-inline-size: 6.5em;
        text-align: end;
        color: var(--ink-soft);
      }
      .options {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const run = state.run.value;
    const row = state.row.value ?? 0;
    const steps = run?.settings.steps ?? 0;
    const frames = run?.shape.frames ?? 1;
    const frame = state.frame.value;
    const playing = state.playing.value;
    const empty = state.row.value === null;
    return html`
      <div class="transport">
        <button
          class="play"
          ?disabled=${empty}
          aria-label=${playing ? strings.pause : strings.play}
          @click=${() => studio.togglePlaying()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=${playing ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4v16l13-8z'} />
          </svg>
        </button>
        <div class="sliders numbers">
          <label for="frame">${strings.frameSlider}</label>
          <input
            id="frame"
            type="range"
            min="1"
            max=${frames}
            ?disabled=${empty}
            .value=${live(String(frame + 1))}
            aria-valuetext=${strings.frameOf(frame + 1, frames)}
            @input=${(event: Event) => studio.look({ frame: valueOf(event) - 1 })}
          />
          <span class="value" aria-hidden="true">${strings.frameOf(frame + 1, frames)}</span>
          <label for="step">${strings.stepSlider}</label>
          <input
            id="step"
            type="range"
            min="0"
            max=${steps}
            ?disabled=${empty}
            .value=${live(String(row))}
            aria-valuetext=${strings.stepOf(row, steps)}
            @input=${(event: Event) => studio.look({ row: valueOf(event) })}
          />
          <span class="value" aria-hidden="true">${strings.stepOf(row, steps)}</span>
        </div>
      </div>
      <div>
        <fieldset class="shows">
          <legend class="unseen">${strings.show}</legend>
          ${shows.map(
            (show) =>
              html`<label
                ><input
                  type="radio"
                  name="show"
                  value=${show}
                  .checked=${live(state.show.value === show)}
                  @change=${() => studio.look({ show })}
                />${strings.shows[show]}</label
              >`,
          )}
        </fieldset>
        <div class="under">
          <p class="help">${strings.showHelp[state.show.value]}</p>
          <button
            class="chip"
            aria-pressed=${state.sharp.value}
            aria-describedby="networks"
            @click=${() => studio.toggleSharp()}
          >
            ${strings.decoder.name}
          </button>
        </div>
      </div>
      <details>
        <summary>${strings.more}</summary>
        <div class="options">
          <label class="check"
            ><input
              type="checkbox"
              .checked=${live(state.loop.value)}
              @change=${(event: Event) => (state.loop.value = (event.target as HTMLInputElement).checked)}
            />${strings.loop}</label
          >
          <label class="check"
            ><input
              type="checkbox"
              .checked=${live(studio.seeing.path.value)}
              @change=${(event: Event) => (studio.seeing.path.value = (event.target as HTMLInputElement).checked)}
            />${strings.seen.path}</label
          >
          <label class="check"
            ><input
              type="checkbox"
              aria-describedby="flicker"
              .checked=${live(state.fullSpeed.value)}
              @change=${(event: Event) => (state.fullSpeed.value = (event.target as HTMLInputElement).checked)}
            />${strings.fullSpeed}</label
          >
          <p id="flicker" class="help">${strings.fullSpeedHelp}</p>
        </div>
      </details>
      ${this.networks(run ? `${run.shape.width}\u00a0×\u00a0${run.shape.height}` : `32\u00a0×\u00a032`)}
    `;
  }

  /** That there are two networks, and what each does; or why one of them does not. */
  private networks(pixels: string): TemplateResult {
    const { state, strings, studio } = this;
    const fault = state.sharp.value ? studio.drawing.fault.value : null;
    const { decoder } = strings;
    return html`<div>
      <p id="networks" class="help">${decoder.help(pixels)}</p>
      <div class="help" role="status">
        ${
          fault
            ? html`${decoder.fault}
                <button class="chip" @click=${() => studio.drawing.retry()}>${strings.retry}</button>
                <details>
                  <summary>${strings.more}</summary>
                  <p lang="en">${fault.cause} ${fault.next}</p>
                </details>`
            : nothing
        }
      </div>
    </div>`;
  }
}

function valueOf(event: Event): number {
  return Number((event.target as HTMLInputElement).value);
}

declare global {
  interface HTMLElementTagNameMap {
    'film-controls': FilmControls;
  }
}
