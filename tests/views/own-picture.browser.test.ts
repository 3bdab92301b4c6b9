/** Pictures of one's own in a real browser: real files through the real worker, and the element alone, by pointer and by keyboard. */
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openPicture } from '../../src/files/opener';
import { unpack } from '../../src/files/unpack';
import { Studio } from '../../src/studio/studio';
import { languages } from '../../src/i18n/all';
import { pictures as de } from '../../src/i18n/de/pictures';
import { pictures as en } from '../../src/i18n/en/pictures';
import { paints } from '../../src/pictures/drawing';
import type { How, Opened } from '../../src/pictures/open';
import { toScreen } from '../../src/pictures/reduce';
import { PictureError } from '../../src/pictures/types';
import { OwnPictureElement, type OwnPicture } from '../../src/views/make/own-picture';
import type { EngineState } from '../../src/app/state';
import { fakePorts, info } from '../app/fake-run';
import { byteChanges } from '../fuzz/changes';
import { gif, joined } from '../pictures/made';
import { axeFinds, calmly, everything, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 40_000, interval: 20 });
const how: How = { shape: { frames: 16, height: 32, width: 32 }, rate: 8, fit: 'fill', pace: 'own' };
/** A busy machine is slow, and no test is about that. */
const patience = 60_000;

/** A file that the browser itself makes: red on the left, blue on the right; `clear` leaves the right transparent. */
async function painted(type: string, width = 64, height = 64, clear = false): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = 'rgb(0 0 255)';
  if (!clear) context.fillRect(width / 2, 0, width / 2, height);
  return new Promise((made) => canvas.toBlob((blob) => made(blob!), type));
}

/** The colour of a place as a screen has it, 0 .. 255, and how opaque it is. */
function at({ pictures: [{ data, width }] }: Opened, x: number, y: number): number[] {
  const [r, g, b, a] = data.subarray(4 * (y * width + x));
  return [r, g, b].map((value) => Math.round(255 * toScreen(value))).concat(a);
}

const near = (colour: readonly number[], [r, g, b]: readonly number[]) =>
  [r, g, b].every((value, c) => Math.abs(value - colour[c]) < 12);

beforeAll(loadStyles);

describe('a real file', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'])('%s comes out in its colours', async (type) => {
    const file = await painted(type);
    expect(file.type).toBe(type);
    const opened = await openPicture(file, how, { patience });
    expect([opened.size, opened.pictures.length, opened.notes]).toEqual([{ width: 64, height: 64 }, 1, []]);
    expect([near(at(opened, 4, 16), [255, 0, 0]), near(at(opened, 28, 16), [0, 0, 255])]).toEqual([true, true]);
    expect(opened.original.rgba.length).toBe(4 * 64 * 64);
  });

  it('a GIF comes out with its frames, at the film’s pace', async () => {
    const frames = [1, 3].map((pixel) => ({ pixels: Array<number>(16).fill(pixel), delay: 100 }));
    const opened = await openPicture(new Blob([gif(4, 4, frames)]), how, { patience });
    const reds = opened.pictures.map(({ data }) => data[0]);
    expect(reds).toEqual([...Array(8).fill(1), ...Array(8).fill(0)]);
  });

  it('a photograph that was taken upright stands upright', async () => {
    const stored = new Uint8Array(await (await painted('image/jpeg', 64, 32)).arrayBuffer());
    // Exif in big-endian order with one entry: Orientation (0x0112) is 6, the left side is the top.
    const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]; // prettier-ignore
    const turned = await openPicture(new Blob([joined(stored.subarray(0, 2), exif, stored.subarray(2))]), how, { patience }); // prettier-ignore
    expect(turned.size).toEqual({ width: 32, height: 64 });
    expect([near(at(turned, 16, 3), [255, 0, 0]), near(at(turned, 16, 28), [0, 0, 255])]).toEqual([true, true]);
  });

  it('what is transparent stays so, until there is a ground', async () => {
    const opened = await openPicture(await painted('image/png', 64, 64, true), how, { patience });
    expect([at(opened, 4, 4)[3], at(opened, 28, 4)[3], opened.notes]).toEqual([1, 0, ['transparent']]);
  });

  it('a picture of more pixels than are read at once is the same as a small one', async () => {
    const opened = await openPicture(await painted('image/png', 1500, 1500), how, { patience });
    for (const y of [0, 15, 31])
      expect([at(opened, 2, y), at(opened, 30, y)].map((each) => each.map(Math.round))).toEqual([[255, 0, 0, 1], [0, 0, 255, 1]]); // prettier-ignore
    expect(Math.max(opened.original.width, opened.original.height)).toBe(256);
  });

  it('that was changed in 200 ways becomes a picture or one sentence, and the next one opens', async () => {
    const good = await Promise.all(
      ['image/png', 'image/jpeg', 'image/webp'].map(async (type) => new Uint8Array(await (await painted(type)).arrayBuffer())),
    ); // prettier-ignore
    const outcomes = { pictures: 0, sentences: 0 };
    const tried = async (bytes: Uint8Array) => {
      try {
        const { pictures } = await unpack(new Uint8Array(bytes), how); // as the worker does, without starting 200
        expect(pictures[0].data.every((value) => value >= 0 && value <= 1.001)).toBe(true);
        outcomes.pictures++;
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        for (const words of [en, de]) expect(words.refused({ ...error, ...error.details })).toMatch(/^\p{Lu}.*[.]$/su);
        outcomes.sentences++;
      }
    };
    const files = fc.sample(byteChanges, 200).map((change, n) => change(good[n % 3]));
    for (const file of files) await tried(file);
    expect(outcomes.sentences).toBeGreaterThan(20);
    expect((await openPicture(new Blob([new Uint8Array(good[0])]), how, { patience })).pictures.length).toBe(1);
  });
});

