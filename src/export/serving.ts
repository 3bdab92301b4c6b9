/** What the worker does that packs and checks files, so that the page never waits for it. */
import type { FromExporter, ToExporter } from './protocol';
import { Work } from './work';

export function serveExports(): void {
  const port = globalThis as unknown as {
    postMessage(message: FromExporter, transfer?: Transferable[]): void;
    addEventListener(type: 'message', listener: (event: { readonly data: ToExporter }) => void): void;
  };
  const work = new Work();

  const answer = async (request: ToExporter): Promise<void> => {
    const said = await work.answer(request, (progress) => port.postMessage(progress));
    port.postMessage(said, said.type === 'made' ? [said.bytes.buffer] : []);
  };

  port.addEventListener('message', ({ data }) => void answer(data));
}
