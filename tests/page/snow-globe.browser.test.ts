/** The page in a real browser, with a fake engine and a fake recording behind the same ports as the real ones. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Ports } from '../../src/studio/studio';
import { labViews, viewNames } from '../../src/settings/views';
import { clipAt } from '../../src/app/state';
import { de } from '../../src/i18n/de';
import { glossary as deWords } from '../../src/i18n/de/glossary';
import { en } from '../../src/i18n/en';
import { glossary as enWords } from '../../src/i18n/en/glossary';
import { decode } from '../../src/recording/file';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { standsFor, thinned } from '../../src/ui/step-sheet/step-sheet';
import { FakeDecoder, FakeEngine, fakePorts, recordedPrompt } from '../app/fake-run';
import { axeFinds, everything, looks, media, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

/** Patient: a busy machine with two cores runs this too. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

let globe: SnowGlobe;

async function open(ports: Ports = fakePorts(), hash = ''): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en${hash}`);
  globe = new SnowGlobe();
  globe.ports = ports;
  document.body.append(globe);
  await until(() => expect(run()?.phase).toMatch(/done|failed/));
  await settle();
}

/** All elements have rendered what the signals say. */
const settle = () => settled(globe);

const run = () => globe.studio.state.run.value;
const inside = (name: string) => globe.renderRoot.querySelector(name)!.shadowRoot!;
const find = <T extends Element = HTMLElement>(name: string, selector: string) =>
  inside(name).querySelector<T>(selector)!;
const text = (name: string) => inside(name).textContent!.replace(/\s+/g, ' ');
const sheet = (show: 'x' | 'guess') => find('step-sheet', `[data-show=${show}] [role=grid]`);
const bigPicture = () => {
  const canvas = find<HTMLCanvasElement>('clip-view', 'canvas');
  return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
};

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 800);
  await media({ 'prefers-color-scheme': 'light', 'prefers-reduced-motion': 'no-preference' });
});

afterEach(() => globe?.remove());

describe('on opening', () => {
  it('shows the recorded run: its prompt, its finished clip, both sheets filled', async () => {
    await open();
    expect(find<HTMLInputElement>('prompt-box', '#prompt').value).toBe(recordedPrompt);
    expect(text('run-status')).toContain('Recorded run: done');
    const finished = clipAt(run()!, 12, 'guess')!;
    expect(bigPicture()[0]).toBe(Math.round(127.5 * (finished[0] + 1)));
    for (const show of ['x', 'guess'] as const) {
      const canvas = sheet(show).querySelector('canvas')!;
      const [columns, lines] = [canvas.width / 34, canvas.height / 34];
      expect(text('step-sheet')).toContain(en.leftOut(columns, 16, lines, 13)); // here not all have room
      for (let row = 0; row < lines; row++)
        expect(canvas.getContext('2d')!.getImageData(40, row * 34 + 5, 1, 1).data[3]).toBe(255);
    }
  });

  it('says where the network runs and why', async () => {
    await open();
    await until(() => expect(text('engine-status')).toContain(en.backends.cpu));
    expect(text('engine-status')).toContain('This is a test.');
  });

  it('shows bytes while the network loads', async () => {
    await open(fakePorts(new FakeEngine({}, new Promise(() => {}))));
    expect(text('engine-status')).toContain('1.0 of 3.0 MB');
    expect(find<HTMLProgressElement>('engine-status', 'progress').value).toBe(1_000_000);
  });

  it('speaks German where asked, completely', async () => {
    await open();
    await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, 'de');
    await settle();
    expect(document.documentElement.lang).toBe('de');
    expect(text('prompt-box')).toContain(de.promptTitle);
    expect(location.search).toBe('?lang=de');
    expect(Object.keys(de)).toEqual(Object.keys(en));
  });
});

