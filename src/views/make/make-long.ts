/**
 * <make-long>: a film that is longer than what the network makes at once: it goes on clip by clip, plays, and shows how it
 * drifts from what it began with, in a sentence and clip by clip.
 */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { flickers } from '../../judging/flicker';
import type { Stop } from '../../sessions/make/drift';
import { makeOf, type Make } from '../../sessions/make/make';
import { framesPerSecond } from '../../sessions/make/source';
import { filmRate, snowRate } from '../../app/state';
import { makeStrings } from '../../i18n/make';
import type { Film } from '../../making/given';
import '../../ui/clip-picture/clip-picture';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';

type EndedStop = Stop & { readonly end: number };

@customElement('make-long')
export class MakeLong extends StudioElement {
  static override styles = [
    shared,
    css`
      :host,
      .film {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
      }
      .film clip-picture {
        max-inline-size: 12rem;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .plot {
        inline-size: 100%;
        block-size: 5rem;
        border-block-end: 1px solid var(--line-strong);
        overflow: visible;
      }
      .colour {
        fill: var(--ice);
      }
      .lost {
        stroke: var(--bad);
        stroke-width: 2;
      }
      .scroll {
        overflow-x: auto;
      }
      th,
      td {
        padding: 2px var(--space-3) 2px 0;
        text-align: start;
        font-weight: 450;
        white-space: nowrap;
      }
      thead th {
        font-weight: 600;
      }
    `,
  ];

  @own() private frame = 0;
  @own() private playing = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  private get make(): Make {
    return makeOf(this.studio);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.play(null);
  }

  protected override render(): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const [toCome, source, film] = [make.toCome.value, make.source.value, make.whole.value];
    const idle = this.state.engine.value.phase === 'ready' && source !== null && toCome === 0;
    return html`
      <h3>${words.goOn}</h3>
      <p class="help">${words.goOnHelp}</p>
      <div class="buttons">
        <button ?disabled=${!idle} @click=${() => this.goOn(1)}>${words.more}</button>
        <button ?disabled=${!idle} @click=${() => this.goOn(make.clipsToMinute.value)}>${words.minute}</button>
        ${toCome > 0 ? html`<button @click=${() => make.stop()}>${words.stop}</button>` : nothing}
        <span class="help" role="status">${toCome > 0 ? words.toCome(toCome) : ''}</span>
      </div>
      ${film ? this.film(film) : nothing} ${make.drift.value.length > 0 ? this.drift(make.drift.value) : nothing}
    `;
  }

  private goOn(clips: number): void {
    toStage(this);
    void this.make.goOn(clips);
  }

  /** It plays when somebody presses, never by itself. */
  private film(film: Film): TemplateResult {
    const words = makeStrings(this.strings);
    const { clip, shape } = film;
    const frame = Math.min(this.frame, shape.frames - 1);
    const seconds = words.at(frame / framesPerSecond);
    return html`<div class="film">
      <p class="label">${words.whole(shape.frames / framesPerSecond)}</p>
      <clip-picture .clip=${clip} .shape=${shape} .frame=${frame} label=${`${words.place}: ${seconds}`}></clip-picture>
      <div class="buttons">
        <button @click=${() => this.play(this.playing ? null : film)}>
          ${this.playing ? words.pause : words.play}
        </button>
      </div>
      <input
        type="range"
        min="0"
        max=${shape.frames - 1}
        aria-label=${words.place}
        aria-valuetext=${seconds}
        .value=${live(String(frame))}
        @input=${(event: Event) => {
          this.play(null);
          this.frame = Number((event.target as HTMLInputElement).value);
        }}
      />
    </div>`;
  }

  private play(film: Film | null): void {
    clearInterval(this.timer);
    this.playing = film !== null;
    if (!film) return;
    const rate = flickers(film.clip, film.shape) ? snowRate : filmRate;
    this.timer = setInterval(() => {
      if (!document.hidden) this.frame = (this.frame + 1) % film.shape.frames;
    }, 1000 / rate);
  }

  private drift(stops: readonly EndedStop[]): TemplateResult {
    const words = makeStrings(this.strings);
    const seconds = ({ end }: EndedStop) => end / framesPerSecond;
    const from = (lost: (stop: EndedStop) => boolean) => {
      const first = stops.find(lost);
      return first ? seconds(first) : null;
    };
    const last = stops[stops.length - 1];
    const [thing, law] = [from((stop) => stop.thing === 'lost'), from((stop) => stop.law === 'lost')];
    return html`
      <h3>${words.drift}</h3>
      <p role="status">${words.driftSaid({ seconds: seconds(last), thing, law, colour: last.colour })}</p>
      ${plot(stops)}
      <details>
        <summary>${words.numbers}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${words.drift}>
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">${words.upTo}</th>
                <th scope="col">${words.driftRows.thing}</th>
                <th scope="col">${words.driftRows.colour}</th>
                <th scope="col">${words.driftRows.law}</th>
              </tr>
            </thead>
            ${stops.map(
              (stop) =>
                html`<tr>
                  <th scope="row">${words.at(seconds(stop))}</th>
                  <td>${words.driftMarks[stop.thing]}</td>
                  <td>${stop.colour === null ? words.driftMarks.undecided : words.percents(stop.colour)}</td>
                  <td>${words.driftMarks[stop.law]}</td>
                </tr>`,
            )}
          </table>
        </div>
      </details>
    `;
  }
}

/** How far the colour is from the first, clip by clip, of a quarter of black to white; crossed where it is another thing, or moves by no law. */
function plot(stops: readonly Stop[]): TemplateResult {
  const wide = 100 / stops.length;
  return html`<svg class="plot" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    ${stops.map(({ colour, thing, law }, i) => {
      const high = 100 * Math.min(1, 4 * (colour ?? 0));
      const cross = (y: number) => svg`<path class="lost" vector-effect="non-scaling-stroke" d="M${(i + 0.25) * wide} ${y}h${wide / 2}" />`; // prettier-ignore
      return svg`
        <rect class="colour" x=${(i + 0.15) * wide} width=${0.7 * wide} y=${100 - high} height=${high} />
        ${thing === 'lost' ? cross(4) : nothing} ${law === 'lost' ? cross(14) : nothing}`;
    })}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'make-long': MakeLong;
  }
}
