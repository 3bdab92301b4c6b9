/**
 * <inside-walk>: one picture of a whole step, from the words and the noisy clip to the next clip. Each station opens on
 * press: its numbers for the chosen patch, its formula, and its lines in the code.
 *
 * What it is not: it works out nothing (sessions/inside/walk.ts does).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { insideOf, type Inside, type Look } from '../../sessions/inside/inside';
import { shapeOf, type Station, type Walk } from '../../sessions/inside/walk';
import { walkStrings } from '../../i18n/walk';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { partStyles } from './part-styles';
import './source-lines';
import { walkEquation } from './walk-equations';

@customElement('inside-walk')
export class InsideWalk extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .map {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 15rem));
        gap: var(--space-1) var(--space-4);
        justify-content: center;
      }
      ol {
        display: grid;
        gap: var(--space-1);
        align-content: end;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .map > .from {
        align-self: end;
        color: var(--ink-soft);
        font-size: var(--text-s);
        text-align: center;
      }
      .both {
        grid-column: 1 / -1;
        inline-size: min(100%, 18rem);
        justify-self: center;
      }
      .stack {
        padding: var(--space-2);
        border: 2px solid var(--line-strong);
        border-radius: var(--radius-m);
        background: var(--sunken);
        box-shadow:
          4px 4px 0 -1px var(--sunken),
          4px 4px 0 0 var(--line-strong);
      }
      .stack > p {
        margin-block-end: var(--space-1);
        font-size: var(--text-s);
        text-align: center;
      }
      /* The way down, drawn between two stations. */
      li + li::before,
      .both::before {
        content: '';
        display: block;
        inline-size: 0;
        block-size: var(--space-3);
        margin: 0 auto var(--space-1);
        border-inline-start: 2px solid var(--line-strong);
      }
      li button {
        display: grid;
        inline-size: 100%;
        padding: var(--space-2);
        line-height: 1.25;
      }
      li small {
        font-size: var(--text-xs);
        color: var(--ink-soft);
        font-weight: 400;
      }
      li button[aria-expanded='true'] {
        border-color: var(--ember);
        box-shadow: 0 0 0 2px var(--ember);
      }
      .open {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      th,
      td {
        padding: 0 var(--space-3) 0 0;
        text-align: end;
      }
      @media (forced-colors: active) {
        li button[aria-expanded='true'] {
          outline: 3px solid Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const words = walkStrings(this.strings);
    const inside = insideOf(this.studio);
    const [look, walk] = [inside.look.value, inside.walk.value];
    if (!look || !walk) return nothing;
    const list = (...stations: Station[]) => stations.map((station) => this.station(inside, walk, station));
    return html`
      <div class="map" role="group" aria-label=${words.picture}>
        <p class="from">${words.prompt}</p>
        <p class="from">${words.clip}</p>
        <ol>
          ${list('words', 'encoder', 'keys')}
        </ol>
        <ol>
          ${list('patches', 'tokens', 'level')}
        </ol>
        <div class="both stack">
          <p>${words.blocks(walk.depth)}</p>
          <ol>
            ${list('attention', 'mlp')}
          </ol>
        </div>
        <ol class="both">
          ${list('head', 'guess', 'next')}
        </ol>
      </div>
      <div id="open" role="region" aria-live="polite" aria-label=${this.name(inside)}>
        ${inside.station.value ? this.open(inside.station.value, walk, look) : nothing}
      </div>
    `;
  }

  private name(inside: Inside): string {
    const words = walkStrings(this.strings);
    return inside.station.value ? words.names[inside.station.value] : words.picture;
  }

  private station(inside: Inside, walk: Walk, station: Station): TemplateResult {
    const words = walkStrings(this.strings);
    const open = inside.station.value === station;
    return html`<li>
      <button
        aria-expanded=${open}
        aria-controls="open"
        data-station=${station}
        @click=${() => inside.openStation(open ? null : station)}
      >
        ${words.names[station]} <small class="numbers">${words.shape(shapeOf(station, walk))}</small>
      </button>
    </li>`;
  }

  private open(station: Station, walk: Walk, { run }: Look): TemplateResult {
    const { strings } = this;
    const words = walkStrings(strings);
    const equation = walkEquation(station, walk, run, strings);
    const inBlocks = station === 'attention' || station === 'mlp';
    return html`<div class="open">
      <h4>${words.names[station]}</h4>
      <p class="numbers">${words.says[station](walk)}</p>
      ${inBlocks ? this.passages(walk) : nothing}
      ${
        equation === nothing
          ? nothing
          : html`<details>
              <summary>${words.formula}</summary>
              <div class="scroll" tabindex="0" role="group" aria-label=${words.formula}>${equation}</div>
            </details>`
      }
      ${station === 'next' ? nothing : html`<source-lines .station=${station} .words=${words}></source-lines>`}
    </div>`;
  }

  /** What each block does to the chosen token. */
  private passages(walk: Walk): TemplateResult {
    const words = walkStrings(this.strings);
    const { block, ...parts } = words.columns;
    const names = Object.keys(parts) as (keyof typeof parts)[];
    return html`
      <p class="numbers">${words.most(walk)}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.table}>
        <table class="numbers">
          <caption>
            ${words.table}
          </caption>
          <thead>
            <tr>
              <th scope="col">${block}</th>
              ${names.map((name) => html`<th scope="col">${parts[name]}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${walk.passages.map(
              (passage) =>
                html`<tr>
                  <th scope="row">${passage.block + 1}</th>
                  ${names.map((name) => html`<td>${words.number(passage[name])}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-walk': InsideWalk;
  }
}
