/**
 * What the worker does, request by request: make a file, say which films can be packed here, open a file, compare it.
 *
 * What it is not: it knows no page, and makes no film: what is to be packed or compared with comes with the request.
 */
import { UnreadableError } from './bytes';
import { Comparison, limitOf } from './compare';
import { GifWriter, readGif } from './gif';
import { formatOf, labelOf } from './labels';
import type { Moving } from './picture';
import { readPng, writePng } from './png';
import { posterDots } from './poster';
import type { Answer, Compared, ExportFault, FromExporter, Job, Opened, ToExporter } from './protocol';
import type { Format } from './recipe';
import { shown, type Shown } from './render';
import { packetOf } from './xmp';

type Tell = (progress: FromExporter & { readonly type: 'progress' }) => void;
type Bytes = Uint8Array<ArrayBuffer>;

/** A film's last picture may be off by this share of its time. */
const lengthLimit = 0.02;

export class Work {
  private open: { readonly bytes: Bytes; readonly format: Format } | undefined;

  /** Never rejects: what goes wrong is a fault. */
  async answer(request: ToExporter, tell: Tell = () => {}): Promise<Answer> {
    try {
      if (request.type === 'make') return { type: 'made', bytes: await made(request.job, tell) };
      if (request.type === 'open') return { type: 'opened', opened: this.opened(request.bytes) };
      if (request.type === 'compare') return { type: 'compared', compared: await this.compared(request, tell) };
      const { encodable } = await import('./video');
      return { type: 'probed', packs: { mp4: await encodable('mp4'), webm: await encodable('webm') } };
    } catch (thrown) {
      return { type: 'fault', fault: faultOf(thrown) };
    }
  }

  private opened(bytes: Bytes): Opened {
    const format = formatOf(bytes);
    this.open = format && { bytes, format };
    return format ? { format, ...labelOf(bytes, format) } : { label: false };
  }

  private async compared({ recipe, source }: ToExporter & { type: 'compare' }, tell: Tell): Promise<Compared> {
    if (!this.open) throw new UnreadableError('No file is open.');
    const expected = shown(recipe, source);
    const { bytes, format } = this.open;
    const found = await read(bytes, format);
    if (found.count !== expected.count) return { like: false, why: 'count' };
    const last = expected.starts[expected.count - 1];
    if (Math.abs(found.last - last) > lengthLimit * last) return { like: false, why: 'length' };
    const comparison = new Comparison();
    let index = 0;
    for await (const picture of found.pictures()) {
      if (index >= expected.count) return { like: false, why: 'count' };
      const own = expected.at(index);
      if (own.width !== picture.width || own.height !== picture.height) return { like: false, why: 'size' };
      for (const box of expected.boxes(own)) comparison.add(index, own, picture, box);
      tell({ type: 'progress', done: ++index, total: expected.count });
    }
    if (index < expected.count) return { like: false, why: 'count' };
    return { like: true, difference: comparison.difference, limit: limitOf(format, recipe.shows) };
  }
}

async function made({ recipe, format, source, prompt, address }: Job, tell: Tell): Promise<Bytes> {
  const film = shown(recipe, source);
  const packet = packetOf({ prompt, model: recipe.model.name, ...(address && { address }) }, recipe);
  const total = film.count;
  const onPicture = (done: number) => tell({ type: 'progress', done, total });
  if (format === 'png') return writePng(film.at(0), packet, recipe.shows.what === 'sheet' ? posterDots : undefined);
  if (format === 'gif') return gifOf(film, packet, onPicture);
  const { makeVideo } = await import('./video');
  return makeVideo(film, format, { packet, title: prompt }, onPicture);
}

/** The film as a GIF: page and terminal. */
export function gifOf(film: Shown, packet: string, onPicture: (done: number) => void = () => {}): Bytes {
  const writer = new GifWriter(film.starts, packet);
  for (let i = 0; i < film.count; i++) {
    writer.add(film.at(i));
    onPicture(i + 1);
  }
  return writer.end();
}

async function read(bytes: Bytes, format: Format): Promise<Moving> {
  if (format === 'gif') return readGif(bytes);
  if (format !== 'png') return (await import('./video')).readVideo(bytes);
  const picture = await readPng(bytes);
  const { width, height } = picture;
  return {
    width,
    height,
    count: 1,
    last: 0,
    async *pictures() {
      yield picture;
    },
  };
}

function faultOf(thrown: unknown): ExportFault {
  const { name, message, cause, next } = (thrown instanceof Error ? thrown : new Error(String(thrown))) as Error & { next?: unknown }; // prettier-ignore
  return {
    name,
    cause: typeof cause === 'string' ? cause : message,
    next: typeof next === 'string' ? next : 'Try again, or take another format.',
  };
}