describe('shaking', () => {
  it('runs the prompt that was typed and fills the sheet row by row', async () => {
    const engine = new FakeEngine({ wait: 200 });
    await open(fakePorts(engine));
    const input = find<HTMLInputElement>('prompt-box', '#prompt');
    await userEvent.fill(input, 'a big blue star');
    await userEvent.keyboard('{Enter}');
    await until(() => expect(run()).toMatchObject({ source: 'live', prompt: 'a big blue star', phase: 'running' }));
    await until(() => expect(run()!.steps.length).toBeGreaterThan(2));
    await settle();
    const pixels = sheet('x').querySelector('canvas')!.getContext('2d')!;
    expect(pixels.getImageData(40, 5, 1, 1).data[3]).toBe(255); // first row there
    const last = pixels.canvas.height - 34; // still to come
    expect(pixels.getImageData(40, last + 5, 1, 1).data[3]).toBeLessThan(255);
    await until(() => expect(run()!.phase).toBe('done'));
    expect(engine.requests[0].prompt).toBe('a big blue star');
  });

  it('can be stopped', async () => {
    await open(fakePorts(new FakeEngine({ wait: 200 })));
    await userEvent.click(find('prompt-box', 'button.chief'));
    await until(() => expect(run()!.source === 'live' && run()!.steps.length).toBeGreaterThan(1));
    await settle();
    await userEvent.click(
      [...inside('prompt-box').querySelectorAll('button')].find((b) => b.textContent!.includes(en.stop))!,
    );
    await until(() => expect(run()!.phase).toBe('stopped'));
    await settle();
    expect(text('run-status')).toContain('stopped');
    expect(run()!.steps.length).toBeLessThan(12);
  });

  it('works with the key S, but not while somebody types', async () => {
    const engine = new FakeEngine();
    await open(fakePorts(engine));
    await until(() => expect(globe.studio.state.engine.value.phase).toBe('ready'));
    await userEvent.click(find('prompt-box', '#prompt'));
    await userEvent.keyboard('s');
    expect(engine.requests).toHaveLength(0);
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('s');
    expect(engine.requests).toHaveLength(1);
  });

  it('takes an example with one click', async () => {
    const engine = new FakeEngine();
    await open(fakePorts(engine));
    const chip = find<HTMLButtonElement>('prompt-box', '.chips .chip');
    await userEvent.click(chip);
    await until(() => expect(engine.requests[0]?.prompt).toBe(chip.textContent!.trim()));
  });

  it('puts its whole state into the address', async () => {
    await open();
    await userEvent.fill(find('prompt-box', '#prompt'), 'a red ball');
    await until(() => expect(location.hash).toContain('prompt=a+red+ball'));
  });
});

describe('words', () => {
  it('marks a word that was never seen in training, in words', async () => {
    await open();
    await userEvent.fill(find('prompt-box', '#prompt'), 'a red zebra');
    await settle();
    const unknown = find('prompt-box', 'li.unknown');
    expect(unknown.querySelector('s')!.textContent).toBe('zebra');
    expect(unknown.textContent).toContain(en.neverSeen);
    expect(find('prompt-box', '#reading-warning').textContent).toContain('“zebra”');
  });

  it('can be chosen one by one', async () => {
    await open();
    find<HTMLDetailsElement>('prompt-box', 'details').open = true;
    const [, colours] = inside('prompt-box').querySelectorAll<HTMLSelectElement>('.choosers select');
    expect(colours.value).toBe('red');
    await userEvent.selectOptions(colours, 'orange');
    expect(globe.studio.state.prompt.value).toBe('A small orange ball moving right.');
  });

  it('are never taken for markup', async () => {
    await open();
    await userEvent.fill(find('prompt-box', '#prompt'), '<img src=x onerror=alert(1)>');
    await settle();
    expect(inside('prompt-box').querySelector('img')).toBeNull();
  });
});

