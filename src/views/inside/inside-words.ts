/**
 * <inside-words>: the learned vectors of the words on a plane, and which words lie near a chosen one. A press on a word, or the
 * list beside the picture, chooses it.
 *
 * What it is not: it works out nothing (sessions/inside/words-map.ts does).
 */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  kindOf,
  kinds,
  wordsMapOf,
  type Placed,
  type WordPlaces,
  type WordsMap,
} from '../../sessions/inside/words-map';
import { wordsMapStrings } from '../../i18n/words-map';
import { StudioElement } from '../../ui/element';
import { legend, shared } from '../../ui/shared';
import './inside-slide';
import { partStyles } from './part-styles';

/** How many neighbours are named. */
const named = 5;

const [width, height, margin] = [640, 420, 40];

@customElement('inside-words')
export class InsideWords extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    legend,
    css`
      svg {
        display: block;
        inline-size: 100%;
        min-inline-size: 34rem;
        block-size: auto;
        border-radius: var(--radius-s);
        background: var(--sunken);
      }
      svg text {
        font-size: 13px;
        fill: var(--ink);
        text-anchor: middle;
        cursor: pointer;
      }
      svg .here {
        font-weight: 700;
        text-decoration: underline;
      }
      line {
        stroke: var(--line-strong);
      }
      .colour {
        --kind: #c2410c;
      }
      .thing {
        --kind: #1d6fc4;
      }
      .size {
        --kind: #7c5cc4;
      }
      .motion {
        --kind: #1c8a5a;
      }
      .place {
        --kind: #a3760b;
      }
      .other {
        --kind: #7d8794;
      }
      circle {
        fill: var(--kind);
      }
      .legend span {
        inline-size: 0.8rem;
        block-size: 0.8rem;
        border-radius: 50%;
        background: var(--kind);
        forced-color-adjust: none;
      }
      label {
        display: grid;
        gap: var(--space-1);
        inline-size: min(100%, 14rem);
        font-size: var(--text-s);
        font-weight: 600;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const words = wordsMapStrings(this.strings);
    const places = wordsMapOf(this.studio);
    const map = places.map.value;
    if (map) return this.map(places, map);
    const ready = this.state.engine.value.phase === 'ready';
    return html`
      <p>
        <button ?disabled=${!ready} @click=${() => places.open()}>${words.open}</button>
        ${ready ? nothing : html`<span class="help">${words.needsNetwork}</span>`}
      </p>
      <p role="alert">${places.fault.value ? words.failed : nothing}</p>
    `;
  }

  private map(places: WordPlaces, map: WordsMap): TemplateResult {
    const words = wordsMapStrings(this.strings);
    const chosen = places.chosen.value;
    const near = places.neighbours.value;
    const { near: own, of } = places.together.value!;
    return html`
      <p class="help">${words.plane(map.share)}</p>
      <div class="scroll" tabindex="0" role="group" aria-label=${words.title}>${this.plane(places, map)}</div>
      <ul class="legend">
        ${kinds.map((kind) => html`<li class=${kind}><span></span>${words.kinds[kind]}</li>`)}
      </ul>
      <label
        >${words.word}
        <select lang="en" @change=${(event: Event) => places.choose((event.target as HTMLSelectElement).value)}>
          ${map.words.map(({ word }) => html`<option .selected=${live(word === chosen)}>${word}</option>`)}
        </select></label
      >
      <p role="status" class="numbers">
        ${near.length > 0 ? `${words.nearest(chosen, near.slice(0, named))} ${words.farthest(chosen, near[near.length - 1])}` : nothing}
        ${words.together(own, of, kindOf(chosen))}
      </p>
      <inside-slide .studio=${this.studio} .strings=${this.strings}></inside-slide>
    `;
  }

  private plane(places: WordPlaces, map: WordsMap): TemplateResult {
    const words = wordsMapStrings(this.strings);
    const chosen = places.chosen.value;
    const near = new Set(places.neighbours.value.slice(0, named).map(({ word }) => word));
    const at = scaled(map.words);
    const here = map.words.findIndex(({ word }) => word === chosen);
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${words.picture(map.words.length)}>
      ${map.words.map(({ word }, i) =>
        here >= 0 && near.has(word)
          ? svg`<line x1=${at[here][0]} y1=${at[here][1]} x2=${at[i][0]} y2=${at[i][1]} />`
          : nothing,
      )}
      ${map.words.map(
        ({ word, kind }, i) =>
          svg`<g class=${kind} @click=${() => places.choose(word)}>
            <circle cx=${at[i][0]} cy=${at[i][1]} r="4" />
            <text class=${word === chosen ? 'here' : ''} x=${at[i][0]} y=${at[i][1] - 7}>${word}</text>
          </g>`,
      )}
    </svg>`;
  }
}

/** Places within the picture; each axis fills it. */
function scaled(words: readonly Placed[]): readonly (readonly [x: number, y: number])[] {
  const along = (axis: 0 | 1, length: number) => {
    const all = words.map(({ at }) => at[axis]);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return (value: number) => margin + ((value - low) / (high - low || 1)) * (length - 2 * margin);
  };
  const [x, y] = [along(0, width), along(1, height)];
  return words.map(({ at }) => [Math.round(x(at[0])), Math.round(y(at[1]))]);
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-words': InsideWords;
  }
}
