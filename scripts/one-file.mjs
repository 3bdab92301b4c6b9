/**
 * Makes one file of a built page: `npm run build:single`. Styles and scripts stand in it, and so do the files that the page
 * fetches, packed and as base64; one-file/page.js answers for them. Opened from a disk a browser loads nothing else, and the file's own
 * policy forbids it.
 *
 * What it is not: another page. The bundle is the same source, without chunks (vite.config.ts, mode `single`).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inInt8 } from './one-file/int8.mjs';

const types = { '.json': 'application/json', '.wasm': 'application/wasm', '.txt': 'text/plain; charset=utf-8' }; // prettier-ignore

/** Not asked for, or of no use in one file: the network is there to look into, and every browser that opens the file has SIMD. */
const left = /\.(css|html|webmanifest|png|svg|map|woff2|md|look)$|tfjs-backend-wasm\.wasm$|^start\.js$/;

const textIn = (text) => text.replaceAll('<!--', '\\x3C!--').replaceAll('</script', '\\x3C/script');

/** The text of the file. folder: the build. */
export function oneFile(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const built = read('index.html');
  const [, main] = /<script type="module"[^>]* src="\.\/([\w./-]+\.js)"/.exec(built);
  const styles = names.filter((name) => name.endsWith('.css')).map(read);
  const blocks = names
    .filter((name) => name !== main && !left.test(name))
    .map((name) => (name.endsWith('.js') ? script(name, read(name)) : data(name, contentOf(folder, name))));

  const own = (name) => readFileSync(join(import.meta.dirname, 'one-file', name), 'utf8');
  const scripts = [textIn(own('page.js')), textIn(read(main))];
  const face = (name) =>
    readFileSync(
      join(
        folder,
        names.find((each) => each.endsWith(name)),
      ),
    ).toString('base64');
  const style = styles
    .join('')
    .replaceAll('font-display:optional', 'font-display:block') // the faces are there
    .replace(/url\([^)]*?([\w-]+\.woff2)\)/g, (_, name) => `url(data:font/woff2;base64,${face(name)})`);
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src ${hash(style)}`,
    'img-src blob: data:',
    'font-src data:',
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html snowglobe snowglobe-file',
  ].join('; ');

  const icon = `data:image/svg+xml;base64,${Buffer.from(read('icon.svg')).toString('base64')}`;
  return built
    .replace(/\s*<!--[\s\S]*?-->/g, '')
    .replace(/\s*<(script)\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/\s*<link\b[^>]*>/g, '')
    .replace(/(http-equiv="Content-Security-Policy"\s+content=")[^"]*/, (_, start) => start + policy)
    .replace('</head>', () => `  <link rel="icon" href="${icon}" />\n    <style>${style}</style>\n  </head>`)
    .replace('</body>', () => {
      const [boot, page] = scripts;
      return `${[...blocks, script('worker.js', own('worker.js'))].join('\n')}\n<script>${boot}</script>\n<script type="module">${page}</script>\n</body>`;
    });
}

/** Of a worker: the page makes a blob of it. */
const script = (name, text) => `<script type="text/plain" data-file="${name}">${textIn(text)}</script>`;

const data = (name, bytes) =>
  `<script type="text/plain" data-file="${name}" data-type="${types[extname(name)] ?? 'application/octet-stream'}">${gzipSync(bytes, { level: 9 }).toString('base64')}</script>`;

/**
 * Of the transformers and nothing else the matrices are in int8 (the card has what that costs), or the file would be too large:
 * the list of such a model says so, and names no other network but the earlier copy that autoguidance asks for.
 */
function contentOf(folder, name) {
  const bytes = readFileSync(join(folder, name));
  if (!/^models\/(?!decoder\/)/.test(name)) return bytes;
  if (name.endsWith('model.safetensors')) return inInt8(bytes);
  if (!name.endsWith('manifest.json')) return bytes;
  const { files, weak } = JSON.parse(bytes.toString());
  const listed = files.map((file) => {
    const content = contentOf(folder, join(dirname(name), file.name));
    return { ...file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  return Buffer.from(
    JSON.stringify({ files: listed, ...(weak && existsSync(join(folder, dirname(name), weak)) && { weak }) }),
  );
}