describe('the sheet', () => {
  it('is walked with the arrow keys; the big picture and the sentence follow', async () => {
    await open();
    globe.studio.view.look({ show: 'guess' });
    await settle();
    const grid = sheet('guess');
    grid.focus();
    await userEvent.keyboard(
      '{PageUp}{Home}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}',
    );
    await settle();
    const { state } = globe.studio;
    expect([state.row.value, state.frame.value, state.show.value, state.playing.value]).toEqual([3, 2, 'guess', false]);
    expect(find('clip-view', '.foot').textContent).toBe(en.place(3, 12, 3, 16, 0.75));
    expect(find('clip-view', '[role=status]').textContent).toBe(en.step(3, 12, 3, 16, 0.75, []));
    const cell = grid.querySelector('[role=gridcell]')!;
    expect(grid.getAttribute('aria-activedescendant')).toBe(cell.id);
    expect([cell.parentElement!.getAttribute('aria-rowindex'), cell.getAttribute('aria-colindex')]).toEqual(['4', '3']);
    expect([grid.getAttribute('aria-rowcount'), grid.getAttribute('aria-colcount')]).toEqual(['13', '16']);
    const clip = clipAt(run()!, 3, 'guess')!;
    expect(bigPicture()[0]).toBe(Math.round(127.5 * (clip[2 * 32 * 32] + 1)));
    await userEvent.keyboard('{PageDown}{End}');
    expect([state.row.value, state.frame.value]).toEqual([12, 15]);
  });

  it('is clicked', async () => {
    await open();
    globe.studio.view.look({ show: 'x' });
    await settle();
    const grid = sheet('x');
    grid.scrollIntoView({ block: 'center' });
    const box = grid.getBoundingClientRect();
    const { width, height } = grid.querySelector('canvas')!;
    const [columns, lines] = [width / 34, height / 34];
    expect(Math.min(box.width / columns, box.height / lines)).toBeGreaterThanOrEqual(40);
    const at = (line: number, column: number) => ({
      x: ((column + 0.5) / columns) * box.width,
      y: ((line + 0.5) / lines) * box.height,
    });
    await userEvent.click(grid, { position: at(4, 6) });
    const { state } = globe.studio;
    const place = [thinned(13, lines, true)[4], thinned(16, columns, false)[6]];
    expect([state.row.value, state.frame.value, state.show.value]).toEqual([...place, 'x']);
    await settle();
    // The cursor lies where the click was.
    const cell = grid.querySelector('[role=gridcell]')!.getBoundingClientRect();
    expect(cell.left + cell.width / 2 - box.left).toBeCloseTo(at(4, 6).x, 0);
    expect(cell.top + cell.height / 2 - grid.getBoundingClientRect().top).toBeCloseTo(at(4, 6).y, 0);
  });
});

describe('pictures that are left out', () => {
  it('are left out evenly, the last step never', () => {
    expect(thinned(16, 16, false)).toEqual(Array.from({ length: 16 }, (_, i) => i));
    expect(thinned(16, 13, false)).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
    expect(thinned(25, 9, true)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24]);
    for (let count = 2; count < 102; count++)
      for (let most = 2; most < 30; most++) {
        const shown = thinned(count, most, true);
        expect([shown[0], shown.at(-1)]).toEqual([0, count - 1]);
        const gaps = shown.slice(1).map((place, i) => place - shown[i]);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }
  });

  it('are stood for by the one before them', () => {
    expect([0, 1, 2, 3, 7, 15].map((place) => standsFor([0, 2, 4, 6], place))).toEqual([0, 0, 1, 1, 3, 3]);
  });
});

describe('the film', () => {
  it('plays by itself and stops with the space bar', async () => {
    await open(fakePorts(new FakeEngine(), { calm: false }));
    const { frame, playing } = globe.studio.state;
    const before = frame.value;
    await until(() => expect(frame.value).not.toBe(before));
    await userEvent.keyboard(' ');
    expect(playing.value).toBe(false);
    const stopped = frame.value;
    await new Promise((done) => setTimeout(done, 400));
    expect(frame.value).toBe(stopped);
  });

  it('changes snow at most three times a second', async () => {
    await open(fakePorts(new FakeEngine(), { calm: false }));
    globe.studio.view.look({ row: 1, show: 'x' });
    const seen: number[] = [];
    const end = globe.studio.state.frame.subscribe(() => seen.push(performance.now()));
    await new Promise((done) => setTimeout(done, 2000));
    end();
    expect(seen.length - 1).toBeGreaterThanOrEqual(3);
    expect(seen.length - 1).toBeLessThanOrEqual(6);
  });

  it('does not move by itself where less motion is asked for, and a recorded run is there at once', async () => {
    await media({ 'prefers-color-scheme': 'light', 'prefers-reduced-motion': 'reduce' });
    const { prefersCalm } = await import('../../src/ui/element');
    expect(prefersCalm()).toBe(true);
    await open(fakePorts(new FakeEngine(), { calm: prefersCalm() }));
    expect(globe.studio.state.playing.value).toBe(false);
    const frame = globe.studio.state.frame.value;
    await new Promise((done) => setTimeout(done, 500));
    expect(globe.studio.state.frame.value).toBe(frame);
    await userEvent.click(find('prompt-box', 'button.chief'));
    await until(() => expect(run()).toMatchObject({ source: 'live', phase: 'done' }));
    await settle();
    const moving = [...inside('clip-view').querySelectorAll('*'), ...inside('run-status').querySelectorAll('*')];
    expect(moving.flatMap((element) => element.getAnimations())).toEqual([]);
  });
});

