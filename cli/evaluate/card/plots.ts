/**
 * Plots as inline SVG. Colours come from the page's names (styles/tokens.css), so that day and night both fit.
 * Shares of a width are in percent: a track is as wide as its place. A chart has a box of 360 x 240 units.
 */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const n = (value: number): string => Number(value.toFixed(2)).toString();

export interface Mark {
  readonly at: number; // 0 .. 1 along the track
  readonly kind: string; // a class: what the legend calls it
  readonly title: string;
}

/** One line of a dot plot: a value, its interval, and marks to read it beside. What lies beyond the end gets an arrow. */
export function track(
  at: number | null,
  interval: readonly number[] | null,
  marks: readonly Mark[],
  title: string,
): string {
  const place = (share: number): string => `${n(100 * Math.min(1, Math.max(0, share)))}%`;
  const parts = marks.map(
    (mark) => `<line class="mark ${mark.kind}" x1="${place(mark.at)}" x2="${place(mark.at)}" y1="4" y2="20"><title>${escaped(mark.title)}</title></line>`, // prettier-ignore
  );
  if (interval) parts.push(`<line class="interval" x1="${place(interval[0])}" x2="${place(interval[1])}" y1="12" y2="12"/>`); // prettier-ignore
  if (at !== null) parts.push(at > 1 ? `<text class="beyond" x="100%" y="16" text-anchor="end">&#9656;</text>` : `<circle class="dot" cx="${place(at)}" cy="12" r="5"/>`); // prettier-ignore
  return `<svg class="track" width="100%" height="24" role="img" aria-label="${escaped(title)}"><line class="rail" x1="0" x2="100%" y1="12" y2="12"/>${parts.join('')}</svg>`;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly ticks: readonly (readonly [number, string])[];
}

export interface Series {
  readonly kind: string; // a class: s0 .. s6
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly dots?: boolean; // points, not a line
  readonly steps?: boolean; // a staircase
}

export interface ChartExtras {
  readonly bands?: readonly (readonly [number, number, string])[]; // along x: from, to, name
  readonly guides?: readonly (readonly [readonly [number, number], readonly [number, number], string])[]; // dashed, with a name
  readonly ends?: boolean; // names at the ends of the lines, in place of a legend
}

const [left, top, right, bottom] = [44, 12, 348, 200];

