/**
 * Writes into the built index.html the SHA-384 of every script and style that it names or that those load later, so that a
 * browser refuses one that was altered on its way (https://www.w3.org/TR/sri-2/). Later ones go into an import map, which
 * older browsers pass over.
 *
 * start.js has none: it speaks where a page is opened from a disk, and there a browser refuses whatever names one.
 *
 * What it is not: a check of sw.js, which a browser fetches by itself, or of workers, for which no browser asks the map.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws where index.html names a script or style that is not in the folder. */
export function lockScripts(folder) {
  const digest = (data, kind) => `${kind}-${createHash(kind).update(data).digest('base64')}`;
  const lock = (name) => digest(readFileSync(join(folder, name)), 'sha384');
  const path = join(folder, 'index.html');
  const page = readFileSync(path, 'utf8').replace(
    /<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([\w./-]+\.(?:js|css))"/g,
    (tag, name) => (name === 'start.js' ? tag : `${tag} integrity="${lock(name)}"`),
  );
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  const integrity = Object.fromEntries(scripts.map((name) => [`./assets/${name}`, lock(`assets/${name}`)]));
  const map = JSON.stringify({ integrity });
  const policy = "script-src 'self'";
  if (page.split(policy).length !== 2) throw new Error('index.html has not one policy for scripts');
  const locked = page
    .replace(policy, `${policy} '${digest(map, 'sha256')}'`)
    .replace(/(?=<script)/, `<script type="importmap">${map}</script>\n    `);
  writeFileSync(path, locked);
}
