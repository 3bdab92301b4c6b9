/** Every sentence on pictures of one's own: opening, drawing, and what to expect of them. */
import { count } from './numbers';

const smaller = 'Make it smaller in a picture program, then take it again.';
const again = 'Fetch or copy it once more, or take another one.';
const asPng = 'Open it in a picture program and save it as PNG or JPEG.';

const kinds = { png: 'PNG', jpeg: 'JPEG', gif: 'GIF', webp: 'WebP', avif: 'AVIF', bmp: 'BMP' };
type Kind = keyof typeof kinds;

const foreign = {
  archive: 'This is no picture but a packed archive, such as ZIP, whatever its name says. Unpack it, then take a picture out of it.', // prettier-ignore
  code: 'This is no picture but a program. Take a picture: PNG, JPEG, GIF, WebP, AVIF or BMP.',
  film: 'This is a film or an animation that is no GIF. Take a picture, or an animated GIF.',
  heic: `This is a HEIC photograph, which browsers can’t open. ${asPng}`,
  icon: `This is an icon. ${asPng}`,
  pdf: 'This is no picture but a PDF. Take a screenshot of the page, and open that.',
  photoshop: `This is a Photoshop file. ${asPng}`,
  run: 'This is a run that was saved here. Open it under “Keep and share”.',
  sound: 'This is sound. Take a picture: PNG, JPEG, GIF, WebP, AVIF or BMP.',
  svg: `This is an SVG, a picture written as code, which is not run here. ${asPng}`,
  text: 'This is no picture but text, whatever its name says. Take a picture: PNG, JPEG, GIF, WebP, AVIF or BMP.',
  tiff: `This is a TIFF, which browsers can’t open. ${asPng}`,
  unknown: 'This is no picture that can be opened, whatever its name says. Take a PNG, JPEG, GIF, WebP, AVIF or BMP.',
};