/** A chart of lines or points. */
export function chart(title: string, x: Axis, y: Axis, series: readonly Series[], extras: ChartExtras = {}): string {
  const { bands = [], guides = [], ends = false } = extras;
  const end = ends ? right - 66 : right;
  const px = (value: number): number => left + ((value - x.from) / (x.to - x.from)) * (end - left);
  const py = (value: number): number => bottom - (Math.min(1.04, Math.max(-0.02, (value - y.from) / (y.to - y.from)))) * (bottom - top); // prettier-ignore
  const parts: string[] = [];
  for (const [from, to, name] of bands)
    parts.push(`<rect class="band" x="${n(px(from))}" y="${top}" width="${n(px(to) - px(from))}" height="${bottom - top}"/><text class="note" x="${n((px(from) + px(to)) / 2)}" y="${top + 10}" text-anchor="middle">${escaped(name)}</text>`); // prettier-ignore
  for (const [value, text] of y.ticks)
    parts.push(`<line class="grid" x1="${left}" x2="${end}" y1="${n(py(value))}" y2="${n(py(value))}"/><text class="tick" x="${left - 6}" y="${n(py(value) + 4)}" text-anchor="end">${escaped(text)}</text>`); // prettier-ignore
  for (const [value, text] of x.ticks)
    parts.push(
      `<text class="tick" x="${n(px(value))}" y="${bottom + 15}" text-anchor="middle">${escaped(text)}</text>`,
    );
  for (const [a, b, name] of guides)
    parts.push(`<line class="guide" x1="${n(px(a[0]))}" y1="${n(py(a[1]))}" x2="${n(px(b[0]))}" y2="${n(py(b[1]))}"/><text class="note" x="${n(px(b[0]) - 4)}" y="${n(py(b[1]) - 5)}" text-anchor="end">${escaped(name)}</text>`); // prettier-ignore
  const labels: { y: number; text: string; kind: string }[] = [];
  for (const { kind, name, points, dots, steps } of series) {
    if (!points.length) continue;
    if (dots) {
      parts.push(...points.map(([a, b]) => `<circle class="point ${kind}" cx="${n(px(a))}" cy="${n(py(b))}" r="3.2"><title>${escaped(name)}</title></circle>`)); // prettier-ignore
      continue;
    }
    const path = points.map(([a, b], i) => `${i ? (steps ? `H${n(px(a))}V` : `L${n(px(a))} `) : `M${n(px(a))} `}${n(py(b))}`); // prettier-ignore
    parts.push(`<path class="line ${kind}" d="${path.join('')}"><title>${escaped(name)}</title></path>`);
    if (!steps) parts.push(...points.map(([a, b]) => `<circle class="knot ${kind}" cx="${n(px(a))}" cy="${n(py(b))}" r="2.6"/>`)); // prettier-ignore
    const last = points[points.length - 1];
    labels.push({ y: py(last[1]), text: name, kind });
  }
  if (ends) {
    labels.sort((a, b) => a.y - b.y);
    for (let i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + 12);
    const over = Math.max(0, (labels.at(-1)?.y ?? 0) - bottom);
    for (let i = labels.length - 1, most = bottom; i >= 0 && over; i--, most -= 12)
      labels[i].y = Math.min(labels[i].y, most);
    parts.push(...labels.map(({ y: at, text, kind }) => `<text class="end ${kind}" x="${end + 7}" y="${n(at + 4)}">${escaped(text)}</text>`)); // prettier-ignore
  }
  parts.push(`<text class="label" x="${(left + end) / 2}" y="${bottom + 33}" text-anchor="middle">${escaped(x.label)}</text>`); // prettier-ignore
  return `<figure class="chart"><figcaption>${escaped(y.label)}</figcaption><svg viewBox="0 0 360 240" role="img" aria-label="${escaped(title)}">${parts.join('')}</svg>${ends ? '' : legend(series)}</figure>`;
}

const legend = (series: readonly Series[]): string =>
  series.length < 2
    ? ''
    : `<p class="legend">${series.map(({ kind, name }) => `<span><i class="key ${kind}"></i>${escaped(name)}</span>`).join('')}</p>`;

/** Share of the values below each value, as a staircase. */
export function staircase(values: readonly number[]): [number, number][] {
  const ordered = [...values].sort((a, b) => a - b);
  return [[ordered[0], 0] as [number, number], ...ordered.map((value, i): [number, number] => [value, (i + 1) / ordered.length])]; // prettier-ignore
}

/** Round ticks from 0 to about `most`. */
export function ticksTo(most: number, text = (value: number): string => String(value)): [number, string][] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * power).find((value) => value >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => {
    const value = Number((i * step).toPrecision(6));
    return [value, text(value)];
  });
}

type Place = readonly [number, number] | null;

/** The true and the seen path over a clip: frame heights, laid over a picture of the same aspect. */
export function paths(truth: readonly Place[], seen: readonly Place[], given: number, aspect: number): string {
  const dot = (point: Place, i: number): string =>
    point ? `<circle class="${i < given ? 'given' : 'seen'}" cx="${n(100 * point[0])}" cy="${n(100 * point[1])}" r="2.1"/>` : ''; // prettier-ignore
  const line = truth.flatMap((point) => (point ? [`${n(100 * point[0])},${n(100 * point[1])}`] : [])).join(' ');
  return `<svg class="paths" viewBox="0 0 ${n(100 * aspect)} 100" aria-hidden="true"><polyline class="truth" points="${line}"/>${seen.map(dot).join('')}</svg>`;
}