describe('the element', () => {
  let element: OwnPictureElement;
  let studio: Studio;
  let taken: OwnPicture[];

  beforeEach(async () => {
    await page.viewport(1280, 900);
    await calmly('light');
    studio = new Studio(fakePorts());
    element = Object.assign(new OwnPictureElement(), { studio, strings: languages.en });
    taken = [];
    element.addEventListener('picture', (event) => taken.push((event as CustomEvent<OwnPicture>).detail));
    document.body.append(element);
    await settle();
  });

  afterEach(() => {
    element.remove();
    studio.dispose();
  });

  const settle = () => settled(element);

  const all = (selector: string) =>
    everything(element.renderRoot).filter((each) => each.matches(selector)) as HTMLElement[];
  const find = (selector: string) => all(selector)[0];
  const button = (name: string) => all('button').find((each) => each.textContent!.trim() === name)!;
  const field = (name: string) =>
    all('label')
      .find((each) => each.textContent!.trim().startsWith(name))!
      .querySelector('select')!;
  const alert = () => find('[role=alert]').textContent!.trim(); // prettier-ignore
  const holding = (...files: File[]) => {
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    return data;
  };
  const drop = (...files: File[]) =>
    find('.place').dispatchEvent(new DragEvent('drop', { dataTransfer: holding(...files), bubbles: true, composed: true, cancelable: true })); // prettier-ignore
  const opened = () =>
    until(() => {
      expect(find('canvas.original')).toBeTruthy();
      expect(find('.place + [role=status]').textContent).toBe('');
    });
  const value = ({ frames, count }: OwnPicture, channel: number, x: number, y: number) =>
    frames[channel * count * 1024 + y * 32 + x];

  it('takes a file that is dropped, pasted or chosen, shows it beside the original, and hands it on', async () => {
    const file = new File([await painted('image/png')], 'my.holiday.png');
    drop(file);
    await opened();
    await settle();
    expect(find('canvas.original').getAttribute('aria-label')).toBe(en.altOriginal('my.holiday'));
    await userEvent.click(button(en.use));
    expect(taken.map(({ count, name, frames }) => [count, name, frames.length])).toEqual([[1, 'my.holiday', 3072]]);
    expect([value(taken[0], 0, 3, 3), value(taken[0], 2, 3, 3), value(taken[0], 2, 30, 3)].map(Math.round)).toEqual([1, -1, 1]); // prettier-ignore

    const moving = gif(4, 4, [1, 3].map((pixel) => ({ pixels: Array<number>(16).fill(pixel), delay: 200 }))); // prettier-ignore
    dispatchEvent(new ClipboardEvent('paste', { clipboardData: holding(new File([moving], 'moving.gif')) }));
    await until(() => expect(find('ul.notes')?.textContent).toContain(en.notes.goesOn(4, 2)));
    await userEvent.click(button(en.use));
    expect([taken[1].count, taken[1].frames.length]).toEqual([16, 3 * 16 * 1024]);

    const input = find('input[type=file]') as HTMLInputElement;
    input.files = holding(new File([await painted('image/png', 64, 64, true)], 'half.png')).files;
    input.dispatchEvent(new Event('change'));
    await until(() => expect(find('ul.notes')?.textContent).toContain(en.notes.transparent));
    await userEvent.selectOptions(field(en.ground), 'dark');
    await settle();
    await userEvent.click(button(en.use));
    expect(value(taken[2], 0, 30, 3)).toBeCloseTo((2 * 28) / 255 - 1, 2);
  });

  it('says in one sentence why it takes no file, and keeps what was there', async () => {
    drop(new File([await painted('image/png')], 'good.png'));
    await opened();
    drop(new File(['PK\x03\x04 and so on, a packed file'], 'picture.png', { type: 'image/png' }));
    await until(() => expect(alert()).toBe(en.refused({ reason: 'notPicture', what: 'archive' })));
    drop(new File([], 'nothing.png'));
    await until(() => expect(alert()).toBe(en.refused({ reason: 'empty' })));
    drop(); // a picture of another page is an address
    await until(() => expect(alert()).toBe(en.noFile));
    expect(find('canvas.original').getAttribute('aria-label')).toBe(en.altOriginal('good'));
    await userEvent.click(button(en.use));
    expect(taken.length).toBe(1);
  });

  it('keeps the picture while the network is loaded again, and opens it anew for one of another size', async () => {
    const engine = studio.state.engine as { value: EngineState }; // which only a session may change
    const ready = (width: number, height: number) =>
      ({ phase: 'ready', info: { ...info, shape: { frames: 16, height, width } } }) as const;
    const original = () => find('canvas.original')?.getAttribute('aria-label');
    drop(new File([await painted('image/png')], 'mine.png'));
    engine.value = ready(24, 16); // as it is being opened
    await opened();
    expect(original()).toBe(en.altOriginal('mine'));
    engine.value = { phase: 'loading', stage: 'weights', done: 0, total: 0 };
    await settle();
    expect(original()).toBe(en.altOriginal('mine'));
    engine.value = ready(24, 16);
    await settle();
    await opened();
    await userEvent.click(button(en.use));
    engine.value = ready(48, 16);
    await settle();
    await opened();
    expect(original()).toBe(en.altOriginal('mine'));
    await userEvent.click(button(en.use));
    expect(taken.map(({ frames }) => frames.length)).toEqual([3 * 24 * 16, 3 * 48 * 16]);
  });

  it('shows all of a wide picture on a ground where that is wanted', async () => {
    drop(new File([await painted('image/png', 64, 32)], 'wide.png'));
    await opened();
    expect(all('select').length).toBe(1); // nothing shows a ground yet
    await userEvent.selectOptions(field(en.fit), 'whole');
    await until(() => expect(all('select').length).toBe(2));
    await userEvent.selectOptions(field(en.ground), 'light');
    await settle(); // opened anew, since its fit is another: until then there is nothing to use
    await userEvent.click(button(en.use));
    expect([value(taken[0], 2, 3, 2), value(taken[0], 2, 3, 16)].map((each) => Math.round(each))).toEqual([1, -1]);
  });

  it('says what to expect, and that no network was asked where there is none', async () => {
    drop(new File([await painted('image/png')], 'plain.png'));
    await until(() => expect(find('picture-distance')?.shadowRoot?.textContent).toContain(en.expect));
    expect(find('picture-distance').shadowRoot!.textContent).toContain(en.noNetwork);
  });

  describe('a drawing', () => {
    const surface = () => find('.surface');
    const said = () => find('pixel-drawing').shadowRoot!.querySelector('[role=status]')!.textContent;
    const take = async () => {
      await userEvent.click(button(en.useDrawing));
      return taken.at(-1)!;
    };
    /** Channel values of a paint, -1 .. 1. */
    const paint = (name: string) => paints.find((each) => each.name === name)!.rgb.map((c) => (2 * c) / 255 - 1);
    const shows = (picture: OwnPicture, x: number, y: number, name: string) =>
      paint(name).every((wanted, channel) => Math.abs(value(picture, channel, x, y) - wanted) < 0.01);

    beforeEach(async () => {
      await userEvent.click(button(en.ways.draw));
      await settle();
    });

    it('is made by keyboard alone: a dot, a trail, a box, and all of it back', async () => {
      surface().focus();
      await userEvent.keyboard('{ArrowRight}{ArrowDown} ');
      await settle();
      expect(said()).toBe(en.cell(18, 18, en.paints.red));
      await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}');
      let picture = await take();
      expect([shows(picture, 17, 17, 'red'), shows(picture, 13, 17, 'red'), shows(picture, 9, 17, 'red')]).toEqual([true, true, false]); // prettier-ignore
      expect([picture.count, picture.name]).toEqual([1, en.drawingName]);

      all('input[name=tool]')[2].click(); // the box
      all('input[name=paint]')[5].click(); // blue
      surface().focus();
      await userEvent.keyboard(' {ArrowUp}{ArrowUp}{ArrowUp}{ArrowRight}');
      await userEvent.keyboard('{Escape}'); // thought again
      await userEvent.keyboard(' {ArrowUp}{ArrowRight} ');
      await settle();
      picture = await take();
      expect([[14, 14], [15, 13], [13, 14]].map(([x, y]) => shows(picture, x, y, 'blue'))).toEqual([true, true, false]); // prettier-ignore
      surface().focus();
      await userEvent.keyboard('{Control>}z{/Control}');
      await settle();
      expect(shows(await take(), 14, 14, 'blue')).toBe(false);
      await userEvent.keyboard('{Tab}');
      await userEvent.click(button(en.redo));
      expect(shows(await take(), 14, 14, 'blue')).toBe(true);
    });

    it('is made by a finger, mirrored, and no key of the page is pressed meanwhile', async () => {
      const pressed = vi.fn();
      addEventListener('keydown', (event) => event.defaultPrevented || pressed(event.key), { once: true });
      (all('input[type=checkbox]')[0] as HTMLInputElement).click();
      const { left, top, width } = find('.surface canvas').getBoundingClientRect();
      const point = (type: string, x: number, y: number) =>
        surface().dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'touch', isPrimary: true, button: 0, clientX: left + ((x + 0.5) / 32) * width, clientY: top + ((y + 0.5) / 32) * width, bubbles: true })); // prettier-ignore
      surface().setPointerCapture = () => {}; // there is no finger
      point('pointerdown', 2, 2);
      point('pointermove', 8, 2);
      point('pointerup', 8, 2);
      await settle();
      const picture = await take();
      expect([2, 5, 8, 23, 26, 29, 15].map((x) => shows(picture, x, 2, 'red'))).toEqual([true, true, true, true, true, true, false]); // prettier-ignore
      surface().focus();
      await userEvent.keyboard(' ');
      expect(pressed).not.toHaveBeenCalled();
    });

    it('stands on the ground that is chosen', async () => {
      await userEvent.selectOptions(field(en.ground), 'night');
      await settle();
      const night = await take();
      expect(value(night, 0, 0, 0)).toBeLessThan(-0.8); // a dark sky
    });
  });

  it('is for everybody: axe finds nothing, and nothing sticks out on a phone, in either language', async () => {
    for (const [scheme, width, strings, words] of [
      ['light', 1280, languages.en, en],
      ['dark', 360, languages.de, de],
    ] as const) {
      await calmly(scheme);
      await page.viewport(width, 800);
      Object.assign(element, { strings });
      await settle();
      for (const way of ['open', 'draw'] as const) {
        await userEvent.click(button(words.ways[way]));
        if (way === 'open') {
          drop(new File([await painted('image/png', 64, 32, true)], 'one.png'));
          await opened();
          await until(() => expect(find('picture-distance')?.shadowRoot?.textContent).toContain(words.expect));
        }
        await settle();
        expect(document.documentElement.scrollWidth, `${way} at ${width}`).toBeLessThanOrEqual(width);
        expect(await axeFinds(element, undefined, { region: { enabled: false } })).toEqual([]); // it stands alone here
      }
    }
  });
});