describe('the decoder', () => {
  const canvas = () => find<HTMLCanvasElement>('clip-view', 'canvas');
  const toggle = () => find('film-controls', '.under button');
  const withDecoder = (decoder = new FakeDecoder()) =>
    fakePorts(new FakeEngine(), { createDecoder: async () => decoder });

  it('draws the finished clip at 128 x 128; one press, or the key D, and it is the transformer\u2019s own', async () => {
    await open(withDecoder());
    globe.studio.view.look({ frame: 5 });
    await until(() => expect([canvas().width, bigPicture()[0]]).toEqual([128, 16 * 5]));
    await settle();
    expect(getComputedStyle(canvas()).imageRendering).toBe('auto');
    expect(canvas().ariaLabel).toContain(en.decoder.drawn);
    expect(text('engine-status')).toContain(en.decoder.ready(en.backends.cpu, 567));
    await userEvent.click(toggle());
    await until(() => expect(canvas().width).toBe(32));
    expect(getComputedStyle(canvas()).imageRendering).toBe('pixelated');
    await settle();
    expect(canvas().ariaLabel).not.toContain(en.decoder.drawn);
    await until(() => expect(location.hash).toContain('decoder=off'));
    await userEvent.keyboard('d');
    await until(() => expect(canvas().width).toBe(128));
    expect(toggle().ariaPressed).toBe('true');
  });

  it('never draws the noisy clip, and the measured path still lies on the picture', async () => {
    await open(withDecoder());
    globe.studio.view.look({ row: 4, show: 'x', frame: 0 });
    await settle();
    expect(canvas().width).toBe(32);
    globe.studio.view.look({ show: 'guess' });
    await until(() => expect(canvas().width).toBe(128));
    const [picture, path] = [canvas(), find('clip-view', 'seen-path')].map((each) => each.getBoundingClientRect());
    expect([path.left, path.top, path.width, path.height]).toEqual([
      picture.left,
      picture.top,
      picture.width,
      picture.height,
    ]);
  });

  it('that is missing is said in one calm sentence; trying again works, and all else did meanwhile', async () => {
    let decoder = new FakeDecoder(Promise.reject(new Error('The server answered 404.')));
    await open(fakePorts(new FakeEngine(), { createDecoder: async () => decoder }));
    await until(() => expect(text('film-controls')).toContain(en.decoder.fault));
    expect(find('page-notes', '[role=alert]').textContent!.trim()).toBe('');
    expect([canvas().width, run()!.phase]).toEqual([32, 'done']);
    decoder = new FakeDecoder();
    await userEvent.click(find('film-controls', '[role=status] button'));
    await until(() => expect(canvas().width).toBe(128));
    expect(text('film-controls')).not.toContain(en.decoder.fault);
  });
});

