/**
 * How many lines each room has, and whether one has become too large to be known by whoever works in it.
 *
 * What it is not: a limit to the house. A room that reaches its limit is two rooms: find what each is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const counted = /\.(ts|css|json)$/; // what is written by hand: code, styles, data
const mostShare = 0.15; // of all lines
const mostLines = { app: 2000 }; // everything of the page needs it, so it is to stay small

/** Lines of each folder of `folder`, with all that lies in it: a Map from its name, the largest first. */
export function sizesOf(folder) {
  const sizes = new Map();
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const files = readdirSync(join(folder, name), { recursive: true }).filter((file) => counted.test(file));
    const lines = files.map((file) => readFileSync(join(folder, name, file), 'utf8').split('\n').length - 1);
    sizes.set(name, lines.reduce((sum, each) => sum + each, 0)); // prettier-ignore
  }
  return new Map([...sizes].sort(([, a], [, b]) => b - a));
}

const sum = (sizes) => [...sizes.values()].reduce((all, each) => all + each, 0);
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** The sizes in a line: lines, and share of all. */
export function sayRooms(sizes) {
  const all = sum(sizes);
  return [...sizes].map(([room, lines]) => `${room} ${lines} (${percent(lines / all)})`).join(', ');
}

/** A sentence for each room that is too large; none where all is well. */
export function tooLarge(sizes) {
  const all = sum(sizes);
  return [...sizes].flatMap(([room, lines]) => {
    const most = mostLines[room] ?? Infinity;
    return [
      ...(lines > mostShare * all
        ? [`src/${room} has ${percent(lines / all)} of the lines, more than ${percent(mostShare)}`]
        : []),
      ...(lines >= most ? [`src/${room} has ${lines} lines, and is to have fewer than ${most}`] : []),
    ];
  });
}
