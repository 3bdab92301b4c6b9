/**
 * The rules of the rooms, checked by dependency-cruiser; how large each is; and the picture of the rooms in docs/house.md,
 * drawn from what is really imported.
 *
 *   npm run rooms             checks the rules and the sizes, and that the picture is as the code is
 *   npm run rooms -- --draw   draws the picture anew
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cruise, format } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.mjs';
import { sayRooms, sizesOf, tooLarge } from './room-sizes.mjs';

const folders = ['src', 'cli', 'bench'];
const page = 'docs/house.md';
const [begin, end] = ['<!-- rooms: npm run rooms -- --draw -->\n\n', '\n<!-- /rooms -->'];

/** Every module and what it imports, with the rules that it breaks. */
async function cruised() {
  const { forbidden, options } = config;
  const rules = { ...options, validate: true, ruleSet: { forbidden } };
  const { output } = await cruise(folders, rules, null, { tsConfig: extractTSConfig('tsconfig.json') });
  return output;
}

/** Arrows between rooms, one for each pair of which the one imports from the other; "-.->" where it is only types. */
function picture(modules) {
  const roomOf = (path) => /^(?:src\/([^/]+)\/|(cli|bench)\/)/.exec(path)?.slice(1).find(Boolean);
  const arrows = new Map(); // "from to" -> whether more than types cross
  for (const { source, dependencies } of modules) {
    for (const { resolved, dependencyTypes } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (!from || !to || from === to) continue;
      const key = `${from} ${to}`;
      arrows.set(key, (arrows.get(key) ?? false) || !dependencyTypes.includes('type-only'));
    }
  }
  const lines = [...arrows].sort().map(([key, values]) => `  ${key.replace(' ', values ? ' --> ' : ' -.-> ')}`);
  return ['```mermaid', 'graph TD', ...lines, '```', ''].join('\n');
}

const checked = await cruised();
const { output, exitCode } = await format(checked, { outputType: 'err' });
console.log(output);
const text = readFileSync(page, 'utf8');
const [start, stop] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
if (start < begin.length || stop < 0) throw new Error(`${page} has no place for the picture`);
const drawn = `${text.slice(0, start)}${picture(checked.modules)}${text.slice(stop)}`;
if (process.argv.includes('--draw')) writeFileSync(page, drawn);
else if (drawn !== text) {
  console.error(`${page} shows other rooms than there are: npm run rooms -- --draw`);
  process.exitCode = 1;
}
const sizes = sizesOf('src');
console.log(sayRooms(sizes));
for (const fault of tooLarge(sizes)) {
  console.error(fault);
  process.exitCode = 1;
}
process.exitCode ||= exitCode;
