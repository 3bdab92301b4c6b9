/**
 * <clip-view>: the big picture in its glass, at one step and one frame, and the controls for both times.
 * What flickers changes three times a second at most while it plays (State.rate): quick flashes can hurt people.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { heard } from '../../judging/spoken';
import type { Picture } from '../../app/drawing';
import { clipAt, type Run } from '../../app/state';
import { prefersCalm, StudioElement } from '../element';
import { paintFrame } from '../pixels';
import '../seen-path/seen-path';
import { shared } from '../shared';
import { ToAndFro } from '../to-and-fro';
import { Snowfall } from './snowfall';
import { surroundings } from './surroundings';
import { styles } from './styles';

/** The film's diagonal as a share of the globe's width: its corners just touch the glass. */
const windowDiagonal = 1.04;

/** Pixels that a hand must come back to have turned. */
const turnPixels = 40;

/** Milliseconds from one sentence about a run to the next. */
const spokenEvery = 4000;

@customElement('clip-view')
export class ClipView extends StudioElement {
  static override styles = [shared, styles];

  @query('.film') private canvas!: HTMLCanvasElement;
  @query('.light') private light!: HTMLCanvasElement;
  @query('.snow') private snow!: HTMLCanvasElement;
  @query('.globe') private globe!: HTMLElement;
  private readonly blurred = Object.assign(document.createElement('canvas'), { width: 32, height: 32 }); // the film, very small
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
      <figure
        class="globe"
        @pointerdown=${this.grasp}
        @pointermove=${this.drag}
        @pointerup=${this.letGo}
        @pointercancel=${this.letGo}
      >
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
          <canvas class="light" width="48" height="48" aria-hidden="true"></canvas>
          <canvas class="snow" width="1" height="1" aria-hidden="true"></canvas>
          <div class="shine" aria-hidden="true"></div>
          ${empty ? html`<p class="empty">${run ? strings.noClip : strings.idle}</p>` : nothing}
        </div>
        <figcaption class="foot numbers"><span>${empty ? html`&nbsp;` : place}</span></figcaption>
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
    this.paintLight();
  }

  /**
   * What lies around the film in the glass: beside it its outermost colours, and further out what most of the row shows, or else a thing
   * that crosses the edge would be a streak across the glass. Blurred first: a star at the edge, too.
   */
  private paintLight(): void {
    const { canvas, blurred, light } = this;
    const small = blurred.getContext('2d', { willReadFrequently: true })!;
    small.imageSmoothingQuality = 'high';
    small.drawImage(canvas, 0, 0, blurred.width, blurred.height);
    const film = small.getImageData(0, 0, blurred.width, blurred.height);
    const share = (name: string) => Number(this.style.getPropertyValue(name));
    const around = surroundings(film, light.width, share('--window-width'), share('--window-height'));
    light.getContext('2d')!.putImageData(around, 0, 0);
  }

  private grasped: number | null = null; // where the pointer took hold of the globe, in CSS pixels
  private readonly hand = new ToAndFro(turnPixels);

  /** In the hand: dragged to and fro it is shaken, and it gives way a little to every pull. */
  private grasp(event: PointerEvent): void {
    if (event.button > 0) return;
    this.grasped = event.clientX;
    this.hand.begin(event.clientX);
    this.globe.setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (this.grasped === null) return;
    const pull = event.clientX - this.grasped;
    if (!prefersCalm()) this.globe.style.translate = `${24 * Math.tanh(pull / 60)}px`;
    if (this.hand.at(event.clientX, event.timeStamp)) void this.studio.runs.shake();
  }

  private letGo(): void {
    this.grasped = null;
    this.globe.style.translate = '';
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
