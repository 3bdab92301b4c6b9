/**
 * Strength against faithfulness: over the noise that a film began with, how much of what was to change did, and how much of what was
 * to stay did. The tries are dots, the one that is looked at has a line of its own. A table beside it says the same.
 */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { sharesOf, type Try } from '../../sessions/make/rewording';
import type { EditStrings } from '../../i18n/edit';

const [wide, high] = [420, 200];
const [left, right, top, bottom] = [52, 12, 12, 44];

export function strengthPlot(tries: readonly Try[], strength: number, words: EditStrings): TemplateResult {
  const x = (value: number) => left + value * (wide - left - right);
  const y = (value: number) => high - bottom - value * (high - top - bottom);
  const points = tries.flatMap(({ strength: at, found }) => (found ? [{ at, ...sharesOf(found) }] : []));
  const line = (name: 'changed' | 'stayed'): SVGTemplateResult => {
    const way = points.map((point, i) => `${i ? 'L' : 'M'}${x(point.at)} ${y(point[name])}`).join('');
    return svg`<g class=${name}><path d=${way} />${points.map((point) =>
      name === 'changed'
        ? svg`<circle cx=${x(point.at)} cy=${y(point[name])} r="5" />`
        : svg`<path class="mark" d="M${x(point.at) - 5} ${y(point[name]) - 5}h10v10h-10Z" />`,
    )}</g>`;
  };
  return html`<svg class="plot" viewBox="0 0 ${wide} ${high}" role="img" aria-label="${words.plot}. ${words.table}.">
    ${[0, 0.5, 1].map(
      (tick) => svg`<path class="rule" d="M${left} ${y(tick)}H${wide - right}" />
        <text x=${left - 8} y=${y(tick) + 5} text-anchor="end">${words.percent(tick)}</text>`,
    )}
    ${[0.2, 0.4, 0.6, 0.8, 1].map((tick) => svg`<text x=${x(tick)} y=${high - bottom + 20} text-anchor="middle">${words.percent(tick)}</text>`)}
    ${svg`<text x=${x(0.5)} y=${high - 4} text-anchor="middle">${words.strength}</text>
      <path class="here" d="M${x(strength)} ${top}V${high - bottom}" />`}
    ${line('stayed')} ${line('changed')}
  </svg>`;
}

/** A sign of the plot, for its legend. */
export function plotKey(name: 'changed' | 'stayed'): TemplateResult {
  const sign = name === 'changed' ? svg`<circle r="5" />` : svg`<path class="mark" d="M-5-5h10v10h-10Z" />`;
  return html`<svg class="key" viewBox="-8 -8 16 16" aria-hidden="true"><g class=${name}>${sign}</g></svg>`;
}
