/**
 * The report card: one page that holds everything it shows. No script, no request; the clips are pictures that CSS plays.
 * What is figured out is in report.ts; here it is only laid out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aimHead,
  aimLines,
  attributesSentence,
  bindingSentence,
  byModel,
  editingSentence,
  givenHead,
  givenLines,
  setHead,
  setLines,
  settingsText,
  strengthHead,
  strengthLines,
  titleOf,
  type Folder,
  type Folders,
  type Report,
} from '../../../src/evaluation';
import { newness, variety } from './novelty';
import { motion } from './physics';
import { lead, table } from './parts';
import { escaped } from './plots';
import { growth } from './scaling';
import { words } from './words';

const root = join(import.meta.dirname, '../../..');

/** `command` is what makes the report again. */
export function card(report: Report, folders: Folders, command: string): string {
  const { model, decoder, shape, attributes, binding, physics, novelty, diversity, editing, scaling, sets } = report;
  const folder = (name: string): Folder => folders.get(name) as Folder;
  const sections: [id: string, title: string, html: string][] = [];
  if (attributes) sections.push(['asked', 'What was asked, and what is seen', words(attributes.judgement, folder(attributes.folder), attributesSentence(attributes.judgement))]); // prettier-ignore
  if (binding) sections.push(['two', 'Two things', words(binding.judgement, folder(binding.folder), bindingSentence(binding.judgement))]); // prettier-ignore
  if (physics) sections.push(['physics', 'Physics', motion(physics.judgement, folder(physics.folder))]);
  if (novelty) sections.push(['new', 'New, or copied?', newness(novelty.judgement, folder(novelty.folder))]);
  if (diversity.length) sections.push(['varied', 'As varied as the world?', variety(diversity)]);
  if (editing) {
    const tables = [
      ...(editing.given.length ? [table(givenHead, givenLines(editing))] : []),
      ...(editing.strengths.length ? [table(strengthHead(editing), strengthLines(editing))] : []),
    ];
    sections.push(['made', 'Made from what is given', `${lead(editingSentence(editing))}\n${tables.join('\n')}`]);
  }
  if (scaling.length) sections.push(['training', 'More training', growth(scaling, folders)]);
  byModel(sets).forEach(([name, rows], i) => sections.push([`sets-${i}`, `What ${escaped(name)} can draw, plot by plot`, `${table(aimHead, aimLines(rows))}\n${table(setHead(rows), setLines(rows))}`])); // prettier-ignore
  const styles = ['styles/tokens.css', 'cli/evaluate/card/card.css'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const facts = [`Clips of ${shape.frames} frames, ${shape.width} x ${shape.height} pixels`, settingsText(report)];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Report card of ${escaped(titleOf(report))}</title>
<style>
${styles.join('\n')}
.clip { animation-timing-function: steps(${shape.frames}, jump-none); --frames: ${shape.frames}; --aspect: ${shape.width} / ${shape.height}; }
</style>
<body>
<header>
<h1>Report card of ${escaped(titleOf(report))}</h1>
<p class="facts">${escaped(facts.filter(Boolean).join(', '))}. Every clip was read back by machine, from its pixels alone.</p>
<nav>${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
<p><label class="still-switch"><input type="checkbox" id="still"> Hold the clips still</label></p>
</header>
<main>
${sections.map(([id, title, html]) => `<section id="${id}"><h2>${title}</h2>\n${html}</section>`).join('\n')}
</main>
<footer>
<p class="small">Weights <code>${escaped((model.sha256 ?? 'unknown').slice(0, 16))}</code>${decoder ? `, of the decoder <code>${escaped(decoder.sha256.slice(0, 16))}</code>` : ''}. The same command gives the same figures again:</p>
<p class="small"><code>${escaped(command)}</code></p>
<p class="small">How the reader works, how often it is right and where it ends: docs/decisions/read-by-drawing.md.</p>
</footer>
</body>
</html>
`;
}