export const pictures = {
  title: 'Your own picture',
  help: 'Open a picture or an animated GIF, or draw one. It stays on this device: nothing is sent anywhere.',
  ways: { open: 'Open a picture', draw: 'Draw one' },

  // opening
  choose: 'Choose a file …',
  paste: 'Paste',
  dropHere: 'Or drop a file here, or copy a picture and press Ctrl + V.',
  opening: 'Opening …',
  fit: 'Which part',
  fits: { fill: 'the middle, filling the frame', whole: 'all of it, with ground beside' },
  pace: 'Speed of the GIF',
  paces: { own: 'its own, as long as the film lasts', whole: 'all of it in one film' },
  original: (width: number, height: number) => `What you gave: ${count(width)} × ${count(height)} pixels`,
  reduced: (width: number, height: number) => `What the network gets: ${width} × ${height} pixels`,
  frames: (frames: number) => `${frames} frames`,
  altOriginal: (name: string) => `Your picture “${name}”`,
  altReduced: (name: string) => `“${name}” in the network’s size`,
  notes: {
    transparent: 'It is transparent in parts: there the ground shows.',
    first: 'It is animated. Of this kind of file only the first frame is taken; save it as GIF to take all.',
    goesOn: (seconds: number, taken: number) => `It lasts ${tenths(seconds)} s; the film shows its first ${tenths(taken)} s.`, // prettier-ignore
    print: 'It is made for a printer (CMYK), so its colours may look different here.',
    enlarged: 'It is smaller than the film: its pixels are shown as squares.',
  },
  use: 'Take this picture',
  useDrawing: 'Take this drawing',
  taken: (name: string) => `“${name}” is taken.`,
  nameless: 'picture',
  drawingName: 'drawing',

  /** Why a picture is refused, and what to do. */
  refused: ({ reason, kind, what, width = 0, height = 0, bytes = 0, print }: Refusal): string => {
    const name = kind ? `${kinds[kind]} ` : '';
    switch (reason) {
      case 'empty':
        return 'The file is empty. Take another one.';
      case 'tooLarge':
        return `The file is too large: ${count(Math.round(bytes / 1e6))} MB, and at most 32 MB are opened. ${smaller}`;
      case 'tooManyPixels':
        return `The picture is too large: it has ${count(width)} × ${count(height)} pixels; at most 50 million are opened. ${smaller}`;
      case 'notPicture':
        return foreign[what ?? 'unknown'];
      case 'cut':
        return `The ${name}file is not whole: it ends too early. ${again}`;
      case 'damaged':
        return `The ${name}file is damaged. ${again}`;
      case 'cannot':
        return print
          ? 'This JPEG has printing colours (CMYK), and your browser makes no picture of it. Save it with screen colours (RGB).'
          : `Your browser makes no picture of this ${name}file: it is damaged, or of a kind that it does not know. Save it as PNG.`;
      case 'tooSlow':
        return `The picture takes this device too long, so it was let go. ${smaller}`;
      case 'unreadable':
        return 'The file could not be read. Choose it once more.';
      case 'unsupported':
        return 'This browser can’t open pictures here. Draw one, or take a current browser.';
    }
  },
  noPicture: 'There is no picture on the clipboard. Copy one first.',
  noPaste: 'The browser did not let this page see the clipboard. Press Ctrl + V instead, or choose a file.',
  noFile:
    'That was no file. Save the picture on your device first, then choose it: this page fetches nothing from others.',

  // what to expect
  expect: 'What to expect',
  check: 'How far is it from its world?',
  checking: 'The network looks at it …',
  verdicts: {
    near: 'It could be from the network’s own world. Expect that it goes on well.',
    between: 'It is a bit unlike what the network has learned from. Expect that parts of it change.',
    far: 'Nothing that the network has learned from looks like this. Expect that it turns into something of its own world, or falls apart.',
  },
  times: (times: number) =>
    times < 1.15
      ? 'Its guess of this picture under noise is as good as for pictures of its world.'
      : `Its guess of this picture under noise is ${tenths(times)} times as far off as for pictures of its world.`,
  outside: (share: number) =>
    share < 0.005 ? 'All colours are of its world.' : `${Math.round(100 * share)} % of the pixels have colours that its world doesn’t have.`, // prettier-ignore
  seen: {
    things: 'Our reader finds things of its world in it.',
    setting: 'Our reader finds a place of its world in it, and no thing.',
    nothing: 'Our reader finds nothing of its world in it.',
  },
  noNetwork: 'No network is loaded, so only colours and our reader were asked.',
  unmeasured: 'For this network nobody has measured yet what is usual.',
  failed: 'This could not be found out now. The picture can be taken all the same.',

  // drawing
  ground: 'Ground',
  grounds: {
    meadow: 'meadow',
    sea: 'sea',
    desert: 'desert',
    snow: 'snow',
    night: 'night',
    sunset: 'sunset',
    light: 'plain light',
    dark: 'plain dark',
  } as Readonly<Record<string, string>>,
  surface: (width: number, height: number) => `Drawing of ${width} by ${height} squares`,
  howTo:
    'By keyboard: arrow keys move, Space draws, Shift and an arrow key draw a trail. A line or a box begins with one Space and ends with the next; Escape lets it go.',
  tool: 'Tool',
  tools: { pen: 'Pen', line: 'Line', box: 'Box', fill: 'Fill', eraser: 'Eraser' },
  width: 'Thickness',
  widths: { 1: 'thin', 3: 'medium', 5: 'thick' },
  mirror: 'Mirror left and right',
  paint: 'Colour',
  paints: {
    red: 'red',
    orange: 'orange',
    yellow: 'yellow',
    green: 'green',
    cyan: 'cyan',
    blue: 'blue',
    purple: 'purple',
    pink: 'pink',
    light: 'white',
    dark: 'black',
    fire: 'fire yellow',
  } as Readonly<Record<string, string>>,
  blank: 'ground',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  cell: (column: number, row: number, what: string) => `Column ${column}, row ${row}: ${what}`,
  begun: (column: number, row: number) => `Begun at column ${column}, row ${row}.`,
};

export type PictureStrings = typeof pictures;

/** A PictureError as plain data. */
export interface Refusal {
  readonly reason:
    | 'empty'
    | 'tooLarge'
    | 'tooManyPixels'
    | 'notPicture'
    | 'cut'
    | 'damaged'
    | 'cannot'
    | 'tooSlow'
    | 'unreadable'
    | 'unsupported';
  readonly kind?: Kind;
  readonly what?: keyof typeof foreign;
  readonly width?: number;
  readonly height?: number;
  readonly bytes?: number;
  readonly print?: boolean;
}

function tenths(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}
