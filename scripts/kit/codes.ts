/**
 * QR codes of the kit's links. A document cannot know when it is made where it will lie, so it draws them itself when it is
 * opened: for the address it came from, or for one that was given (`npm run kit -- --address`). The drawing is uqr's, whose
 * source goes into the document as it stands.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { html, none, type Markup } from './markup';

/** Where a code shall stand. link: relative to the document. */
export const code = (link: string, note: string): Markup =>
  html`<div class="code" data-code="${link}">${note ? html`<p>${note}</p>` : none}</div>`;

/** The script of a document with codes. address: of the page, with a slash at its end; none: where the kit's folder lies. */
export function codeScript(address?: string): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('uqr')), '..');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const source = read('dist/index.mjs');
  return `/* What draws the codes is uqr (https://github.com/unjs/uqr).

${read('LICENSE')}*/
${source.replaceAll('</script', '\\x3C/script')}
const given = ${JSON.stringify(address ?? null)};
const from = given ? new URL('kit/en/', given) : location.protocol.startsWith('http') ? location.href : null;
if (from) for (const note of document.querySelectorAll('.no-code')) note.remove();
for (const place of from ? document.querySelectorAll('[data-code]') : []) {
  const link = new URL(place.dataset.code, from).href;
  place.insertAdjacentHTML('afterbegin', renderSVG(link, { border: 1 }));
  place.firstChild.setAttribute('role', 'img');
  place.firstChild.setAttribute('aria-label', link);
  const text = document.createElement('p');
  text.textContent = link.split('#')[0];
  place.append(text);
}
`;
}
