/** The view Inside in a real browser: made-up attention, by pointer and by keyboard, for everybody, in both languages. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { insideOf } from '../../src/sessions/inside/inside';
import { holesOf } from '../../src/sessions/inside/holes';
import { seenOf } from '../../src/sessions/inside/seen';
import { nearestOf } from '../../src/sessions/inside/nearest';
import { slideOf } from '../../src/sessions/inside/slide';
import { trainingOf } from '../../src/sessions/inside/training';
import { wordsMapOf } from '../../src/sessions/inside/words-map';
import { whatIfOf } from '../../src/sessions/inside/what-if';
import type { Ports } from '../../src/studio/studio';
import { inside as german } from '../../src/i18n/de/inside';
import { en } from '../../src/i18n/en';
import { inside as words } from '../../src/i18n/en/inside';
import { seen } from '../../src/i18n/en/seen';
import { training } from '../../src/i18n/en/training';
import { walk } from '../../src/i18n/en/walk';
import { whatIf } from '../../src/i18n/en/what-if';
import { wordsMap } from '../../src/i18n/en/words-map';
import type { PatchFilm } from '../../src/views/inside/patch-film';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { FakeEngine, fakePorts } from '../app/fake-run';
import { axeFinds, calmly, everything, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 40_000, interval: 20 });

let globe: SnowGlobe;

/** Manifests of a model with an earlier copy of half its training. */
const copies = async (path: string) => ({
  files: [{ bytes: 1e6 }],
  ...(path === 'manifest.json' && { weak: '../old' }),
  ...(path === '../old/manifest.json' && {
    checkpoints: [
      { folder: 'half', clips: 200, right: 3, of: 10 },
      { folder: '.', clips: 400 },
    ],
  }),
});

/** The page with a view chosen by its link. */
async function open(
  ports: Ports = fakePorts(() => new FakeEngine(), { readModelJson: copies }),
  hash = '#prompt=a+red+ball&steps=4&view=inside',
) {
  history.replaceState(null, '', `${location.pathname}?lang=en${hash}`);
  globe = new SnowGlobe();
  globe.ports = ports;
  document.body.append(globe);
  await until(() => {
    expect(globe.studio.state.run.value?.phase).toBe('done');
    expect(find('inside-view')).toBeTruthy();
  });
  await settle();
}

/** The page with a look inside on it. */
async function opened(): Promise<void> {
  await open();
  await until(() => expect(insideOf(globe.studio).look.value?.step.index).toBe(3));
  await settle();
}

const settle = () => settled(globe);

const all = (selector: string) =>
  everything(globe.renderRoot).filter((element) => element.matches(selector)) as HTMLElement[];
const find = (selector: string) => all(selector)[0];
const plain = (text: string) => text.replace(/\s+/g, ' ').trim(); // with ordinary spaces alone
const text = (element: Node) => plain(element.textContent!);
const button = (name: RegExp) => all('button').find((each) => name.test(text(each)))!;
const said = () => all('.say').map(text);
const films = () => all('patch-film') as PatchFilm[];
/** The frames in which a film outlines its patch, from 1. */
const outlined = (film: PatchFilm) =>
  [...film.renderRoot.querySelectorAll<HTMLElement>('.spanned')].map(({ dataset }) => Number(dataset.frame) + 1);

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 900);
  await calmly('light');
});

afterEach(() => globe?.remove());

describe('patches', () => {
  it('a patch under the pointer is outlined in all the frames that it spans, with its place and its noise level', async () => {
    await opened();
    const [film] = films();
    const frame = film.renderRoot.querySelector('[data-frame="4"] .picture')!;
    const { left, top, width, height } = frame.getBoundingClientRect();
    const at = { clientX: left + 0.3 * width, clientY: top + 0.9 * height, bubbles: true, composed: true };
    frame.dispatchEvent(new PointerEvent('pointermove', { ...at, pointerType: 'mouse' }));
    await settle();
    // Time 2 of 8, row 3 of 4, column 1 of 4, all from 0.
    const place = { frames: [5, 6], row: 4, rows: 4, column: 2, columns: 4 } as const;
    expect(films().map(outlined)).toEqual([
      [5, 6],
      [5, 6],
    ]);
    expect(said()[0]).toBe(plain(`${words.patch(2 * 16 + 3 * 4 + 1 + 1, 128, place)} ${words.holds(128, 0.25)}`));
    film.renderRoot.querySelector('.frames')!.dispatchEvent(new PointerEvent('pointerleave'));
    await settle();
    expect(said()[0]).not.toContain('frames 5 and 6');
    frame.dispatchEvent(new MouseEvent('click', at)); // a press keeps it
    await settle();
    film.renderRoot.querySelector('.frames')!.dispatchEvent(new PointerEvent('pointerleave'));
    await settle();
    expect(said()[0]).toContain('frames 5 and 6, row 4 of 4, column 2 of 4');
  });

  it('are walked by keyboard alone, and said', async () => {
    await opened();
    const slider = films()[0].renderRoot.querySelector<HTMLElement>('[role=slider]')!;
    slider.focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowDown}{PageDown}');
    await settle();
    expect(slider.getAttribute('aria-valuenow')).toBe(String(16 + 4 + 1 + 1));
    expect(slider.getAttribute('aria-valuetext')).toBe('Patch 22 of 128: frames 3 and 4, row 2 of 4, column 2 of 4.');
    expect(outlined(films()[1])).toEqual([3, 4]);
  });
});

