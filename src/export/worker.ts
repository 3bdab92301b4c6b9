/** The worker that packs and checks files, so that the page never waits for it. */
import type { FromExporter, ToExporter } from './protocol';
import { Work } from './work';

const port = globalThis as unknown as {
  postMessage(message: FromExporter, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToExporter }) => void): void;
};
const work = new Work();

async function answer(request: ToExporter): Promise<void> {
  const said = await work.answer(request, (progress) => port.postMessage(progress));
  port.postMessage(said, said.type === 'made' ? [said.bytes.buffer] : []);
}

port.addEventListener('message', ({ data }) => void answer(data));
