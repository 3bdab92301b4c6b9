/**
 * <clip-view>: the big picture in its glass, at one step and one frame, and the controls for both times.
 * What flickers changes three times a second at most while it plays (State.rate): quick flashes can hurt people.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { shows } from '../../app/settings';
import { heard } from '../../app/spoken';
import type { Picture } from '../../app/drawing';
import { clipAt, type Run } from '../../app/state';
import { prefersCalm, StudioElement } from '../element';
import { paintFrame } from '../pixels';
import '../seen-path/seen-path';
import { shared } from '../shared';
import { styles } from './styles';

/** Milliseconds from one sentence about a run to the next. */
const spokenEvery = 4000;

@customElement('clip-view')
export class ClipView extends StudioElement {
  static override styles = [shared, styles];

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.globe') private globe!: HTMLElement;
  private shaken: Run['steps'] | undefined;

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const run = state.run.value;
    const row = state.row.value ?? 0;
    const steps = run?.settings.steps ?? 0;
    const frames = run?.shape.frames ?? 1;
    const frame = state.frame.value;
    const place = strings.place(row, steps, frame + 1, frames, state.noiseLeft.value);
    const playing = state.playing.value;
    const empty = state.row.value === null;
    const drawn = studio.drawing.stage.value !== 'raw';
    const pixels = `${run?.shape.width ?? 32}\u00a0×\u00a0${run?.shape.height ?? 32}`;
    return html`
      <figure class="globe">
        <div class="glass">
          <canvas
            width="32"
            height="32"
            role="img"
            aria-label="${strings.shows[state.show.value]}: ${run?.prompt ?? ''} (${drawn ? strings.decoder.drawn : strings.decoder.raw(pixels)})"
          ></canvas>
          <seen-path .studio=${studio} .strings=${strings}></seen-path>
          ${empty ? html`<p class="empty">${run ? strings.noClip : strings.idle}</p>` : nothing}
        </div>
      </figure>
      <div class="stand" aria-hidden="true"></div>
      <p class="place numbers">${empty ? html`&nbsp;` : place}</p>
      <p class="unseen" role="status">${empty ? '' : this.spoken(playing)}</p>
      ${this.choices()} ${this.transport()} ${this.networks(pixels)} ${this.options()}
    `;
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
          <button
            class="chip"
            aria-pressed=${state.sharp.value}
            aria-describedby="networks"
            @click=${() => studio.view.toggleSharp()}
          >
            ${strings.decoder.name}
          </button>
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
          <label for="frame">${strings.frameSlider}</label>
          <input
            id="frame"
            type="range"
            min="1"
            max=${frames}
            ?disabled=${empty}
            .value=${live(String(frame + 1))}
            aria-valuetext=${strings.frameOf(frame + 1, frames)}
            @input=${(event: Event) => studio.view.look({ frame: valueOf(event) - 1 })}
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
            @input=${(event: Event) => studio.view.look({ row: valueOf(event) })}
          />
          <span class="value" aria-hidden="true">${strings.stepOf(row, steps)}</span>
        </div>
      </div>
    `;
  }

  private options(): TemplateResult {
    const { state, strings, studio } = this;
    return html`
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
      </div>
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

  private said = { text: '', at: -Infinity };

  /**
   * The step for a screen reader, with what is seen in it. A film that plays is not described picture by picture; a run
   * that goes on is spoken of every few seconds, or else nobody could follow.
   */
  private spoken(playing: boolean): string {
    const { state, strings, studio } = this;
    const running = state.running.value;
    const { reading } = studio.seeing.here.value;
    const silent = (playing && !running) || (!reading && studio.seeing.fault.value === null); // it is being looked at
    if (silent || (running && performance.now() - this.said.at < spokenEvery)) return this.said.text;
    const [row, run] = [state.row.value ?? 0, state.run.value!];
    const [frame, { frames }] = [state.frame.value, run.shape];
    const place = [row, run.settings.steps, frame + 1, frames, state.noiseLeft.value] as const;
    const text = reading ? strings.step(...place, heard(reading, frame)) : strings.place(...place);
    if (text !== this.said.text) this.said = { text, at: performance.now() };
    return text;
  }

  protected override draw(): void {
    const run = this.state.run.value;
    const picture = this.studio.drawing.stage.value;
    if (run) this.style.setProperty('--aspect', String(run.shape.width / run.shape.height));
    if (picture !== 'keep') {
      this.paint(picture === 'raw' ? this.raw(run) : picture);
      this.canvas.classList.toggle('drawn', picture !== 'raw');
    }
    this.wobble(run);
  }

  /** The frame as the transformer made it, or the noisy clip; nothing while there is none. */
  private raw(run: Run | null): Picture | null {
    const row = this.state.row.value;
    const clip = run && row !== null ? clipAt(run, row, this.state.show.value) : undefined;
    if (!run || !clip) return null;
    const { height, width, frames } = run.shape;
    const rgba = new Uint8ClampedArray(4 * width * height);
    paintFrame(rgba, width, 0, clip, run.shape, Math.min(this.state.frame.value, frames - 1));
    return { width, height, rgba };
  }

  private paint(picture: Picture | null): void {
    const { canvas } = this;
    const context = canvas.getContext('2d');
    if (!context) return;
    if (!picture) return context.clearRect(0, 0, canvas.width, canvas.height);
    const { height, width, rgba } = picture;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.putImageData(new ImageData(rgba, width, height), 0, 0);
  }

  /** A live run starts with the globe being shaken, unless the reader asked for less motion. */
  private wobble(run: Run | null): void {
    if (!run || run.steps.length > 0 || run.steps === this.shaken) return;
    this.shaken = run.steps;
    if (run.source !== 'live' || prefersCalm()) return;
    const at = (x: number, turn: number) => ({ transform: `translateX(${x}rem) rotate(${turn}deg)` });
    this.globe.animate([at(0, 0), at(-0.5, -1.6), at(0.5, 1.6), at(-0.3, -0.9), at(0, 0)], {
      duration: 480,
      easing: 'ease-in-out',
    });
  }
}

function valueOf(event: Event): number {
  return Number((event.target as HTMLInputElement).value);
}

declare global {
  interface HTMLElementTagNameMap {
    'clip-view': ClipView;
  }
}