describe('where it looks', () => {
  it('is shown for a block and a head, with one sentence and the share of each word', async () => {
    await opened();
    insideOf(globe.studio).choose(21);
    await settle();
    const [block, head] = all('inside-gaze').flatMap((each) => [...each.shadowRoot!.querySelectorAll('select')]);
    await userEvent.selectOptions(block, '1');
    await userEvent.selectOptions(head, '1');
    await settle();
    expect(said()[1]).toBe(
      'This patch looks mostly at frames 3 and 4: 50 %. Its own place in the picture gets 50 % (3.1 % if all places were alike); 50 % goes to words, most to “a” (50 %).',
    );
    expect(text(button(/^a /))).toBe('a 50 %');
    expect(text(find('inside-gaze').shadowRoot!.querySelector('section')!)).toContain('together: 1.0000');
    const veils = [...films()[1].renderRoot.querySelectorAll('[data-frame="2"] .veil')];
    expect(veils.map((veil) => Number(veil.getAttribute('fill-opacity'))).filter((grey) => grey === 0).length).toBe(1);
    expect(veils[5].getAttribute('fill-opacity')).toBe('0.000');
    await userEvent.selectOptions(head, '2');
    await settle();
    expect(said()[1]).toMatch(/^This patch looks mostly at frames 15 and 16: 100 %\./);
  });

  it('a word, pressed, shows its readers; pressed again, the patch is back', async () => {
    await opened();
    const red = button(/^red /);
    red.focus();
    await userEvent.keyboard('{Enter}');
    await settle();
    expect(button(/^red /).getAttribute('aria-pressed')).toBe('true');
    expect(said()[1]).toMatch(/^“red” gets .+ of a patch’s attention on average\. Patch \d+ gives it most/);
    await userEvent.keyboard('{Enter}');
    await settle();
    expect(said()[1]).toMatch(/^This patch looks /);
  });

  it('from frame to frame there is a sentence, and a table whose rows add up to 100', async () => {
    await opened();
    const gaze = find('inside-gaze').shadowRoot!;
    gaze.querySelector('details')!.open = true;
    const rows = [...gaze.querySelectorAll('tr')].slice(1);
    expect(rows.length).toBe(8);
    for (const row of rows) {
      const sum = [...row.querySelectorAll('td')].reduce((total, cell) => total + Number(cell.textContent), 0);
      expect(Math.abs(sum - 100)).toBeLessThanOrEqual(5); // each is rounded
    }
    expect(said()[2]).toMatch(/^On average patches have .+ from their own frames/);
  });
});

it('block by block the early guesses stand beside each other, with how like the last they are', async () => {
  await opened();
  const depth = find('inside-depth').shadowRoot!;
  const pictures = [...depth.querySelectorAll('clip-picture')];
  expect(pictures.map((each) => each.shadowRoot!.querySelector('canvas')!.getAttribute('aria-label'))).toEqual([
    words.guessAfter(1, 1),
    words.guessAfter(2, 1),
  ]);
  expect(said()[3]).toBe(plain(words.depthSaid(2, 0, 1, 1)));
});

