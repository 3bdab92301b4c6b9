/** GIFs frame by frame: what each leaves behind, when it is shown, and files that would run in circles. */
import { describe, expect, it } from 'vitest';
import { claimOf } from '../../src/pictures/claim';
import { framesAt, goesOn } from '../../src/pictures/film';
import { openGif, pixelsOf } from '../../src/pictures/gif';
import { openFilm, type How } from '../../src/pictures/open';
import { PictureError } from '../../src/pictures/types';
import { gif, gifOfCodes, joined, type GifFrame } from './made';

const all = (pixel: number, count = 4) => Array<number>(count).fill(pixel);

/** Each screen as letters: k black, r, g, b, and . where it is transparent. */
function screensOf(data: Uint8Array): string[] {
  const { ends, screens } = openGif(data);
  return Array.from(screens(ends.length - 1), (screen) => {
    let letters = '';
    for (let i = 0; i < screen.length; i += 4) {
      const [r, g, b, a] = screen.subarray(i, i + 4);
      letters += a === 0 ? '.' : r ? 'r' : g ? 'g' : b ? 'b' : 'k';
    }
    return letters;
  });
}

const refused = (data: Uint8Array): string => {
  try {
    return String(screensOf(data));
  } catch (error) {
    if (error instanceof PictureError) return error.reason;
    throw error;
  }
};

describe('a frame', () => {
  /** A red screen, a green corner that leaves as `disposal` says, and a blue corner opposite. */
  const three = (disposal: number): GifFrame[] => [
    { pixels: all(1), delay: 10 },
    { pixels: [2], width: 1, height: 1, delay: 10, disposal },
    { pixels: [3], x: 1, y: 1, width: 1, height: 1, delay: 10 },
  ];

  it.each([
    ['stays', 0, ['rrrr', 'grrr', 'grrb']],
    ['is kept', 1, ['rrrr', 'grrr', 'grrb']],
    ['is cleared', 2, ['rrrr', 'grrr', '.rrb']],
    ['gives way to what was before', 3, ['rrrr', 'grrr', 'rrrb']],
  ])('%s where it says %i', (_, disposal, screens) => {
    expect(screensOf(gif(2, 2, three(disposal)))).toEqual(screens);
  });

  it('shows what is behind where it is transparent, and nothing at first', () => {
    const frames = [
      { pixels: [1, 0, 0, 1], transparent: 0 },
      { pixels: [0, 2, 0, 0], transparent: 0 },
    ];
    expect(screensOf(gif(2, 2, frames))).toEqual(['r..r', 'rg.r']);
  });

  it('lasts as long as it says, and a tenth of a second where it says next to nothing', () => {
    const frames = [0, 1, 2, 50].map((delay) => ({ pixels: all(1), delay }));
    expect(openGif(gif(2, 2, frames)).ends.map((end) => end.toFixed(2))).toEqual(['0.10', '0.20', '0.22', '0.72']);
  });
});

describe('in the film', () => {
  it('each frame is the one that would be on screen at that time', () => {
    expect(framesAt([0.125, 0.25, 0.5], 6, 8, 'own')).toEqual([0, 1, 2, 2, 0, 1]); // and it begins again
    expect(framesAt([1, 2, 3, 4], 8, 8, 'own')).toEqual(all(0, 8)); // it goes on after the film
    expect(framesAt([1, 2, 3, 4], 8, 8, 'whole')).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('sums of hundredths that are not exact show no frame too late, and none from behind', () => {
    const ends = Array.from({ length: 10 }, (_, n) => (n + 1) * 0.1);
    expect(framesAt(ends, 20, 10, 'own')).toEqual([...Array(20).keys()].map((n) => n % 10));
  });

  it('it is said where a GIF lasts longer', () => {
    expect([goesOn([2], 16, 8), goesOn([2.01], 16, 8)]).toEqual([false, true]);
  });
});

describe('a GIF becomes', () => {
  const how: How = { shape: { frames: 4, height: 2, width: 2 }, rate: 8, fit: 'fill', pace: 'own' };
  const open = (data: Uint8Array, over: Partial<How> = {}) => openFilm(data, claimOf(data), { ...how, ...over });
  const red = ({ data }: { readonly data: Float32Array }) => data[0];

  it('a film of the model’s length, with what there is to say of it', () => {
    const frames = [1, 2, 1, 2, 1, 2].map((pixel) => ({ pixels: all(pixel), delay: 25 }));
    const film = open(gif(2, 2, frames));
    expect(film.pictures.map(red)).toEqual([1, 1, 0, 0]);
    expect([film.lasts, film.notes]).toEqual([1.5, ['goesOn']]);
    const whole = open(gif(2, 2, frames), { pace: 'whole' });
    expect([whole.pictures.map(red), whole.notes]).toEqual([[1, 0, 0, 1], []]);
  });

  it('a still where it has one frame, transparent where it is', () => {
    const still = open(gif(2, 2, [{ pixels: [1, 0, 1, 1], transparent: 0 }]));
    expect([still.pictures.length, still.lasts, still.notes]).toEqual([1, null, ['transparent']]);
    expect([...still.pictures[0].data.subarray(0, 8)]).toEqual([1, 0, 0, 1, 0, 0, 0, 0]);
    expect([...still.original.rgba.subarray(0, 8)]).toEqual([255, 0, 0, 255, 0, 0, 0, 0]);
  });
});

describe('codes', () => {
  const clear = [4, 3] as const;
  const end = [5, 3] as const;

  it('stand for as many pixels as the frame has', () => {
    // A pixel, the run that is just being made (two pixels), a pixel.
    const data = gifOfCodes(2, 2, [clear, [1, 3], [6, 3], [2, 3], [5, 4]]);
    expect(pixelsOf(data, 35)).toBe(4);
    expect(screensOf(data)).toEqual(['rrrg']);
  });

  it('that lead in a circle are damage, and never reach the reader that would follow them for ever', () => {
    const circle = gifOfCodes(9, 9, [clear, [0, 3], [7, 3], [7, 3], [7, 4], [7, 4]]);
    expect(pixelsOf(circle, 35)).toBeUndefined();
    expect(pixelsOf(gifOfCodes(9, 9, [clear, [6, 3]]), 35)).toBeUndefined(); // a run before any pixel
    expect(refused(circle)).toBe('damaged');
  });

  it('that end early are a file that is cut', () => {
    expect(refused(gifOfCodes(9, 9, [clear, [0, 3], end]))).toBe('cut');
  });
});

describe('nothing is unpacked of a GIF', () => {
  const good = gif(2, 2, [{ pixels: all(1) }]);
  it.each([
    ['without frames', joined(good.subarray(0, 25), [0x3b]), 'damaged'],
    ['with a block that there is not', joined(good.subarray(0, 25), [0x77]), 'damaged'],
    ['that ends in a frame', good.subarray(0, good.length - 4), 'damaged'],
    ['whose frame lies beside the screen', gif(4, 4, [{ pixels: all(1), x: 3, y: 3, width: 2, height: 2 }]), 'damaged'],
  ])('%s', (_, data, reason) => expect(refused(data)).toBe(reason));
});
