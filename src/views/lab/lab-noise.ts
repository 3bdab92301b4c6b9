/**
 * <lab-noise>: what can be done to the snow before the run, with the snow and the film one under the other. The operations
 * are settings like any other; the part of the picture and the second seed are only tools and stay here.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  areas,
  blended,
  boxBetween,
  boxOf,
  deeds,
  done,
  noiseOf,
  regionOf,
  spans,
  without,
  type Area,
  type Box,
  type Deed,
  type Span,
} from '../../lab/noise';
import { readNumber, specs, type Settings } from '../../settings/settings';
import { clipAt, isComplete } from '../../app/state';
import { labStrings } from '../../i18n/lab';
import type { ClipShape, Region, StartOperation } from '../../sampling/types';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';

@customElement('lab-noise')
export class LabNoise extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        container-type: inline-size;
      }
      .bench {
        display: grid;
        gap: var(--space-4) var(--space-5);
      }
      @container (min-inline-size: 40rem) {
        .bench {
          grid-template-columns: minmax(0, 17rem) minmax(0, 1fr);
        }
      }
      .snow {
        position: relative;
        cursor: crosshair;
        touch-action: none;
      }
      .box {
        position: absolute;
        inset-inline-start: calc(var(--x) * 100%);
        inset-block-start: calc(var(--y) * 100%);
        inline-size: calc(var(--w) * 100%);
        block-size: calc(var(--h) * 100%);
        box-shadow:
          inset 0 0 0 2px var(--cursor),
          inset 0 0 0 4px var(--ember);
        pointer-events: none;
      }
      .strip {
        display: grid;
        grid-template-columns: repeat(var(--frames, 16), minmax(0, 1fr));
        gap: 2px;
        margin-block: var(--space-1) var(--space-2);
      }
      @container (max-inline-size: 30rem) {
        .strip {
          grid-template-columns: repeat(min(8, var(--frames, 16)), minmax(0, 1fr));
        }
      }
      .tools {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
        gap: var(--space-2) var(--space-3);
        align-items: end;
      }
      .tools label {
        display: grid;
        gap: 2px;
        font-size: var(--text-s);
      }
      .deeds,
      .ends {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        margin-block-start: var(--space-3);
      }
      .deeds button {
        min-block-size: 2.5rem;
        font-size: var(--text-s);
        text-align: start;
      }
      ol {
        display: grid;
        gap: var(--space-2);
        margin: 0;
        padding-inline-start: 1.4em;
        font-size: var(--text-s);
      }
      li > div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-3);
        align-items: center;
      }
      li input {
        inline-size: 10rem;
      }
      li button {
        min-block-size: 2.25rem;
      }
    `,
  ];

  @own() private area: Area | 'drawn' = 'middle';
  @own() private span: Span = 'all';
  @own() private otherSeed = 8;
  @own() private drawn: Box | null = null;
  private corner: readonly [number, number] | null = null;
  private made: { key: string; noise: Float32Array | undefined } = { key: '', noise: undefined };

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const engine = state.engine.value;
    const run = state.run.value;
    const shape = studio.engine.shapeOf(state.settings.value) ?? run?.shape;
    if (!shape) return html`<p class="help">${lab.nothingYet}</p>`;
    const settings = state.settings.value;
    const noise = this.noise(settings, shape);
    const frame = Math.min(state.frame.value, shape.frames - 1);
    const film = run && isComplete(run) ? clipAt(run, run.steps.length, 'x') : undefined;
    const ready = engine.phase === 'ready';
    return html`
      <div class="bench">
        <div>
          <div
            class="snow"
            @pointerdown=${(event: PointerEvent) => this.draw_(event, shape, true)}
            @pointermove=${(event: PointerEvent) => this.draw_(event, shape, false)}
            @pointerup=${() => (this.corner = null)}
            @pointercancel=${() => (this.corner = null)}
          >
            <clip-picture .clip=${noise} .shape=${shape} .frame=${frame} label=${lab.bigSnow(frame + 1)}></clip-picture>
            <div class="box"></div>
          </div>
          ${noise ? nothing : html`<p class="help">${lab.unfit}</p>`}
        </div>
        <div>${this.tools(settings, frame, shape)}</div>
      </div>
      ${this.list(settings)}
      <div>
        <p class="label">${lab.frameSnow}</p>
        ${this.strip(noise, shape)}
        ${
          film && run
            ? html`<p class="label">${lab.frameFilm}</p>
                ${this.strip(film, run.shape)}`
            : nothing
        }
      </div>
      <div class="ends">
        <button class="chief" ?disabled=${!ready} @click=${() => studio.runs.again()}>${strings.again}</button>
        <button ?disabled=${!ready || !run || settings.start.length === 0} @click=${() => this.compare(settings)}>
          ${lab.comparePlain}
        </button>
      </div>
    `;
  }

  /** Where something is done to the noise, and what. */
  private tools(settings: Settings, frame: number, shape: ClipShape): TemplateResult {
    const lab = labStrings(this.strings);
    return html`
      <p class="help">${lab.drawRegion}</p>
      <div class="tools">
        ${this.choice(lab.area, this.drawn ? [...areas, 'drawn' as const] : areas, this.area, lab.areas, (area) => (this.area = area))}
        ${this.choice(lab.span, spans, this.span, lab.spans, (span) => (this.span = span))}
        <label
          >${lab.otherSeed}
          <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            .value=${live(String(this.otherSeed))}
            @change=${(event: Event) => {
              const { value } = event.target as HTMLInputElement;
              this.otherSeed = readNumber(value, specs.seed)?.value ?? this.otherSeed;
              this.requestUpdate();
            }}
        /></label>
      </div>
      <div class="deeds" role="group" aria-label=${lab.tabs.noise}>
        ${deeds.map(
          (deed) => html`<button @click=${() => this.do(deed, settings, frame, shape)}>${lab.deeds[deed]}</button>`,
        )}
      </div>
    `;
  }

  protected override draw(): void {
    const { settings, run } = this.state;
    const shape = this.studio.engine.shapeOf(settings.value) ?? run.value?.shape;
    if (!shape) return;
    const { x, y, width, height } = this.boxNow(shape);
    this.style.setProperty('--x', String(x / shape.width));
    this.style.setProperty('--y', String(y / shape.height));
    this.style.setProperty('--w', String(width / shape.width));
    this.style.setProperty('--h', String(height / shape.height));
    this.style.setProperty('--frames', String(shape.frames));
  }

  private noise(settings: Settings, shape: ClipShape): Float32Array | undefined {
    const key = JSON.stringify([settings.seed, settings.start, shape]);
    if (key !== this.made.key) {
      const noise = noiseOf(settings, shape)?.map((value) => value / 3); // so that what is shown is not cut off
      this.made = { key, noise };
    }
    return this.made.noise;
  }

  private boxNow(shape: ClipShape): Box {
    const { drawn, area } = this;
    const fits = drawn && drawn.x + drawn.width <= shape.width && drawn.y + drawn.height <= shape.height;
    return area === 'drawn' && fits ? drawn : boxOf(area === 'drawn' ? 'whole' : area, shape);
  }

  private choice<T extends string>(
    label: string,
    options: readonly T[],
    chosen: T,
    names: Readonly<Record<T, string>>,
    take: (option: T) => void,
  ): TemplateResult {
    return html`<label
      >${label}
      <select @change=${(event: Event) => take((event.target as HTMLSelectElement).value as T)}>
        ${options.map((option) => html`<option value=${option} .selected=${live(option === chosen)}>${names[option]}</option>`)}
      </select></label
    >`;
  }

  private strip(clip: Float32Array | undefined, shape: ClipShape): TemplateResult {
    return html`<div class="strip" aria-hidden="true">
      ${Array.from(
        { length: shape.frames },
        (_, frame) => html`<clip-picture .clip=${clip} .shape=${shape} .frame=${frame}></clip-picture>`,
      )}
    </div>`;
  }

  private list(settings: Settings): TemplateResult | typeof nothing {
    const { strings, studio } = this;
    const lab = labStrings(strings);
    if (settings.start.length === 0) return nothing;
    return html`<div>
      <p class="label">${lab.done}</p>
      <ol>
        ${settings.start.map((operation, index) => {
          const said = this.say(operation);
          return html`<li>
            <div>
              ${said}
              ${
                operation.kind === 'blend'
                  ? html`<input
                      type="range"
                      min="0"
                      max="100"
                      aria-label=${lab.share}
                      .value=${live(String(operation.percent))}
                      @input=${(event: Event) => studio.controls.set(blended(settings, index, Number((event.target as HTMLInputElement).value)))}
                    />`
                  : nothing
              }
              <button aria-label="${lab.undo}: ${said}" @click=${() => studio.controls.set(without(settings, index))}>
                ${lab.undo}
              </button>
            </div>
          </li>`;
        })}
      </ol>
      <p class="ends"><button @click=${() => studio.controls.reset('start')}>${lab.undoAll}</button></p>
    </div>`;
  }

  private say(operation: StartOperation): string {
    const { did } = labStrings(this.strings);
    const where = ({ x, y, width, height, first, last }: Region) =>
      labStrings(this.strings).box(x, y, width, height, first + 1, last + 1);
    switch (operation.kind) {
      case 'copy':
        return did.copy(operation.from + 1, operation.first + 1, operation.last + 1);
      case 'swap':
        return did.swap(operation.a + 1, operation.b + 1);
      case 'paint':
        return did.paint(operation.seed, where(operation.region));
      case 'blend':
        return did.blend(operation.seed, operation.percent);
      case 'turn':
      case 'roll':
        return did[operation.kind](where(operation.region));
    }
  }

  private do(deed: Deed, settings: Settings, frame: number, shape: ClipShape): void {
    const region = regionOf(this.boxNow(shape), this.span, frame, shape);
    const before = settings.seed;
    this.studio.controls.set(done(deed, settings, { region, frame, other: this.otherSeed }, shape));
    if (deed === 'freeze') this.otherSeed = before; // so that the same deed leads back
  }

  private compare(settings: Settings): void {
    this.studio.lab.show('compare');
    void this.studio.lab.compare({ ...settings, start: [] });
  }

  private draw_(event: PointerEvent, shape: ClipShape, starts: boolean): void {
    if (!starts && !this.corner) return;
    const target = event.currentTarget as HTMLElement;
    const box = target.getBoundingClientRect();
    const inside = (at: number, size: number) => Math.min(size - 1, Math.max(0, Math.floor(at * size)));
    const here = [
      inside((event.clientX - box.left) / box.width, shape.width),
      inside((event.clientY - box.top) / box.height, shape.height),
    ] as const;
    if (starts) {
      this.corner = here;
      target.setPointerCapture(event.pointerId);
    }
    this.drawn = boxBetween(this.corner!, here);
    this.area = 'drawn';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-noise': LabNoise;
  }
}
