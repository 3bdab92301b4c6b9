/**
 * The label that can be seen: "AI-GENERATED" in the right lower corner, or "AI" where there is no room for more.
 *
 * The letters are our own squares and no font, because a font is drawn differently on every machine, and a check compares
 * the label's pixels like all others.
 */
import type { Picture } from './picture';

/** Five columns and seven rows a letter, a row as five bits, the leftmost the highest. */
const letters: Readonly<Record<string, readonly number[]>> = {
  A: [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
  D: [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
  E: [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
  G: [0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01110],
  I: [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
  N: [0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001],
  R: [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001],
  T: [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100],
  '-': [0, 0, 0, 0b01110, 0, 0, 0],
};
const [columns, rows, gap, margin] = [5, 7, 1, 2];

/** The same picture with the label on it; one that is too small for a letter stays as it is. */
export function stamped(picture: Picture): Picture {
  const text = picture.width < 256 ? 'AI' : 'AI-GENERATED';
  const scale = Math.max(1, Math.floor(picture.width / 256));
  const width = (text.length * (columns + gap) - gap + 2 * margin) * scale;
  const height = (rows + 2 * margin) * scale;
  if (width > picture.width || height > picture.height) return picture;
  const [left, top] = [picture.width - width, picture.height - height];
  const rgba = picture.rgba.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 4 * ((top + y) * picture.width + left + x);
      const lit = isLit(text, Math.floor(x / scale) - margin, Math.floor(y / scale) - margin);
      for (let channel = 0; channel < 3; channel++) rgba[at + channel] = lit ? 255 : rgba[at + channel] >> 2;
    }
  return { ...picture, rgba };
}

function isLit(text: string, x: number, y: number): boolean {
  const letter = letters[text[Math.floor(x / (columns + gap))]];
  const column = x % (columns + gap);
  if (!letter || x < 0 || column >= columns || y < 0 || y >= rows) return false;
  return ((letter[y] >> (columns - 1 - column)) & 1) === 1;
}