describe('faults', () => {
  const broken = Object.assign(new Error('x'), {
    name: 'WeightsError',
    cause: 'model.safetensors is altered.',
    next: 'Reload the page.',
  });

  it('names cause and next step; the recorded run keeps playing and trying again works', async () => {
    let attempts = 0;
    const engines = () => new FakeEngine({}, attempts++ === 0 ? Promise.reject(broken) : Promise.resolve());
    await open(fakePorts(engines, { calm: false }));
    await settle();
    const alert = find('page-notes', '[role=alert]');
    expect(alert.textContent).toContain('model.safetensors is altered.');
    expect(alert.textContent).toContain('Reload the page.');
    expect(text('engine-status')).toContain(en.engineFailed);
    const { frame } = globe.studio.state;
    const before = frame.value;
    await until(() => expect(frame.value).not.toBe(before));
    sheet(globe.studio.state.show.value).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(globe.studio.state.row.value).toBe(11); // everything stays usable
    await userEvent.click(alert.querySelector('button')!);
    await until(() => expect(globe.studio.state.engine.value.phase).toBe('ready'));
    await settle();
    expect(alert.textContent!.trim()).toBe('');
  });

  it('are said in German on a German page: a file that is none, a run that cannot be saved, and why it is slow', async () => {
    const writeRun = () => Promise.reject(new RangeError('no room'));
    await open(fakePorts(new FakeEngine(), { readRun: async (bytes) => (await decode(bytes)) as never, writeRun }));
    await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, 'de');
    /** What is read without opening anything. */
    const seen = (name: string) => {
      const copy = find(name, '.note, .line').cloneNode(true) as Element;
      copy.querySelectorAll('details p, [lang=en]').forEach((each) => each.remove());
      return copy.textContent!.replace(/\s+/g, ' ');
    };
    await until(() => expect(seen('engine-status')).toContain(de.whyNot.noAdapter));
    await globe.studio.files.open(new Blob(['a photograph, say, of a snow globe']));
    await settle();
    const { cause, next } = de.faults.NoRecordingError;
    for (const part of [de.troubles.file, cause, next]) expect(seen('page-notes')).toContain(part);
    expect(find('page-notes', 'details [lang=en]').textContent).toContain('no recording of a run');
    await globe.studio.runs.again();
    await globe.studio.files.save();
    await settle();
    for (const part of [de.troubles.save, de.faults.SaveError.cause]) expect(seen('page-notes')).toContain(part);
  });

  it('says that a run is being saved, and goes on meanwhile', async () => {
    let written = (_: Uint8Array) => {};
    await open(fakePorts(new FakeEngine(), { writeRun: () => new Promise((resolve) => (written = resolve)) }));
    await globe.studio.runs.again();
    await settle();
    const save = () => [...inside('share-box').querySelectorAll('button')][2];
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await userEvent.click(save());
    await settle();
    expect(save().textContent.trim()).toBe(en.files.saving);
    expect(save().getAttribute('aria-disabled')).toBe('true');
    expect(find('share-box', '[role=status]').textContent).toContain(en.files.savingHelp);
    save().click(); // once is enough
    globe.studio.view.togglePlaying();
    await until(() => expect(globe.studio.state.frame.value).toBeGreaterThan(0));
    written(new Uint8Array(3));
    await until(() => expect(saved).toHaveBeenCalledOnce());
    await settle();
    expect(save().textContent.trim()).toBe(en.files.save);
    saved.mockRestore();
  });

  it('says what of a link was clamped', async () => {
    await open(fakePorts(new FakeEngine()), '#steps=5000&tempo=3');
    await settle();
    const notes = find('page-notes', '[role=status]').textContent!;
    expect(notes).toContain(en.notices.clamped(en.settings.steps.name, '5000', '100'));
    expect(notes).toContain(en.notices['unknown-key']('tempo'));
    await userEvent.click(find('page-notes', '[role=status] button'));
    await settle();
    expect(find('page-notes', '[role=status]').textContent!.trim()).toBe('');
  });
});

function openAll(): void {
  for (const each of everything(globe.renderRoot)) if (each instanceof HTMLDetailsElement) each.open = true;
}

/** Letters that the last row of a classroom can't read, in drawings as well, as they are on the screen. */
function tooSmall(): string[] {
  const sizeOf = (each: Element) =>
    parseFloat(getComputedStyle(each).fontSize) *
    (each instanceof SVGGraphicsElement ? (each.getScreenCTM()?.a ?? 1) : 1);
  const written = (each: Element) =>
    each.matches('select, input:not([type=range], [type=radio], [type=checkbox])') ||
    [...each.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent!.trim());
  return everything(globe.renderRoot)
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 3 && written(each))
    .filter((each) => !each.closest('.unseen, math') && sizeOf(each) < 27.99)
    .map(
      (each) =>
        `${(each.getRootNode() as ShadowRoot).host.localName} ${each.localName} ${sizeOf(each)}: ${each.textContent}`,
    );
}

