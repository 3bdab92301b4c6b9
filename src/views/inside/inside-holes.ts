/**
 * <inside-holes>: in how many films the words of a field of the map come out right, beside those of the fields next to it.
 *
 * What it is not: it draws and judges nothing (sessions/inside/holes.ts does).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { filmsEach, holesOf, type Tally } from '../../sessions/inside/holes';
import { noSpeed, phraseOf, seenOf, type Axis } from '../../sessions/inside/seen';
import { seenStrings } from '../../i18n/seen';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { sayJob, sayJobFault } from './job';
import { partStyles } from './part-styles';

@customElement('inside-holes')
export class InsideHoles extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      th,
      td {
        padding: 0 var(--space-4) 0 0;
        text-align: start;
        font-weight: 450;
      }
      .hole {
        color: var(--ember);
        font-weight: 700;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { studio, strings, state } = this;
    const words = seenStrings(strings);
    const holes = holesOf(studio);
    const fields = holes.fields.value;
    if (fields.length === 0) return nothing;
    if (state.engine.value.phase !== 'ready') return html`<p class="help">${words.needsNetwork}</p>`;
    return html`
      <p class="help">${words.compareHelp(filmsEach)}</p>
      <div class="ways">
        <button ?disabled=${state.running.value || studio.lab.job.value !== null} @click=${() => holes.draw()}>
          ${fields[0].films > 0 ? words.more : words.compare}
        </button>
        ${sayJob('holes', studio, strings)}
      </div>
      ${sayJobFault('holes', studio, strings)} ${fields.some(({ films }) => films > 0) ? this.tallies(fields) : nothing}
    `;
  }

  private tallies(fields: readonly Tally[]): TemplateResult {
    const words = seenStrings(this.strings);
    const [own, ...beside] = fields;
    const sum = (of: 'right' | 'films') => beside.reduce((total, each) => total + each[of], 0);
    const others = { right: sum('right'), films: sum('films') };
    return html`
      <table class="numbers">
        <caption>
          ${words.tallies}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.tally.field}</th>
            <th scope="col">${words.tally.right}</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            (field) =>
              html`<tr>
                <th scope="row" class=${field.hole ? 'hole' : ''}>
                  ${this.name(field)}${field.hole ? html` (${words.holeMark})` : nothing}
                </th>
                <td>${words.ofFilms(field.right, field.films)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="say" role="status">${words.compared(own, others, own.hole)}</p>
    `;
  }

  private name({ row, column }: Tally): string {
    const seen = seenOf(this.studio);
    const phrase = (axis: Axis, word: string) =>
      word === noSpeed ? seenStrings(this.strings).noSpeed : this.strings.world.phrase(phraseOf(axis, word));
    return `${phrase(seen.rows.value, row)}, ${phrase(seen.columns.value, column)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-holes': InsideHoles;
  }
}
