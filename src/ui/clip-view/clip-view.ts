/**
 * <clip-view>: the big picture in its glass, at one step and one frame, and the controls for both times.
 * What flickers changes three times a second at most while it plays (State.rate): quick flashes can hurt people.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { heard } from '../../app/spoken';
import type { Picture } from '../../app/drawing';
import { clipAt, type Run } from '../../app/state';
import { prefersCalm, StudioElement } from '../element';
import { paintFrame } from '../pixels';
import '../seen-path/seen-path';
import { shared } from '../shared';
import { Snowfall } from './snowfall';

/** The film's diagonal as a share of the globe's width: its corners just touch the glass. */
const windowDiagonal = 1.04;

/** Milliseconds from one sentence about a run to the next. */
const spokenEvery = 4000;

@customElement('clip-view')
export class ClipView extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      /* A ball of glass on its foot. The film is a square in the middle of it; around it lies its own light, smeared. */
      .globe {
        position: relative;
        inline-size: min(100%, var(--globe, 36rem));
        justify-self: center;
      }
      .glass {
        position: relative;
        z-index: 1;
        aspect-ratio: 1;
        overflow: hidden;
        border-radius: 50%;
        background: var(--sunken);
        box-shadow: 0 1.4rem 2.6rem -0.6rem rgb(15 30 60 / 38%);
        isolation: isolate;
      }
      .glass > * {
        position: absolute;
      }
      .window {
        inset: 0;
        margin: auto;
        inline-size: calc(100% * var(--window-width, 0.74));
        block-size: calc(100% * var(--window-height, 0.74));
      }
      .window canvas {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        image-rendering: pixelated;
      }
      .window canvas.drawn {
        image-rendering: auto;
        --soft: #0000, #000 5%, #000 95%, #0000;
        mask:
          linear-gradient(90deg, var(--soft)) intersect,
          linear-gradient(var(--soft));
      }
      .light {
        z-index: -1;
        inset: -12%;
        inline-size: 124%;
        block-size: 124%;
      }
      .snow {
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        pointer-events: none;
      }
      /* Glints and the dark rim: where a ball of glass bends the light away. */
      .shine {
        inset: 0;
        border-radius: 50%;
        pointer-events: none;
        background:
          radial-gradient(36% 20% at 31% 12%, rgb(255 255 255 / 62%), transparent 72%),
          radial-gradient(32% 11% at 67% 94%, rgb(255 255 255 / 24%), transparent 76%),
          radial-gradient(circle, transparent 60%, rgb(8 20 50 / 10%) 66%, rgb(8 20 50 / 36%) 71%);
        box-shadow:
          inset 0 0 0 2px rgb(255 255 255 / 40%),
          inset 0 0 2.6rem 0.3rem rgb(255 255 255 / 15%),
          inset -1rem -1.4rem 3.4rem rgb(0 0 0 / 38%);
      }
      .foot {
        display: grid;
        align-content: end;
        inline-size: 68%;
        margin: -9% auto 0;
        padding: 11.5% var(--space-3) var(--space-2);
        box-sizing: border-box;
        border-radius: 0.4rem;
        background: linear-gradient(#8f5d38, #6a4224 55%, #4a2b12);
        clip-path: polygon(7% 0, 93% 0, 100% 100%, 0 100%);
        color: #fff4e2;
        text-align: center;
        font-size: var(--text-s);
        line-height: 1.3;
      }
      @media (forced-colors: active) {
        .glass,
        .foot {
          border: 2px solid;
          clip-path: none;
        }
      }
      .empty {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        padding: var(--space-4);
        text-align: center;
        color: var(--ink-soft);
      }
    `,
  ];

  @query('.film') private canvas!: HTMLCanvasElement;
  @query('.light') private light!: HTMLCanvasElement;
  @query('.snow') private snow!: HTMLCanvasElement;
  @query('.globe') private globe!: HTMLElement;
  private shaken: Run['steps'] | undefined;
  private snowfall: Snowfall | undefined;

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
          <div class="window">
            <canvas
              class="film"
              width="32"
              height="32"
              role="img"
              aria-label="${strings.shows[state.show.value]}: ${run?.prompt ?? ''} (${drawn ? strings.decoder.drawn : strings.decoder.raw(pixels)})"
            ></canvas>
            <seen-path .studio=${studio} .strings=${strings}></seen-path>
          </div>
          <canvas class="light" width="6" height="6" aria-hidden="true"></canvas>
          <canvas class="snow" width="1" height="1" aria-hidden="true"></canvas>
          <div class="shine" aria-hidden="true"></div>
          ${empty ? html`<p class="empty">${run ? strings.noClip : strings.idle}</p>` : nothing}
        </div>
        <figcaption class="foot numbers">${empty ? html`&nbsp;` : place}</figcaption>
      </figure>
      <p class="unseen" role="status">${empty ? '' : this.spoken(playing)}</p>
    `;
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.snowfall?.dispose();
    this.snowfall = undefined;
  }

  protected override draw(): void {
    const run = this.state.run.value;
    const picture = this.studio.drawing.stage.value;
    const { width, height } = run?.shape ?? { width: 1, height: 1 };
    const diagonal = Math.hypot(width, height);
    this.style.setProperty('--window-width', String((windowDiagonal * width) / diagonal));
    this.style.setProperty('--window-height', String((windowDiagonal * height) / diagonal));
    this.snowfall ??= new Snowfall(this.snow, prefersCalm());
    this.snowfall.set(run && this.state.row.value !== null ? this.state.noiseLeft.value : 0);
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
    if (!picture) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      return this.light.getContext('2d')!.clearRect(0, 0, this.light.width, this.light.height);
    }
    const { height, width, rgba } = picture;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.putImageData(new ImageData(rgba, width, height), 0, 0);
    const light = this.light.getContext('2d')!;
    light.imageSmoothingQuality = 'high';
    light.drawImage(canvas, 0, 0, this.light.width, this.light.height);
  }

  /** A live run starts with the globe being shaken, unless the reader asked for less motion. */
  private wobble(run: Run | null): void {
    if (!run || run.steps.length > 0 || run.steps === this.shaken) return;
    this.shaken = run.steps;
    if (run.source !== 'live' || prefersCalm()) return;
    this.snowfall?.shake();
    const at = (x: number, turn: number) => ({ transform: `translateX(${x}rem) rotate(${turn}deg)` });
    this.globe.animate([at(0, 0), at(-0.5, -1.6), at(0.5, 1.6), at(-0.3, -0.9), at(0, 0)], {
      duration: 480,
      easing: 'ease-in-out',
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'clip-view': ClipView;
  }
}
