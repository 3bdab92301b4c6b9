/**
 * HTML of a printed page: a template tag that escapes, the frame of a document, its one style sheet.
 *
 * What it is not: a part of the page. A document of the kit is one file: pictures and style are in it, and it asks for nothing.
 */
import { createHash } from 'node:crypto';

/** Markup that is safe as it stands. Only `html` and `raw` make it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly (string | Markup)[];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const textOf = (value: Value): string =>
  value instanceof Markup ? value.text : Array.isArray(value) ? value.map(textOf).join('') : escaped(String(value));

/** A template whose values are escaped, unless they are Markup themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(strings.map((text, i) => text + (i < values.length ? textOf(values[i]) : '')).join(''));
}

export const raw = (text: string): Markup => new Markup(text);
export const none = raw('');

export const list = (items: readonly (string | Markup)[], ordered = false): Markup => {
  const inside = items.map((item) => html`<li>${item}</li>`);
  return ordered
    ? html`<ol>
        ${inside}
      </ol>`
    : html`<ul>
        ${inside}
      </ul>`;
};

export const table = (head: readonly string[], rows: readonly (readonly (string | Markup)[])[]): Markup =>
  html`<table>
    ${
      head.length > 0
        ? html`<thead>
            <tr>
              ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
            </tr>
          </thead> `
        : none
    }
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;

export interface Page {
  readonly language: string;
  readonly title: string;
  readonly kind: string; // class of the body: which layout
  readonly body: Markup;
  readonly script?: string;
  readonly frames?: boolean; // it may show the page in a frame
}

/** A whole document. Nothing may be fetched for it: its policy says so. */
export function page({ language, title, kind, body, script, frames = false }: Page): string {
  const hash = script && `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'${frames ? "; frame-src 'self'" : ''}${hash ? `; script-src ${hash}` : ''}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body class="${kind}">
<main>
${body.text}
</main>
${script ? `<script type="module">${script}</script>\n` : ''}</body>
</html>
`;
}

const style = `
:root { --ink: #142033; --soft: #48586d; --line: #76879b; --wash: #e9eef4; --ice: #134a86; --ember: #b8450f; }
* { box-sizing: border-box; }
html { font: 11.5pt/1.45 'Atkinson Hyperlegible', Verdana, 'Segoe UI', 'Noto Sans', sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; background: #fff; color: var(--ink); }
h1, h2, h3 { font-family: Fraunces, Georgia, 'Times New Roman', serif; line-height: 1.2; break-after: avoid; }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; }
h2 { margin: 1.6rem 0 .5rem; font-size: 1.35rem; }
h3 { margin: 1.1rem 0 .3rem; font-size: 1.1rem; }
p, ul, ol { margin: .4rem 0; }
a { color: var(--ice); }
.lead { font-size: 1.1rem; }
.soft, figcaption { color: var(--soft); font-size: .9rem; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; }
th, td { padding: .35rem .5rem; border: 1px solid var(--line); text-align: start; vertical-align: top; }
th { background: var(--wash); }
tr, figure, li, .keep { break-inside: avoid; }
figure { margin: .6rem 0; }
img { display: block; max-width: 100%; height: auto; }
img.dots { width: 100%; image-rendering: pixelated; }
img.drawn { width: 100%; }
.films { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: .4rem 1rem; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
.code { width: 7rem; margin: .4rem 0; }
.code svg { display: block; width: 100%; height: auto; }
.code p { margin: 0; font-size: .75rem; overflow-wrap: anywhere; }
.choices { display: grid; gap: .25rem; padding: 0; margin: .3rem 0; list-style: none; }
.choices li::before { content: '\\2610'; display: inline-block; width: 1.6em; }
.choices.row { display: flex; flex-wrap: wrap; gap: 0 1.2em; }
.predictions { columns: 19rem; column-gap: 1.6rem; }
.predictions h3 { margin-top: .5rem; }
.choices li.came { font-weight: 700; }
.choices li.came::before { content: '\\2612'; }
.lines { height: 3em; background: repeating-linear-gradient(#fff 0 calc(1.5em - 1px), var(--line) calc(1.5em - 1px) 1.5em); }
.names { display: flex; gap: 2rem; }
.names span { flex: 1; padding-bottom: 1.4em; border-bottom: 1px solid var(--line); }
.fill { min-width: 9em; width: 30%; }
.sentence { padding: .5rem .8rem; border-inline-start: .3rem solid var(--ember); background: #fdf0e7; }
details > summary { cursor: pointer; color: var(--ice); font-weight: 700; }
.answer { margin: .3rem 0; padding: .4rem .7rem; border: 1px solid var(--line); }
iframe { width: 100%; height: min(46rem, 90vh); border: 1px solid var(--line); }
.slides { max-width: none; padding: 0; }
.slide { display: flex; flex-direction: column; gap: 1.5vw; min-height: 100vh; padding: 4vw 5vw; border-bottom: 1px solid var(--line); font-size: max(1.1rem, 2.1vw); line-height: 1.35; }
.slide h1 { font-size: 2.3em; } .slide h2 { margin: 0; font-size: 1.75em; }
.slide .soft { font-size: .75em; }
.slide .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2vw; align-items: start; }
.slide .foot { display: flex; gap: 2vw; justify-content: space-between; align-items: end; margin-top: auto; }
.slide .code { width: 10vw; min-width: 6rem; }
.worksheet .code { float: right; width: 6rem; margin: 0 0 .5rem 1rem; }
.worksheet h2 { margin: 1rem 0 .3rem; }
.large .lines { height: 9em; }
.large { font-size: 18pt; line-height: 1.5; }
.large .predictions { columns: auto; }
.large .films { grid-template-columns: 1fr; }
.large table, .large thead, .large tbody, .large tr, .large td, .large th { display: block; width: 100%; }
.large .fill { min-height: 3em; }
.starter svg { width: 11cm; max-width: 100%; height: auto; }
.sheet { break-before: page; }
@media screen and (max-width: 34rem) {
  table, thead, tbody, tr, td, th { display: block; width: 100%; }
}
@page { margin: 14mm; }
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  .screen, iframe { display: none; }
  a { color: inherit; }
  .worksheet:not(.large) { font-size: .92em; line-height: 1.35; }
  .next { break-before: page; }
  .slides { width: 100%; }
  .slide { min-height: 0; height: 182mm; padding: 0; border: 0; break-after: page; break-inside: avoid; font-size: 19pt; overflow: hidden; }
  .slide .code { width: 32mm; }
}
.landscape { page: landscape; }
@page landscape { size: A4 landscape; }
`;
