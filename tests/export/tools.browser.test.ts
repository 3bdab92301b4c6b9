/**
 * Other people's programs read what is taken away from here: FFmpeg decodes the frames that were on the screen, for as long as they
 * were, and ExifTool finds the label. Packed by this browser's own encoders, in the sizes that the page offers.
 */
import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { Exporter } from '../../src/export/client';
import { formatsOf, type Format, type Recipe } from '../../src/export/recipe';
import { shown } from '../../src/export/render';
import { encodable } from '../../src/export/video';
import { recipe, shows, worldFilm } from './made';

interface Read {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly seconds: number;
  readonly rgb: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly label: Readonly<Record<string, unknown>>;
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    missingTools(): Promise<string[]>;
    readByTools(base64: string, format: string): Promise<Read>;
  }
}

const missing = await commands.missingTools();
const able = await Promise.all([...formatsOf('film'), 'png' as const].map(async (format) => (format === 'gif' || format === 'png' || (await encodable(format)) !== null ? [format] : []))); // prettier-ignore
const why = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not installed: apt install ffmpeg libimage-exiftool-perl)` : ''; // prettier-ignore

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function base64Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onload = resolve;
    reader.readAsDataURL(new Blob([bytes]));
  });
  return (reader.result as string).split(',')[1];
}

it.skipIf(why).each(able.flat())(`FFmpeg and ExifTool read a %s${why}`, async (format: Format) => {
  const pictures = worldFilm(2, 128);
  const what = format === 'png' ? 'strip' : 'film';
  const own: Recipe = { ...recipe, shows: { ...shows, what, size: format === 'png' ? 128 : 256, smooth: true, label: true } }; // prettier-ignore
  const exporter = new Exporter();
  const bytes = await exporter
    .make({ recipe: own, format, source: { pictures }, prompt: 'a ball' }, () => {}, new AbortController().signal)
    .finally(() => exporter.dispose());
  const read = await commands.readByTools(await base64Of(bytes), format);

  const expected = shown(own, { pictures });
  expect(read.frames).toBe(expected.count);
  if (format !== 'png') expect(Math.abs(read.seconds - 2) / 2).toBeLessThan(0.01);
  const rgb = bytesOf(read.rgb);
  let [squares, at] = [0, 0];
  for (let n = 0; n < expected.count; n++) {
    const { width, height, rgba } = expected.at(n);
    expect([read.width, read.height]).toEqual([width, height]);
    for (let i = 0; i < rgba.length; i++) if (i % 4 < 3) squares += (rgba[i] - rgb[at++]) ** 2;
  }
  expect(at).toBe(rgb.length);
  const decibels = 10 * Math.log10(255 ** 2 / (squares / at));
  console.info(format, read.seconds, 's', decibels.toFixed(1), 'dB');
  expect(decibels).toBeGreaterThan(35);
  // WebM has no place for XMP that anybody agreed on: ours is a tag, which ExifTool does not look into.
  if (format === 'webm') expect(Object.values(read.tags).join()).toContain('trainedAlgorithmicMedia');
  else {
    expect(String(read.label.DigitalSourceType)).toContain('trainedAlgorithmicMedia');
    expect(read.label.Title).toBe('a ball');
  }
});
