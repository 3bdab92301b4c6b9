/**
 * Tells the built service worker which files there are: each with its SHA-256, from what really lies in the folder.
 *
 * The weights are not among them: they have a store of their own (src/engine/store.ts), which goes on where a download
 * broke off.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Nor is what nobody asks for on an ordinary visit: the teacher's kit, and what the network was earlier in its training. */
const left = /(^|\/)sw\.js$|\.safetensors$|\.(map|look)$|^kit\/|\/checkpoints\//;

/** A folder can be stamped again after something in it has changed. Returns the names of the files. */
export function stampServiceWorker(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !left.test(name))
    .sort();
  const unfit = names.find((name) => !/^[\w./-]+$/.test(name));
  if (unfit) throw new Error(`${unfit}: a file of the page needs a name of letters, digits, dots and dashes`);
  const list = names.map((name) => `${name}=${digest(readFileSync(join(folder, name)))}`).join('|');
  const path = join(folder, 'sw.js');
  const text = readFileSync(path, 'utf8');
  const place = /snowglobe-files[\w./=|-]*/g;
  if (text.match(place)?.length !== 1) throw new Error('sw.js has no place, or more than one, for the list of files');
  writeFileSync(path, text.replace(place, `snowglobe-files|${digest(list)}|${list}`));
  return names;
}

function digest(data) {
  return createHash('sha256').update(data).digest('hex');
}
