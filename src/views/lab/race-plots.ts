/** The plots of <lab-race>: one number of each setting over the model calls that it was allowed, a line for each sampler. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Standing } from '../../lab/crown';
import type { Sampler } from '../../settings/race';

const [wide, high] = [480, 220];
const [left, right, top, bottom] = [56, 36, 18, 52];

export interface Plot {
  readonly label: string;
  readonly axis: string;
  readonly tableSaysIt: string;
  readonly heats: readonly number[];
  readonly names: readonly Sampler[];
  readonly standings: readonly Standing[];
  readonly crown: Standing | undefined;
  readonly films: number; // of each setting
  readonly most: number; // where the upright axis ends
  readonly ticks: readonly number[];
  say(value: number): string;
  /** Null where there is none yet. */
  valueOf(standing: Standing): number | null;
  /** From the least to the most of its films, where it has such a spread. */
  spreadOf?(standing: Standing): readonly [number, number] | null;
}

/** Samplers stand side by side, for many have the same number. */
export function drawPlot(plot: Plot): TemplateResult {
  const { label, axis, tableSaysIt, heats, names, most, ticks, say } = plot;
  const [fewest, longest] = [heats[0], heats[heats.length - 1]];
  const share = (heat: number) => Math.log(heat / (fewest - 1.5)) / Math.log(longest / (fewest - 1.5));
  const aside = Math.min(14, 60 / names.length);
  const x = (heat: number, i: number) =>
    left + share(heat) * (wide - left - right) + (i - (names.length - 1) / 2) * aside;
  const y = (value: number) => high - bottom - (value / most) * (high - top - bottom);
  return html`<figure>
    <figcaption class="label">${label}</figcaption>
    <svg class="plot" viewBox="0 0 ${wide} ${high}" role="img" aria-label="${label}. ${tableSaysIt}">
      ${ticks.map(
        (tick) => svg`<path class="rule" d="M${left} ${y(tick)}H${wide - 8}" />
          <text x=${left - 10} y=${y(tick) + 5} text-anchor="end">${say(tick)}</text>`,
      )}
      ${heats.map((heat) => svg`<text x=${x(heat, (names.length - 1) / 2)} y=${high - bottom + 22} text-anchor="middle">${heat}</text>`)}
      ${svg`<text x=${(left + wide - right) / 2} y=${high - 8} text-anchor="middle">${axis}</text>`}
      ${names.map((name, i) => drawLine(plot, name, i, x, y))}
    </svg>
  </figure>`;
}

function drawLine(
  { standings, crown, films, valueOf, spreadOf }: Plot,
  name: Sampler,
  i: number,
  x: (heat: number, i: number) => number,
  y: (value: number) => number,
): SVGTemplateResult {
  const points = standings.flatMap((standing) => {
    const value = standing.entry.sampler === name ? valueOf(standing) : null;
    return value === null ? [] : [{ standing, at: [x(standing.entry.heat, i), y(value)] as const }];
  });
  const way = points.map(({ at }, n) => `${n ? 'L' : 'M'}${at.join(' ')}`).join('');
  return svg`<g class="c${i % 6}"><path d=${way} />${points.map(({ standing, at: [across, up] }) => {
    const spread = spreadOf?.(standing);
    return [
      spread ? svg`<path class="spread" d="M${across} ${y(spread[0])}V${y(spread[1])}" />` : nothing,
      sign(i, across, up, 2 * standing.right > films ? '' : 'hollow'),
      standing === crown ? ring(across, up) : nothing,
    ];
  })}</g>`;
}

/** Each sampler has a shape of its own, so that nobody needs the colours. */
function sign(i: number, x: number, y: number, kind: '' | 'hollow' = ''): SVGTemplateResult {
  const shapes = [
    'M-5-5H5V5H-5Z',
    'M0-6 6 5H-6Z',
    'M0-7 7 0 0 7-7 0Z',
    'M0 6 6-5H-6Z',
    'M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z',
  ];
  const shape = shapes[i % (shapes.length + 1)];
  return shape
    ? svg`<path class="mark ${kind}" transform="translate(${x} ${y})" d=${shape} />`
    : svg`<circle class="mark ${kind}" cx=${x} cy=${y} r="5" />`;
}

function ring(x: number, y: number): SVGTemplateResult {
  return svg`<circle class="ring" cx=${x} cy=${y} r="10" />`;
}

/** A sampler's sign, for a legend or a row. */
export function key(i: number, kind: '' | 'hollow' = ''): TemplateResult {
  return html`<svg class="c${i % 6}" viewBox="-8 -8 16 16" aria-hidden="true">${sign(i, 0, 0, kind)}</svg>`;
}

export function crownKey(): TemplateResult {
  return html`<svg viewBox="-12 -12 24 24" aria-hidden="true">${ring(0, 0)}</svg>`;
}
