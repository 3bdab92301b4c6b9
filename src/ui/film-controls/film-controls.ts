/** <film-controls>: where one stands in both times, what the globe shows, and which of the two networks drew it. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { shows } from '../../settings/settings';
import { StudioElement } from '../element';
import { canBeShaken, listenToShakes } from '../phone-shake';
import { shared } from '../shared';
import { styles } from './styles';

@customElement('film-controls')
export class FilmControls extends StudioElement {
  static override styles = [shared, styles];

  protected override render(): TemplateResult {
    const { width, height } = this.state.run.value?.shape ?? { width: 32, height: 32 };
    return html`${this.transport()} ${this.choices()} ${this.options()}
    ${this.networks(`${width}\u00a0×\u00a0${height}`)}`;
  }

  /** What the picture shows: what the model holds or believes, decoded or not. */
  private choices(): TemplateResult {
    const { state, strings, studio } = this;
    return html`
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
                  @change=${() => studio.view.look({ show })}
                />${strings.shows[show]}</label
              >`,
          )}
        </fieldset>
        <div class="under">
          <p class="help">${strings.showHelp[state.show.value]}</p>
          ${
            studio.drawing.suits.value
              ? html`<button
                  class="chip"
                  aria-pressed=${state.sharp.value}
                  aria-describedby="networks"
                  @click=${() => studio.view.toggleSharp()}
                >
                  ${strings.decoder.name}
                </button>`
              : nothing
          }
        </div>
      </div>
    `;
  }

  private transport(): TemplateResult {
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
          @click=${() => studio.view.togglePlaying()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=${playing ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4v16l13-8z'} />
          </svg>
        </button>
        <div class="sliders numbers">
          ${this.slider('frame', strings.frameSlider, [1, frames, frame + 1], strings.frameOf(frame + 1, frames))}
          ${this.slider('step', strings.stepSlider, [0, steps, row], strings.stepOf(row, steps))}
        </div>
      </div>
    `;
  }

  /** One of the two times: where one stands in it, from the least to the most. */
  private slider(
    time: 'frame' | 'step',
    name: string,
    [least, most, now]: readonly [number, number, number],
    says: string,
  ): TemplateResult {
    const go = (place: number) => this.studio.view.look(time === 'frame' ? { frame: place - 1 } : { row: place });
    return html`
      <label for=${time}>${name}</label>
      <input
        id=${time}
        type="range"
        min=${least}
        max=${most}
        ?disabled=${this.state.row.value === null}
        .value=${live(String(now))}
        aria-valuetext=${says}
        @input=${(event: Event) => go(Number((event.target as HTMLInputElement).value))}
      />
      <span class="value" aria-hidden="true">${says}</span>
    `;
  }

  private options(): TemplateResult {
    const { state, strings, studio } = this;
    return html`
      <details>
        <summary>${strings.more}</summary>
        <div class="options">
          <label class="check"
            ><input
              type="checkbox"
              .checked=${live(state.loop.value)}
              @change=${(event: Event) => studio.view.setLoop((event.target as HTMLInputElement).checked)}
            />${strings.loop}</label
          >
          <label class="check"
            ><input
              type="checkbox"
              .checked=${live(studio.seeing.path.value)}
              @change=${(event: Event) => studio.seeing.showPath((event.target as HTMLInputElement).checked)}
            />${strings.seen.path}</label
          >
          <label class="check"
            ><input
              type="checkbox"
              aria-describedby="flicker"
              .checked=${live(state.fullSpeed.value)}
              @change=${(event: Event) => studio.view.setFullSpeed((event.target as HTMLInputElement).checked)}
            />${strings.fullSpeed}</label
          >
          <p id="flicker" class="help">${strings.fullSpeedHelp}</p>
          ${
            canBeShaken()
              ? html`<label class="check"
                    ><input
                      type="checkbox"
                      .checked=${live(this.phone !== null)}
                      @change=${(event: Event) => void this.hold((event.target as HTMLInputElement).checked)}
                    />${strings.phoneShakes}</label
                  >
                  ${this.refused ? html`<p class="help" role="status">${strings.phoneRefused}</p>` : nothing}`
              : nothing
          }
        </div>
      </details>
    `;
  }

  @own() private phone: (() => void) | null = null; // ends listening to shakes of the phone
  @own() private refused = false;

  private async hold(on: boolean): Promise<void> {
    this.phone?.();
    this.phone = on ? await listenToShakes(() => void this.studio.runs.shake()) : null;
    this.refused = on && this.phone === null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.phone?.();
    this.phone = null;
  }

  /** That there are two networks, and what each does; or why one of them does not. */
  private networks(pixels: string): TemplateResult | typeof nothing {
    const { state, strings, studio } = this;
    if (!studio.drawing.suits.value) return nothing;
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

declare global {
  interface HTMLElementTagNameMap {
    'film-controls': FilmControls;
  }
}
