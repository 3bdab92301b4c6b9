/** What the sections of the card are made of. */
import { escaped } from './plots';

export const shown = 6; // clips in each list

export const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  `<div class="table" tabindex="0"><table><thead><tr>${head.map((cell) => (cell ? `<th scope="col">${escaped(cell)}</th>` : '<td></td>')).join('')}</tr></thead><tbody>${lines
    .map(
      ([name, ...cells]) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    ) // prettier-ignore
    .join('')}</tbody></table></div>`;

export const lead = (text: string): string => `<p class="lead">${escaped(text)}</p>`;
export const legend = (entries: readonly (readonly [string, string])[]): string =>
  `<p class="legend">${entries.map(([kind, text]) => `<span><i class="${kind}"></i>${escaped(text)}</span>`).join('')}</p>`; // prettier-ignore

/** A clip that plays. `label` says what it is to who can't see it. */
export const screen = (strip: string, label: string, over = ''): string =>
  `<div class="screen"><span class="clip" role="img" aria-label="${escaped(label)}" style="--strip:url(${strip})"></span>${over}</div>`; // prettier-ignore
