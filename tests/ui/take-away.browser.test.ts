/** The film as a file, on the page: choosing, saving, checking, and the code for another page. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { latin1 } from '../../src/export/bytes';
import { labelOf } from '../../src/export/labels';
import { languages } from '../../src/i18n/all';
import { exportStrings } from '../../src/i18n/export';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import type { TakeAwayBox } from '../../src/ui/take-away/take-away';
import { FakeDecoder, FakeEngine, fakePorts } from '../app/fake-run';
import { axeFinds, calmly, looks } from './browser';
import { loadStyles } from './page-styles';

const words = exportStrings(languages.en);
let globe: SnowGlobe;
let saved: { name: string; bytes: Uint8Array<ArrayBuffer> }[];

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 900);
  await calmly('light');
  history.replaceState(null, '', `${location.pathname}?lang=en`);
  saved = [];
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.set(`blob:${blobs.size}`, blob as Blob);
    return `blob:${blobs.size - 1}`;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    void blobs.get(this.href)!.arrayBuffer().then((data) => saved.push({ name: this.download, bytes: new Uint8Array(data) })); // prettier-ignore
  });
  globe = new SnowGlobe();
  globe.ports = fakePorts(new FakeEngine(), { createDecoder: async () => new FakeDecoder() });
  document.body.append(globe);
  await vi.waitFor(() => expect(globe.studio.state.engine.value.phase).toBe('ready'));
  globe.studio.controls.setPrompt('a blue star');
  globe.studio.controls.set({ steps: 3 });
  await globe.studio.runs.again();
});

afterEach(() => {
  vi.restoreAllMocks();
  globe.remove();
});

const share = () => globe.renderRoot.querySelector('share-box')!;
const box = () => share().renderRoot.querySelector<TakeAwayBox>('take-away')!;
const checker = () => box().renderRoot.querySelector('check-file')!;

async function open(): Promise<void> {
  const button = [...share().renderRoot.querySelectorAll('button')].find((each) => each.hasAttribute('aria-expanded'))!;
  await userEvent.click(button);
  await vi.waitFor(() => expect(box()).toBeTruthy(), { timeout: 20_000 });
  await box().updateComplete;
  expect(button.getAttribute('aria-expanded')).toBe('true');
}

async function choose(name: string, option: string): Promise<void> {
  const select = box().renderRoot.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
  select.selectedIndex = [...select.options].findIndex(({ text }) => text === option);
  expect(select.value).toBe(option);
  select.dispatchEvent(new Event('change'));
  await box().updateComplete;
}

async function save(): Promise<(typeof saved)[number]> {
  const before = saved.length;
  await userEvent.click(box().renderRoot.querySelector('button.chief')!);
  await vi.waitFor(() => expect(saved.length).toBe(before + 1), { timeout: 60_000 });
  return saved[before];
}

describe('taking the film away', () => {
  it('is one choice and one button, and says what was saved', async () => {
    await open();
    await choose('format', words.formats.gif);
    await choose('size', words.sizeOf(64));
    const { name, bytes } = await save();
    expect(name).toBe('a-blue-star.gif');
    expect(labelOf(bytes, 'gif').recipe?.shows).toMatchObject({ what: 'film', size: 64, label: true });
    await vi.waitFor(() => expect(box().renderRoot.querySelector('[role=status]')!.textContent).toContain(words.saved(name, bytes.length))); // prettier-ignore
  });

  it('offers what fits: a PNG of what stands still, sizes of a poster', async () => {
    await open();
    await choose('what', words.whats.sheet);
    const options = (name: string) => [...box().renderRoot.querySelectorAll(`select[name=${name}] option`)].map((each) => each.textContent); // prettier-ignore
    expect(options('format')).toEqual([words.formats.png]);
    expect(options('size')).toEqual([words.cellOf(64), words.cellOf(128)]);
    const { name, bytes } = await save();
    expect(name).toBe('a-blue-star.png');
    expect(labelOf(bytes, 'png').recipe?.shows.what).toBe('sheet');
  });

  it('is there for everybody: names, contrast, 360 pixels', async () => {
    await open();
    await userEvent.click(checker().renderRoot.querySelector('summary')!);
    for (const scheme of ['light', 'dark']) {
      await calmly(scheme);
      expect(await axeFinds(share(), scheme === 'light' ? undefined : looks)).toEqual([]);
    }
    await page.viewport(360, 800);
    await box().updateComplete;
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  });
});

describe('checking a file', () => {
  const drop = (bytes: Uint8Array<ArrayBuffer>, name: string, type: string) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], name, { type }));
    for (const event of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }));
  };
  const said = () => checker().renderRoot.querySelector('[role=status]')!.textContent!.replace(/\s+/g, ' ').trim();
  const answers = (text: string) => vi.waitFor(() => expect(said()).toContain(text), { timeout: 60_000 });

  it('that is dropped anywhere: it is what it says, altered, or unknown, and what that proves stands beside it', async () => {
    await open();
    await choose('format', words.formats.gif);
    await choose('size', words.sizeOf(64));
    const { bytes } = await save();
    globe.studio.view.go('lab');
    drop(bytes, 'film.gif', 'image/gif');
    await vi.waitFor(() => expect(globe.studio.state.view.value).toBe('watch'));
    await answers(words.check.same('a blue star'));
    const forged = latin1(bytes).replace('steps=3', 'steps=x');
    drop(Uint8Array.from(forged, (c) => c.charCodeAt(0)), 'film.gif', 'image/gif'); // prettier-ignore
    await answers(words.check.altered('a blue star'));
    drop(new TextEncoder().encode('no film at all'), 'film.mp4', 'video/mp4');
    await answers(words.check.unknown);
    expect(said()).toContain(words.check.unknownHelp);
    expect(checker().renderRoot.querySelector('details')!.textContent).toContain(words.check.provesText[2]);
    expect(globe.studio.state.trouble.value).toBeNull();
  });
});

describe('the code for another page', () => {
  it('is a frame with the film’s link and no style of its own', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open();
    const code = box().renderRoot.querySelector('embed-code')!;
    await userEvent.click(code.renderRoot.querySelector('button')!);
    await vi.waitFor(() => expect(writeText).toHaveBeenCalled());
    const made = new DOMParser().parseFromString(writeText.mock.calls[0][0], 'text/html').querySelector('iframe')!;
    const { search, hash } = new URL(made.src);
    expect([search, made.title, made.hasAttribute('style')]).toEqual(['?embed&lang=en', words.embed.frame('a blue star'), false]); // prettier-ignore
    expect(new URLSearchParams(hash.slice(1)).get('prompt')).toBe('a blue star');
    expect(hash).not.toMatch(/frame=|step=|view=/);
  });
});
