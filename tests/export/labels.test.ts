/** The label for machines, in every kind of file: what is written is read, also as other programs would write it. */
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/export/bytes';
import { GifWriter } from '../../src/export/gif';
import { formatOf, labelOf } from '../../src/export/labels';
import { blank } from '../../src/export/picture';
import { withPngPacket, writePng } from '../../src/export/png';
import type { Format, Recipe } from '../../src/export/recipe';
import { licence, madeByTraining, packetOf, readPacket } from '../../src/export/xmp';
import { character } from '../characters';
import { recipe } from './made';
import { muxed } from './muxed';

const words = { prompt: 'a “small” <red> ball & more', model: 'mini', address: 'https://school.example/globe/' };
const packet = packetOf(words, recipe);

function gif(text: string): Uint8Array<ArrayBuffer> {
  const writer = new GifWriter([0, 1, 2], text);
  writer.add(blank(9, 7, [200, 10, 10]));
  writer.add(blank(9, 7, [10, 10, 200]));
  return writer.end();
}

const written: Readonly<Record<Format, (text: string) => Promise<Uint8Array<ArrayBuffer>>>> = {
  png: (text) => writePng(blank(9, 7), text),
  gif: async (text) => gif(text),
  mp4: (text) => muxed('mp4', text),
  webm: (text) => muxed('webm', text),
};

describe.each(Object.keys(written) as Format[])('a %s', (format) => {
  it('is known by its first bytes, and gives its recipe back', async () => {
    const bytes = await written[format](packet);
    expect(formatOf(bytes)).toBe(format);
    expect(labelOf(bytes, format)).toEqual({ label: true, recipe });
  });

  it('says nothing where it has no packet, or is cut off before it', async () => {
    expect(labelOf(await written[format](''), format)).toEqual({ label: false });
    const bytes = await written[format](packet);
    const at = textOf(bytes).indexOf('<?xpacket');
    expect(labelOf(bytes.subarray(0, Math.max(16, at)), format)).toEqual({ label: false });
  });
});

it('a PNG that another program wrote can be given one, and stays the same picture', () => {
  const png = new PNG({ width: 3, height: 2 });
  png.data.fill(77);
  const bytes = withPngPacket(PNG.sync.write(png), packet);
  expect(labelOf(bytes, 'png').recipe).toEqual(recipe);
  expect([...PNG.sync.read(Buffer.from(bytes)).data]).toEqual([...png.data]);
});

describe('a packet', () => {
  it('says in the field’s words that a trained network made it, and that it is free', () => {
    expect(packet).toContain(`Iptc4xmpExt:DigitalSourceType="${madeByTraining}"`);
    expect(packet).toContain(`<cc:license rdf:resource="${licence}"/>`);
    expect(packet).toContain('a “small” &lt;red&gt; ball &amp; more');
    expect(packet).toContain(`dc:source="https://school.example/globe/#${recipe.link.replaceAll('&', '&amp;')}"`);
  });

  it('without a recipe still says so', () => {
    expect(readPacket(packetOf({ prompt: 'a ball', model: 'mini' }))).toEqual({ label: true });
  });

  it('of any words is well formed, and gives the recipe back', () => {
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 1 }), fc.boolean(), fc.nat(100), (prompt, whole, row) => {
        const link = new URLSearchParams({ prompt }).toString();
        const own: Recipe = { ...recipe, link, whole, shows: { ...recipe.shows, what: 'frame', row, frame: 15 } };
        const text = packetOf({ prompt, model: 'mini' }, own);
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f]/);
        expect(readPacket(text)).toEqual({ label: true, recipe: own });
        expect(labelOf(gif(text), 'gif').recipe).toEqual(own);
      }),
      { numRuns: 200 },
    );
  });

  it('is read as exiftool writes it: elements, another prefix, other quotes', () => {
    const elements = packet
      .replaceAll('snow:', 'q:')
      .replace('xmlns:snow', 'xmlns:q')
      .replace(/\n {2}q:(\w+)="([^"]*)"/g, (_, name, value) => `>\n<q:${name}>${value}</q:${name}`)
      .replace(/ {2}xmp:CreatorTool="Snowglobe"/, " xmp:CreatorTool='Snowglobe'");
    expect(elements).toMatch(/<q:link>/);
    expect(readPacket(elements).recipe).toEqual(recipe);
  });

  it.each([
    ['a size that no file has', 'size=128', 'size=5000'],
    ['no such thing to show', 'what=film', 'what=money'],
    ['a checksum that is none', 'a'.repeat(64), 'a'.repeat(63)],
    ['a shape that is none', '16x32x32', '0x32x32'],
    ['no link', recipe.link.replaceAll('&', '&amp;'), ''],
  ])('is no recipe with %s', (_, good, bad) => {
    expect(packet).toContain(good);
    expect(readPacket(packet.replaceAll(good, bad))).toEqual({ label: true });
  });
});