describe('a walk through one step', () => {
  const part = () => find('inside-walk').shadowRoot!;
  const station = (name: string) => part().querySelector<HTMLElement>(`[data-station=${name}]`)!;

  it('opens a station on press, with its numbers for the chosen patch, and closes it again', async () => {
    await opened();
    expect(part().querySelectorAll('[data-station]').length).toBe(11);
    await userEvent.click(station('attention'));
    await settle();
    expect(station('attention').getAttribute('aria-expanded')).toBe('true');
    const rows = [...part().querySelectorAll('tbody tr')].map(({ children }) =>
      [...children].map((cell) => text(cell)),
    );
    expect(rows).toEqual([1, 2].map((block) => [String(block), '1.00', '2.00', '3.00', '4.00']));
    expect(part().querySelector('math')).toBeTruthy();
    await userEvent.click(station('attention'));
    await settle();
    expect(part().querySelector('.open')).toBeNull();
  });

  it('leads to its lines in the code of the page, and in its twin', async () => {
    await opened();
    insideOf(globe.studio).openStation('attention');
    await settle();
    const code = find('source-lines').shadowRoot!;
    await userEvent.click(code.querySelector('summary')!);
    const marked = () => code.querySelector('mark')?.textContent ?? '';
    await until(() => expect(marked()).toMatch(/^function attention\(/));
    const [pre, mark] = [code.querySelector('pre')!, code.querySelector('mark')!];
    expect(mark.getBoundingClientRect().top).toBeGreaterThanOrEqual(pre.getBoundingClientRect().top);
    expect(mark.getBoundingClientRect().top).toBeLessThan(pre.getBoundingClientRect().bottom);
    await userEvent.click([...code.querySelectorAll('button')].find((each) => text(each) === walk.languages.py)!);
    await until(() => expect(marked()).toMatch(/^def attend\(/));
  });
});

describe('what if', () => {
  const part = () => find('inside-what-if').shadowRoot!;

  it('draws the film again without what was chosen, beside it, and says what it measured', async () => {
    await opened();
    await userEvent.selectOptions(part().querySelector('select')!, whatIf.kinds.head);
    await settle();
    const [, block, head] = part().querySelectorAll('select');
    await userEvent.selectOptions(block, '2');
    await userEvent.selectOptions(head, '1');
    await userEvent.click(button(new RegExp(`^${whatIf.try}$`)));
    await until(() => expect(text(part())).toContain('Nobody can see a difference')); // the made-up network has no heads
    expect([...part().querySelectorAll('figcaption')].map((each) => text(each))).toEqual([
      `${whatIf.stage}: the whole network`,
      'without head 1 of block 2',
    ]);
    await userEvent.click(button(new RegExp(`^${whatIf.forget}$`)));
    await settle();
    expect(part().querySelector('figure')).toBeNull();
  });

  it('is out of sight where a teacher hides it', async () => {
    await open(fakePorts(new FakeEngine()), '#prompt=a+red+ball&steps=4&view=inside&hide=ablation');
    await until(() => expect(find('inside-walk')).toBeTruthy());
    expect(find('inside-what-if')).toBeUndefined();
  });
});

it('what it has seen is a map with its holes; a field shows a true clip, and asks the network for it', async () => {
  await opened();
  const part = find('inside-seen').shadowRoot!;
  const field = part.querySelector<HTMLElement>(`[aria-label="${seen.field('purple', 'star', 0)}"]`)!;
  await userEvent.click(field);
  await settle();
  expect(text(part)).toContain(plain(seen.inHole('purple', 'star')));
  const prompt = text(part.querySelector('figcaption')!);
  expect(prompt).toMatch(/purple star/);
  await userEvent.click(button(new RegExp(`^${seen.ask}$`)));
  await until(() => expect(globe.studio.state.run.value).toMatchObject({ prompt, phase: 'done' }));
});

it('words are places on a plane, and the nearest of the chosen one stand in a sentence', async () => {
  await opened();
  await userEvent.click(button(new RegExp(`^${wordsMap.open}$`)));
  await settle();
  const part = find('inside-words').shadowRoot!;
  const places = wordsMapOf(globe.studio);
  expect(part.querySelectorAll('circle').length).toBe(places.map.value!.words.length);
  await userEvent.selectOptions(part.querySelector('select')!, 'blue');
  await settle();
  const near = places.neighbours.value;
  expect(text(part.querySelector('[role=status]')!)).toContain(plain(wordsMap.nearest('blue', near.slice(0, 5))));
  expect(part.querySelectorAll('line').length).toBe(5);
});

it('a word slides to another: five films from one noise, by the slider and by one press', async () => {
  await opened();
  await userEvent.click(button(new RegExp(`^${wordsMap.open}$`)));
  await until(() => expect(find('inside-slide')?.shadowRoot?.querySelector('input')).toBeTruthy());
  const part = find('inside-slide').shadowRoot!;
  const slider = part.querySelector('input')!;
  slider.focus();
  await userEvent.keyboard('{ArrowRight}');
  await until(() => expect(slideOf(globe.studio).films.value[3]).not.toBeNull());
  expect(plain(slider.getAttribute('aria-valuetext')!)).toBe(plain(wordsMap.slide.way(75)));
  await userEvent.click(button(new RegExp(`^${wordsMap.slide.all}$`)));
  await until(() => expect(slideOf(globe.studio).films.value.every(Boolean)).toBe(true));
  await settle();
  expect(text(part.querySelector('.say')!)).toMatch(/at 0 %.*at 100 %/);
});

it('the clip comes apart into its tokens and goes together again, without motion where nobody wants any', async () => {
  await calmly('light');
  await opened();
  const part = find('patch-apart').shadowRoot!;
  const [press, label] = [
    part.querySelector('button')!,
    () => part.querySelector('canvas')!.getAttribute('aria-label'),
  ];
  expect([text(press), label()]).toEqual([words.takeApart, words.given]);
  press.focus();
  await userEvent.keyboard('{Enter}');
  await settle();
  expect([text(press), label()]).toEqual([words.putTogether, words.tokensLabel(128)]);
  expect(part.querySelector('input')!.value).toBe('100');
});

it('what the network drew earlier in its training stands beside the film', async () => {
  await opened();
  const part = find('inside-training').shadowRoot!;
  await userEvent.click(part.querySelector('button')!);
  await until(() => expect(part.querySelectorAll('figure').length).toBe(3));
  await userEvent.click(part.querySelector('button.chief')!);
  await until(() => expect(text(part)).toContain('After 200 clips our reader finds'));
  expect(text(part)).toContain(training.score(3, 10));
});

describe('without a network', () => {
  it('one sentence says so, and the network can be loaded from there', async () => {
    let fails = true;
    const engine = () => {
      if (fails) throw new Error('not now');
      return new FakeEngine();
    };
    await open(fakePorts(engine), '#view=inside');
    const view = find('inside-view').shadowRoot!;
    await until(() => expect(text(view)).toContain(words.obstacles.noModel));
    expect(films()).toEqual([]);
    fails = false;
    await userEvent.click(button(new RegExp(`^${words.load}$`)));
    await until(() => expect(insideOf(globe.studio).look.value).not.toBeNull());
    await settle();
    expect(films().length).toBe(2);
  });

  it('a look that fails says so, with a way to try again', async () => {
    let broken = true;
    const probing = async () => {
      if (broken) throw Object.assign(new Error(), { cause: 'No memory.', next: 'Close something.' });
    };
    await open(fakePorts(new FakeEngine({ probing })));
    const alert = () => find('inside-view').shadowRoot!.querySelector('[role=alert]');
    await until(() => expect(alert()).toBeTruthy());
    expect(text(alert()!)).toContain(words.fault);
    broken = false;
    await userEvent.click(alert()!.querySelector('button')!);
    await until(() => expect(films().length).toBe(2));
    expect(globe.studio.state.trouble.value).toBeNull();
  });
});

describe('for everybody', () => {
  it('axe finds nothing, and nothing sticks out on a phone, in light and dark, in either language', async () => {
    await opened();
    insideOf(globe.studio).openStation('attention');
    whatIfOf(globe.studio).choose('key');
    await whatIfOf(globe.studio).try();
    seenOf(globe.studio).pick('purple', 'star');
    await wordsMapOf(globe.studio).open();
    await holesOf(globe.studio).draw();
    await slideOf(globe.studio).go(50);
    await nearestOf(globe.studio).search(8);
    await trainingOf(globe.studio).open();
    await trainingOf(globe.studio).draw(trainingOf(globe.studio).list.value!);
    await settle();
    for (const [scheme, width, languages] of [
      ['light', 1280, ['de', 'en']],
      ['dark', 360, ['en', 'de']],
    ] as const) {
      await calmly(scheme);
      await page.viewport(width, 800);
      for (const language of languages) {
        await userEvent.selectOptions(find('.language select'), language);
        for (const details of all('inside-gaze, inside-walk, source-lines').flatMap((each) => [
          ...each.shadowRoot!.querySelectorAll('details'),
        ]))
          details.open = true;
        await settle();
        expect(text(find('inside-view').shadowRoot!)).toContain((language === 'de' ? german : words).help);
        expect(document.documentElement.scrollWidth, `${language} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect(await axeFinds(find('inside-view'))).toEqual([]); // whose answer no other pair of language and width would change
    }
  });

  it('is a view of its own: by its tab, and out of sight where a teacher hides it', async () => {
    await open(fakePorts(new FakeEngine()));
    expect(button(new RegExp(`^${en.views.names.inside}$`)).getAttribute('aria-current')).toBe('page');
    globe.studio.view.hide('inside', true);
    await settle();
    expect(find('inside-view')).toBeUndefined();
    await until(() => expect(insideOf(globe.studio).look.value).toBeNull());
  });
});
