/**
 * <make-view>: a film of which parts are given. Ready-made starts, the strip on which each frame is given or made up, one press
 * that makes it on the stage, and what was measured on what came of it.
 *
 * What it is not: it works out nothing (sessions/make does).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Past } from '../../app/history';
import { formats, makeOf, type Make, type Result } from '../../sessions/make/make';
import { makeStrings } from '../../i18n/make';
import { trueFilms } from '../../making/figures';
import { mostCount, starts } from '../../making/plan';
import { isSmooth } from '../../making/seams';
import type { ClipShape } from '../../sampling/types';
import { empty, StudioElement, toStage } from '../../ui/element';
import { shared, viewLayout } from '../../ui/shared';
import './edit-words';
import type { OwnPicture } from './own-picture';
import './own-picture';
import './make-long';
import './make-part';
import './make-strip';

@customElement('make-view')
export class MakeView extends StudioElement {
  static override styles = [
    shared,
    viewLayout,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      .knobs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: var(--space-2) var(--space-4);
      }
      label {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
        min-inline-size: 0;
        font-size: var(--text-s);
      }
      .row label {
        flex: 1 1 14rem;
      }
      dl {
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-s);
      }
      dt {
        color: var(--ink-soft);
      }
    `,
  ];

  private ending?: () => void;

  private get make(): Make {
    return makeOf(this.studio);
  }

  protected override willUpdate(): void {
    this.ending ??= this.make.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending?.();
    this.ending = undefined;
  }

  protected override render(): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const { kind, hole } = make.plan.value;
    const result = make.current.value;
    const source = make.source.value;
    return html`
      <section class="card">
        <h2>${words.title}</h2>
        <p class="help">${words.help}</p>
        <div class="row" role="group" aria-label=${words.startsTitle}>
          ${starts.map(
            (start) =>
              html`<button
                class="chip"
                aria-pressed=${start === kind}
                ?disabled=${!source}
                @click=${() => make.start(start)}
              >
                ${words.starts[start]}
              </button>`,
          )}
        </div>
        <p>${kind === 'own' ? words.own : words.about[kind]}</p>
        ${source ? this.plan() : nothing}
        ${hole ? html`<make-part .studio=${this.studio} .strings=${this.strings}></make-part>` : nothing} ${this.go()}
        ${result ? this.result(result) : nothing}
      </section>
      <section class="card">${this.formats()}</section>
      ${
        source
          ? html`<section class="card">
              <make-long .studio=${this.studio} .strings=${this.strings}></make-long>
            </section>`
          : nothing
      }
      <section class="card">
        <edit-words .studio=${this.studio} .strings=${this.strings}></edit-words>
      </section>
      <section class="card">${this.sources()}</section>
    `;
  }

  /** Other lengths and shapes, of which nothing is given: a press makes one. */
  private formats(): TemplateResult {
    const words = makeStrings(this.strings);
    const { format } = this.state.settings.value;
    const shape = this.studio.engine.shapeOf({ format });
    return html`
      <h3>${words.formatsTitle}</h3>
      <div class="row" role="group" aria-label=${words.formatsTitle}>
        ${formats.map(
          (each) =>
            html`<button
              class="chip"
              aria-pressed=${each === format}
              ?disabled=${this.make.obstacle.value === 'noModel'}
              @click=${() => {
                toStage(this);
                void this.make.makeIn(each);
              }}
            >
              ${words.formats[each]}
            </button>`,
        )}
      </div>
      <p role="status">${shape ? words.formatAbout(format, shape.frames, shape.height, shape.width) : nothing}</p>
      <p class="help">${words.formatHelp}</p>
    `;
  }

  /** The strip, and the few numbers that a plan has. */
  private plan(): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const [plan, shape] = [make.plan.value, make.shape.value];
    if (!shape) return html``;
    const { kind, dx, dy, hole, frames } = plan;
    const counted = ['forward', 'backward', 'gap', 'loop', 'connect'].includes(kind);
    return html`
      ${kind === 'connect' ? this.films(words.secondFilm, make.second.value?.clip, (past) => make.takeSecond(past)) : nothing}
      <make-strip .studio=${this.studio} .strings=${this.strings}></make-strip>
      <div class="knobs">
        ${counted ? this.knob(words.count, make.count.value, [1, mostCount(shape)], String, (count) => make.giveFrames(count)) : nothing}
        ${kind === 'still' ? this.knob(words.still, (frames[0] ?? 0) + 1, [1, shape.frames], String, (at) => make.giveStill(at - 1)) : nothing}
        ${kind === 'shift' ? this.moves(dx, dy, shape) : nothing}
      </div>
      ${
        hole || kind === 'still'
          ? nothing
          : html`<div><button class="chip" @click=${() => make.markMiddle()}>${words.markPart}</button></div>`
      }
    `;
  }

  private moves(dx: number, dy: number, { width, height }: ClipShape): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const most = (size: number): [number, number] => [-Math.floor((3 * size) / 4), Math.floor((3 * size) / 4)];
    return html`
      ${this.knob(words.right, dx, most(width), words.pixels, (value) => make.move(value, dy))}
      ${this.knob(words.down, dy, most(height), words.pixels, (value) => make.move(dx, value))}
    `;
  }

  private knob(
    label: string,
    value: number,
    [min, max]: readonly [number, number],
    say: (value: number) => string,
    take: (value: number) => void,
  ): TemplateResult {
    return html`<label
      >${label}: ${say(value)}
      <input
        type="range"
        min=${min}
        max=${max}
        aria-valuetext=${say(value)}
        .value=${live(String(value))}
        @input=${(event: Event) => take(Number((event.target as HTMLInputElement).value))}
      />
    </label>`;
  }

  /** One press, or what is in its way. */
  private go(): TemplateResult {
    const words = makeStrings(this.strings);
    const { make, state } = this;
    const obstacle = make.obstacle.value;
    const { prompt } = state.request.value;
    return html`
      <div class="row">
        <button class="chief" ?disabled=${obstacle !== null} @click=${() => this.makeIt()}>${words.make}</button>
        ${obstacle === 'noModel' ? html`<button @click=${() => void make.load()}>${words.load}</button>` : nothing}
        <span class="help" role="status">
          ${obstacle ? words.obstacles[obstacle] : prompt.trim() ? words.makeHelp(prompt) : words.noWords}
        </span>
      </div>
      ${obstacle ? nothing : html`<p class="help">${words.quiet}</p>`}
    `;
  }

  private makeIt(): void {
    toStage(this);
    void this.make.make();
  }

  private result({ off, decibels, seams: { time, space }, plan }: Result): TemplateResult {
    const words = makeStrings(this.strings);
    const share = plan.kind === 'own' ? null : trueFilms[plan.kind];
    return html`
      <p role="status">
        ${words.kept(off)} ${time ? words.seam(isSmooth(time, 'time'), time.seam, time.usual, time.most) : nothing}
        ${space ? words.edge(isSmooth(space, 'space'), space.seam, space.most) : nothing}
      </p>
      <details>
        <summary>${words.numbers}</summary>
        <dl class="numbers">
          <div>
            <dt>${words.decibels}</dt>
            <dd>${words.dB(decibels)}</dd>
          </div>
          ${(
            [
              [words.timeSeam, time],
              [words.spaceSeam, space],
            ] as const
          ).map(([name, seam]) =>
            seam
              ? html`<div>
                  <dt>${name}</dt>
                  <dd>${words.percents(seam.seam)}</dd>
                  <dt>${words.elsewhere}</dt>
                  <dd>${words.percents(seam.usual, seam.most)}</dd>
                </div>`
              : nothing,
          )}
        </dl>
        ${share === null ? nothing : html`<p class="help">${words.trueFilms(share)}</p>`}
      </details>
    `;
  }

  /** What is given: a film of this visit, or the one on the stage. */
  private sources(): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const source = make.source.value;
    return html`
      <h3>${words.source}</h3>
      ${source ? html`<p class="help">${words.sourceNow(source.prompt)} ${source.way?.picture ? words.pictureInLink : nothing}</p>` : nothing}
      <div class="row">
        ${this.films(words.ofVisit, source?.clip, (past) => make.take(past))}
        <button ?disabled=${!this.state.filled.value} @click=${() => make.takeStage()}>${words.stage}</button>
      </div>
      <details>
        <summary>${words.ownPicture}</summary>
        <own-picture
          .studio=${this.studio}
          .strings=${this.strings}
          @picture=${({ detail }: CustomEvent<OwnPicture>) => make.takePicture(detail.frames, detail.count)}
        ></own-picture>
      </details>
    `;
  }

  private films(label: string, chosen: Float32Array | undefined, take: (past: Past) => void): TemplateResult {
    const words = makeStrings(this.strings);
    const past = this.state.history.value;
    const known = past.some(({ clip }) => clip === chosen);
    return html`<label
      >${label}
      <select
        ?disabled=${past.length === 0}
        @change=${(event: Event) => {
          const field = event.target as HTMLSelectElement;
          const film = past[field.selectedIndex - 1];
          if (film) take(film);
          else empty(field);
        }}
      >
        <option value="" .selected=${live(!known)}>${words.choose}</option>
        ${past.map(
          ({ prompt, settings, clip }) =>
            html`<option .selected=${live(clip === chosen)}>
              ${this.strings.history.film(prompt, settings.seed)}
            </option>`,
        )}
      </select></label
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'make-view': MakeView;
  }
}
