/* In front of every worker of the page that is one file: its requests go to the page (page.js), which has the files. */
(() => {
  const waiting = new Map();
  let page;
  addEventListener(
    'message',
    (event) => {
      event.stopImmediatePropagation(); // it is none of the worker's own
      [page] = event.ports;
      page.onmessage = ({ data: { id, body, status, headers } }) => {
        waiting.get(id)(new Response(body, { status, headers }));
        waiting.delete(id);
      };
    },
    { once: true },
  );
  let next = 0;
  globalThis.fetch = (address, { headers } = {}) =>
    new Promise((resolve) => {
      const from = Number(/^bytes=(\d+)-$/.exec(headers?.Range ?? '')?.[1] ?? 0);
      waiting.set(++next, resolve);
      page.postMessage({ id: next, address: String(address.url ?? address), from });
    });
})();
