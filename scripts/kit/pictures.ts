/**
 * The pictures of the kit: frames of recorded runs as the transformer made them, strips that the decoder drew (measure.ts), and
 * drawings of lines. All of them stand inside the document.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { clipStream, uniforms } from '../../src/sampling/noise';
import type { ClipShape } from '../../src/sampling/types';
import { html, raw, type Markup } from './markup';
import { pictureName, shownFrames } from './measure';

const gap = 1; // pixels between the cells of a sheet

const dataUri = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

const image = (png: Buffer, kind: 'dots' | 'drawn', alt: string): Markup => {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]; // of its header
  return html`<img class="${kind}" width="${width}" height="${height}" src="${dataUri(png)}" alt="${alt}" />`;
};

/** Four frames of a film, or of the guess after a step, as the decoder draws them. */
export function drawn(file: string, alt: string, step?: number): Markup {
  return image(readFileSync(join(import.meta.dirname, 'pictures', pictureName(file, step))), 'drawn', alt);
}

/** Cells of clips (3 x frames x height x width, -1 .. 1), a row for each clip, a column for each frame; white between them. */
export function dots(
  clips: readonly Float32Array[],
  { frames, height, width }: ClipShape,
  alt: string,
  columns: readonly number[] = shownFrames,
): Markup {
  const png = new PNG({
    width: columns.length * (width + gap) - gap,
    height: clips.length * (height + gap) - gap,
  });
  png.data.fill(255);
  const plane = height * width;
  clips.forEach((clip, row) =>
    columns.forEach((frame, column) => {
      for (let i = 0; i < plane; i++) {
        const [y, x] = [row * (height + gap) + Math.floor(i / width), column * (width + gap) + (i % width)];
        for (let c = 0; c < 3; c++) {
          const value = clip[(c * frames + frame) * plane + i];
          png.data[4 * (y * png.width + x) + c] = Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)));
        }
      }
    }),
  );
  return image(PNG.sync.write(png, { colorType: 2, deflateLevel: 9 }), 'dots', alt);
}

/** One frame with the lines along which it is cut: squares of `side` pixels. */
export function cut(clip: Float32Array, shape: ClipShape, frame: number, side: number, alt: string): Markup {
  const lines = Array.from({ length: shape.width / side + 1 }, (_, n) => {
    const at = n * side;
    return `<path d="M${at} 0V${shape.height}M0 ${at}H${shape.width}"/>`;
  });
  const [, source] = /src="([^"]+)"/.exec(dots([clip], shape, '', [frame]).text)!;
  return html`<svg
    class="cut"
    viewBox="-.2 -.2 ${shape.width + 0.4} ${shape.height + 0.4}"
    role="img"
    aria-label="${alt}"
  >
    <image href="${source}" width="${shape.width}" height="${shape.height}" style="image-rendering:pixelated" />
    <g fill="none" stroke="#fff" stroke-width=".35">${raw(lines.join(''))}</g>
  </svg>`;
}

/** How high each thing is, frame by frame (0 lower edge of the picture, 1 upper; null: not seen). They are numbered. */
export function heights(paths: readonly (readonly (number | null)[])[], alt: string): Markup {
  const [width, height, left] = [480, 200, 24];
  const marks = ['M-4 0L0-4L4 0L0 4Z', 'M-3.5-3.5H3.5V3.5H-3.5Z', 'M-4 3.5L0-4L4 3.5Z'];
  const dashes = ['', '6 3', '2 3'];
  const x = (frame: number) => left + (frame * (width - left - 24)) / 15;
  const y = (value: number) => height - 20 - value * (height - 30);
  const curves = paths.map((path, n) => {
    const seen = path.flatMap((value, frame) => (value === null ? [] : [[x(frame), y(value)]]));
    const line = seen.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L');
    const points = seen.map(
      ([px, py]) => `<path transform="translate(${px.toFixed(1)} ${py.toFixed(1)})" d="${marks[n]}"/>`,
    );
    const [lastX, lastY] = seen[seen.length - 1];
    return html`<path
        d="M${line}"
        fill="none"
        stroke="#142033"
        stroke-dasharray="${dashes[n]}"
      />${raw(points.join(''))}<text x="${(lastX + 8).toFixed(1)}" y="${(lastY + 4).toFixed(1)}">${n + 1}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}" font-size="12">
    <path d="M${left} 6V${height - 18}H${width}" fill="none" stroke="#76879b" />
    ${[0, 5, 10, 15].map((frame) => html`<text x="${x(frame)}" y="${height - 4}" text-anchor="middle">${frame + 1}</text>`)}${curves}
  </svg>`;
}

/** A sheet of squares, about a quarter of them grey by chance: the starting noise of the game on paper. */
export function squares(seed: number, alt: string): Markup {
  const [side, cell] = [14, 10];
  const chance = uniforms(seed, clipStream, side * side);
  const grey = [...chance].flatMap((value, i) =>
    value < 0.25
      ? [`<rect x="${(i % side) * cell}" y="${Math.floor(i / side) * cell}" width="${cell}" height="${cell}"/>`]
      : [],
  );
  const lines = Array.from(
    { length: side + 1 },
    (_, n) => `<path d="M${n * cell} 0V${side * cell}M0 ${n * cell}H${side * cell}"/>`,
  );
  const size = side * cell;
  return html`<svg viewBox="-1 -1 ${size + 2} ${size + 2}" role="img" aria-label="${alt}">
    <g fill="#c4ccd6">${raw(grey.join(''))}</g>
    <g fill="none" stroke="#76879b" stroke-width=".6">${raw(lines.join(''))}</g>
  </svg>`;
}
