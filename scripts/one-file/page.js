/**
 * In the page that is one file: answers its requests from what stands in it, and makes its workers of that. Runs before the
 * page's own script, which does not know. Files stand in script blocks of no type that a browser runs: scripts of workers as they are, all else
 * packed (gzip) and as base64.
 *
 * What it is not: a way out. What is not in the file is not found, and the page's policy lets no request leave.
 */
(() => {
  const base = new URL('.', document.baseURI).href;
  const blocks = new Map();
  for (const block of document.querySelectorAll('script[data-file]')) blocks.set(block.dataset.file, block);

  const nameOf = (address) => {
    const [href] = new URL(address, base).href.split(/[?#]/);
    return href.startsWith(base) ? decodeURI(href.slice(base.length)) : undefined;
  };
  const textOf = (name) => blocks.get(name).textContent;
  const bytesOf = async (name) => {
    const text = atob(textOf(name));
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  const typeOf = (name) => blocks.get(name).dataset.type;

  /** The bytes of a file from one on, and what a server would say of them. */
  async function answer(address, from) {
    const name = nameOf(address);
    if (!blocks.has(name)) return { body: null, status: 404, headers: {} };
    const all = await bytesOf(name);
    const headers = { 'Content-Type': typeOf(name) };
    if (from > 0) headers['Content-Range'] = `bytes ${from}-${all.length - 1}/${all.length}`;
    return { body: from > 0 ? all.slice(from) : all, status: from > 0 ? 206 : 200, headers };
  }
  const firstOf = (headers) => Number(/^bytes=(\d+)-$/.exec(headers?.Range ?? '')?.[1] ?? 0);

  globalThis.fetch = async (address, { headers } = {}) => {
    const { body, ...rest } = await answer(String(address.url ?? address), firstOf(headers));
    return new Response(body, rest);
  };

  // A worker has no document: it asks here, through a port that is the first thing it hears of.
  const policy = globalThis.trustedTypes?.createPolicy('snowglobe-file', { createScriptURL: (address) => address });
  const Native = globalThis.Worker;
  const preamble = textOf('worker.js');
  if (Native)
    globalThis.Worker = class extends Native {
      constructor(address, { name } = {}) {
        const script = URL.createObjectURL(
          new Blob([preamble, textOf(nameOf(String(address)))], { type: 'text/javascript' }),
        );
        super(policy ? policy.createScriptURL(script) : script, { name });
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = async ({ data: { id, address: wanted, from } }) => {
          const found = await answer(wanted, from);
          port1.postMessage({ id, ...found }, found.body ? [found.body.buffer] : []);
        };
        this.postMessage(null, [port2]);
      }
    };

  // A link to a file in the file: what stands in it, in a tab of its own.
  addEventListener('click', (event) => {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.href);
    const name = link && !link.download && nameOf(link.href);
    if (!name || !blocks.has(name)) return;
    event.preventDefault();
    const tab = open('', '_blank'); // now, while the browser still knows that somebody clicked
    void bytesOf(name).then((bytes) => {
      if (tab) tab.location = URL.createObjectURL(new Blob([bytes], { type: typeOf(name) }));
    });
  });
})();