describe('for everybody', () => {
  it.each(['light', 'dark', 'forced colours'])(
    'axe finds nothing in %s, at rest and with a fault on the page',
    async (scheme) => {
      const forced = scheme === 'forced colours';
      await media({
        'prefers-color-scheme': forced ? 'light' : scheme,
        'prefers-reduced-motion': 'reduce',
        'forced-colors': forced ? 'active' : 'none',
      });
      expect(matchMedia('(forced-colors: active)').matches).toBe(forced);
      const failing = () => new FakeEngine({}, Promise.reject(new Error('The download broke off.')));
      const none = async () => new FakeDecoder(Promise.reject(new Error('The server answered 404.')));
      for (const [ports, hash] of [
        [fakePorts(new FakeEngine(), { createDecoder: async () => new FakeDecoder() }), ''],
        [fakePorts(failing, { createDecoder: none }), '#steps=5000'],
      ] as const) {
        await open(ports, hash);
        globe.studio.controls.setPrompt('a red zebra');
        for (const view of viewNames) {
          globe.studio.view.go(view);
          await until(() => expect(view === 'watch' || inside(`${view}-view`)).toBeTruthy());
          await settle();
          openAll();
          await settle();
          expect(await axeFinds(globe, scheme === 'light' ? undefined : looks), view).toEqual([]);
        }
        globe.remove();
      }
    },
  );

  it.each([360, 768, 1280, 1920])('nothing sticks out sideways at %i pixels, in either language', async (width) => {
    await page.viewport(width, 800);
    await open();
    for (const language of ['en', 'de']) {
      await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, language);
      await settle();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
  });

  it.each([
    [390, 844],
    [360, 640],
  ])(
    'film, words and Shake are on the first screen of a phone, %i x %i, before a shake and after it',
    async (width, height) => {
      await page.viewport(width, height);
      await open();
      const areThere = () => {
        const tabs = inside('view-tabs').querySelector('nav')!.getBoundingClientRect();
        for (const [name, selector] of [
          ['clip-view', '.globe'],
          ['prompt-box', '#prompt'],
          ['prompt-box', 'button.chief'],
        ]) {
          const { top, bottom } = find(name, selector).getBoundingClientRect();
          expect(top, selector).toBeGreaterThanOrEqual(0);
          expect(bottom, selector).toBeLessThanOrEqual(tabs.top);
        }
      };
      areThere();
      await userEvent.click(find('prompt-box', 'button.chief'));
      await until(() => expect([run()?.source, run()?.phase]).toEqual(['live', 'done']));
      await settle();
      areThere();
    },
  );

  it('eight rows of the sheet are on the first screen of a laptop', async () => {
    await open();
    const { top, height } = sheet('guess').getBoundingClientRect();
    const rows = sheet('guess').querySelector('canvas')!.height / 34;
    expect(Math.floor((800 - top) / (height / rows))).toBeGreaterThanOrEqual(8);
  });

  it('its words are explained where one asks for it, in the language of the page', async () => {
    await open();
    const list = inside('word-list');
    await userEvent.click(list.querySelector('summary')!);
    await until(() => expect(list.textContent).toContain(enWords.seed.means));
    await userEvent.selectOptions(globe.renderRoot.querySelector('.language select')!, 'de');
    await until(() => expect(list.textContent).toContain(deWords.seed.means));
    expect(await axeFinds(globe.renderRoot.querySelector('word-list')!)).toEqual([]);
  });

  it('presenting, film and sheet stand alone, nothing is below 28 px, and a clicker walks the steps', async () => {
    await page.viewport(1920, 1080);
    await open();
    globe.studio.view.present(true);
    await settle();
    expect(tooSmall()).toEqual([]);
    expect(globe.renderRoot.querySelector('prompt-box')!.checkVisibility()).toBe(false);
    expect(find('clip-view', '.globe').getBoundingClientRect().height).toBeGreaterThan(0.6 * 1080);
    const before = globe.studio.state.row.value!;
    await userEvent.keyboard('{PageUp}');
    expect(globe.studio.state.row.value).toBe(before - 1);
    await userEvent.keyboard('{Escape}');
    await until(() => expect(globe.hasAttribute('presenting')).toBe(false));
  });

  it('presenting, nothing is below 28 px in any view, and in the story page keys walk the chapters', async () => {
    await page.viewport(1920, 1080);
    await open();
    Object.assign(globe, { requestFullscreen: undefined }); // the test before may still be leaving the whole screen
    globe.studio.view.present(true);
    for (const view of viewNames) {
      globe.studio.view.go(view);
      await until(() => expect(view === 'watch' || inside(`${view}-view`)).toBeTruthy());
      for (const tab of view === 'lab' ? labViews : [null]) {
        if (tab) globe.studio.lab.show(tab);
        await settle();
        openAll();
        await settle();
        expect(tooSmall(), `${view} ${tab ?? ''}`).toEqual([]);
      }
    }
    globe.studio.view.go('story');
    await userEvent.keyboard('{PageDown}{PageDown}');
    expect(globe.studio.state.chapter.value).toBe(2);
    await settle();
    expect(tooSmall(), 'chapter 2').toEqual([]);
    await userEvent.keyboard('{PageUp}{PageUp}{PageUp}');
    expect(globe.studio.state.chapter.value).toBe(null);
  });

  it('the big picture is on the first screen', async () => {
    await page.viewport(1280, 800);
    await open();
    const { top, bottom } = find('clip-view', '.globe').getBoundingClientRect();
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(800);
  });
});
