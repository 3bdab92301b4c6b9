/**
 * <what-we-see>: what a reader that knows only the pixels finds in the film: one sentence for each thing, and, on demand, what
 * was asked beside it, word by word; how each thing moves, in plots; when what was decided; and who says so.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { phraseOf, undecided, type Group, type Line, type Mark } from '../../judging/comparison';
import { verdictsOf } from '../../judging/verdict';
import type { Reading, SeenObject } from '../../reading/types';
import '../decided-plot/decided-plot';
import { StudioElement } from '../element';
import '../motion-plots/motion-plots';
import { sayFault } from '../say-fault';
import { sayVerdict } from '../say-verdict';
import { shared } from '../shared';

/** Shape and word differ, never colour alone. */
const signs: Record<Mark, string> = { right: '✓', wrong: '✗', undecided: '?', absent: '–' };

@customElement('what-we-see')
export class WhatWeSee extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
        container-type: inline-size;
        align-content: start;
      }
      header {
        display: grid;
        gap: var(--space-1);
      }
      h2:focus {
        outline: none;
      }
      .both {
        display: grid;
        gap: var(--space-5);
        grid-template-columns: minmax(0, 1fr);
        align-items: start;
      }
      @container (min-inline-size: 60rem) {
        .both {
          --words: 23rem;
        }
      }
      @container (min-inline-size: 40rem) {
        .both {
          grid-template-columns: minmax(0, var(--words, 19rem)) minmax(0, 1fr);
          gap: var(--space-5) var(--space-6);
        }
      }
      table {
        inline-size: 100%;
        line-height: 1.35;
      }
      th,
      td {
        padding: var(--space-1) var(--space-2) var(--space-1) 0;
        border-block-end: 1px solid var(--line);
        text-align: start;
        vertical-align: baseline;
        font-weight: 400;
      }
      th[scope='row'],
      thead th {
        color: var(--ink-soft);
      }
      tbody + tbody th[scope='rowgroup'],
      th[scope='rowgroup'] {
        padding-block-start: var(--space-3);
        font-weight: 600;
      }
      td.seen {
        font-weight: 600;
      }
      td.unasked,
      .unasked + td,
      .unasked ~ td {
        color: var(--ink-soft);
        font-weight: 400;
      }
      .mark {
        white-space: nowrap;
      }
      .mark b {
        display: inline-grid;
        place-items: center;
        inline-size: 1.3em;
        block-size: 1.3em;
        margin-inline-end: var(--space-1);
        border: 1.5px solid currentColor;
        border-radius: 50%;
        font-size: 0.85em;
        line-height: 1;
      }
      .right {
        color: var(--good);
      }
      .wrong,
      .absent {
        color: var(--bad);
      }
      .wrong b,
      .absent b {
        border-radius: 2px;
      }
      .undecided {
        color: var(--ink-soft);
      }
      .undecided b {
        border-style: dashed;
      }
      .rest[open] > summary {
        margin-block-end: var(--space-4);
      }
      decided-plot {
        margin-block-start: var(--space-5);
      }
      .motion {
        display: grid;
        gap: var(--space-3);
      }
      .verdicts,
      .beside {
        display: grid;
        gap: var(--space-2);
        align-content: start;
        min-inline-size: 0;
      }
      .verdict {
        font-size: var(--text-l);
        line-height: 1.35;
        text-wrap: pretty;
      }
      .verdict .lead {
        color: var(--ink-soft);
      }
      .verdict .lead::after {
        content: ':';
      }
      .verdict small {
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      .which {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .who p + p {
        margin-block-start: var(--space-2);
      }
      .who p {
        max-inline-size: 44rem;
      }
      .fault {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-2) var(--space-3);
        border: 1px solid var(--bad);
        border-radius: var(--radius-s);
        background: var(--bad-wash);
        font-size: var(--text-s);
      }
      .fault .text {
        flex: 1 1 16rem;
      }
    `,
  ];

  /** Which thing the plots show. */
  @state() private chosen = 0;

  /** Whoever is sent here wants to see all of it. */
  override focus(): void {
    const rest = this.renderRoot.querySelector<HTMLDetailsElement>('.rest');
    if (rest) rest.open = true;
    this.renderRoot.querySelector('h2')?.focus();
    this.scrollIntoView({ block: 'start' });
  }

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    const { seen } = strings;
    const { seeing } = studio;
    const run = this.state.run.value;
    const reading = seeing.reading.value;
    const step = seeing.readStep.value;
    const steps = run?.settings.steps ?? 0;
    const end = step === steps - 1 && this.state.row.value !== step;
    return html`
      <header>
        <h2 tabindex="-1">${seen.title}</h2>
        <p class="help">${seen.help}</p>
        <div role="status">${this.fault()}</div>
      </header>
      ${
        !run || step === null
          ? html`<p class="help">${strings.idle}</p>`
          : !reading
            ? html`<p class="help">${seeing.fault.value ? seen.nothing : seen.looking}</p>`
            : this.found(reading, end ? seen.atEnd : seen.at(step, steps))
      }
      <details class="rest">
        <summary>${seen.rest}</summary>
        ${reading ? this.exactly(reading) : nothing}
        <decided-plot .studio=${studio} .strings=${strings}></decided-plot>
      </details>
    `;
  }

  /** In a sentence for each thing. */
  private found(reading: Reading, where: string): TemplateResult {
    const { strings } = this;
    const { seen } = strings;
    const { objects } = reading;
    const verdicts = verdictsOf(reading);
    return html`
      <div class="verdicts numbers">
        <p class="help">${where}</p>
        ${objects.length === 0 ? html`<p class="verdict">${reading.seen ? seen.noThing : seen.nothing}</p>` : nothing}
        ${objects.map((object, index) => {
          const { kind } = verdicts[index];
          return html`<p class="verdict">
            <span class="lead">${this.nameOf(object)}</span>
            ${sayVerdict(verdicts[index], strings)}
            ${kind === 'unclear' ? nothing : html`<small>${seen.stray(object.law.residual * reading.shape.height)}</small>`}
          </p>`;
        })}
      </div>
    `;
  }

  /** Word by word, and how each thing moves. */
  private exactly({ objects }: Reading): TemplateResult {
    const { strings, studio } = this;
    const { seen } = strings;
    const comparison = studio.seeing.comparison.value;
    const chosen = Math.min(this.chosen, objects.length - 1);
    return html`
      <div class="both">
        <div class="beside">
          ${comparison ? this.words(comparison.groups) : nothing}
          <details class="who">
            <summary>${seen.who}</summary>
            ${seen.whoText.map((text) => html`<p class="help">${text}</p>`)}
          </details>
        </div>
        ${
          objects.length > 0
            ? html`<div class="motion">
                <h3>${seen.plots}</h3>
                ${objects.length > 1 ? this.which(objects, chosen) : nothing}
                <motion-plots .studio=${studio} .strings=${strings} .object=${chosen}></motion-plots>
              </div>`
            : nothing
        }
      </div>
    `;
  }

  private which(objects: readonly SeenObject[], chosen: number): TemplateResult {
    const { seen } = this.strings;
    return html`<div class="which" role="group" aria-label=${seen.whichThing}>
      ${objects.map(
        (object, index) =>
          html`<button class="chip" aria-pressed=${index === chosen} @click=${() => (this.chosen = index)}>
            ${this.nameOf(object)}
          </button>`,
      )}
    </div>`;
  }

  private nameOf({ colour, thing }: SeenObject): string {
    const told = (word: string) => (word === undecided ? null : word);
    return this.strings.world.named(told(colour), told(thing));
  }

  private words(groups: readonly Group[]): TemplateResult {
    const { seen } = this.strings;
    const things = groups.filter(({ whole }) => !whole).length;
    return html`<table>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">${seen.word}</span></th>
          <th scope="col">${seen.asked}</th>
          <th scope="col">${seen.seen}</th>
          <th scope="col"><span class="unseen">${seen.marks.right}?</span></th>
        </tr>
      </thead>
      ${groups.map(
        ({ whole, lines }, index) =>
          html`<tbody>
            ${
              things > 1
                ? html`<tr>
                    <th scope="rowgroup" colspan="4">${whole ? seen.wholeFilm : seen.thingNumber(index + 1)}</th>
                  </tr>`
                : nothing
            }
            ${lines.map((line) => this.line(line))}
          </tbody>`,
      )}
    </table>`;
  }

  private line({ attribute, asked, seen, mark }: Line): TemplateResult {
    const { seen: words, world } = this.strings;
    const say = (word: string) =>
      word === 'none' ? words.none : word === 'stands' ? words.cameraStands : world.phrase(phraseOf(attribute, word));
    const found = seen === null || seen === undecided ? '–' : say(seen);
    if (mark === null)
      return html`<tr>
        <th scope="row">${words.attributes[attribute]}</th>
        <td class="unasked">–</td>
        <td class="seen">${seen === undecided ? words.marks.undecided : found}</td>
        <td>${words.notAsked}</td>
      </tr>`;
    return html`<tr>
      <th scope="row">${words.attributes[attribute]}</th>
      <td>${asked === null ? '–' : say(asked)}</td>
      <td class="seen">${found}</td>
      <td class="mark ${mark}"><b aria-hidden="true">${signs[mark]}</b>${words.marks[mark]}</td>
    </tr>`;
  }

  private fault(): TemplateResult | typeof nothing {
    const fault = this.studio.seeing.fault.value;
    if (!fault) return nothing;
    const { cause, next, detail } = sayFault(fault, this.strings, 'ReaderError');
    return html`<div class="fault">
      <div class="text">
        <p>${this.strings.seen.fault} ${cause} ${next}</p>
        ${detail}
      </div>
      <button @click=${() => this.studio.seeing.retry()}>${this.strings.retry}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'what-we-see': WhatWeSee;
  }
}
