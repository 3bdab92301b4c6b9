/**
 * In the page that is one file: answers its requests from what stands in it, and makes its workers of that. Runs before the
 * page's own script, which does not know. Files stand in script blocks of no type that a browser runs, as base64.
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
  const bytesOf = (name) => {
    const text = atob(blocks.get(name).textContent);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  };
  const typeOf = (name) => blocks.get(name).dataset.type;

  /** The bytes of a file from one on, and what a server would say of them. */
  function answer(address, from) {
    const name = nameOf(address);
    if (!blocks.has(name)) return { body: null, status: 404, headers: {} };
    const all = bytesOf(name);
    const headers = { 'Content-Type': typeOf(name) };
    if (from > 0) headers['Content-Range'] = `bytes ${from}-${all.length - 1}/${all.length}`;
    return { body: from > 0 ? all.slice(from) : all, status: from > 0 ? 206 : 200, headers };
  }
  const firstOf = (headers) => Number(/^bytes=(\d+)-$/.exec(headers?.Range ?? '')?.[1] ?? 0);

  globalThis.fetch = async (address, { headers } = {}) => {
    const { body, ...rest } = answer(String(address.url ?? address), firstOf(headers));
    return new Response(body, rest);
  };

  // A worker has no document: it asks here, through a port that is the first thing it hears of.
  const policy = globalThis.trustedTypes?.createPolicy('snowglobe-file', { createScriptURL: (address) => address });
  const Native = globalThis.Worker;
  const preamble = blocks.get('worker.js').textContent;
  if (Native)
    globalThis.Worker = class extends Native {
      constructor(address, { name } = {}) {
        const script = URL.createObjectURL(
          new Blob([preamble, bytesOf(nameOf(String(address)))], { type: 'text/javascript' }),
        );
        super(policy ? policy.createScriptURL(script) : script, { name });
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data: { id, address: wanted, from } }) => {
          const found = answer(wanted, from);
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
    open(URL.createObjectURL(new Blob([bytesOf(name)], { type: typeOf(name) })), '_blank', 'noopener');
  });
})();
