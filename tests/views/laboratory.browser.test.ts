/** The laboratory in a real browser: every view with formula-driven runs, by keyboard, for everybody, in both languages. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { labViews, type LabView } from '../../src/settings/views';
import { settingKeys } from '../../src/settings/settings';
import { lab as labDe } from '../../src/i18n/de/lab';
import { en } from '../../src/i18n/en';
import { lab as labEn } from '../../src/i18n/en/lab';
import { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { blank, thing } from '../judging/fake-reading';
import { FakeEngine, fakeFile, fakePorts } from '../app/fake-run';
import { defaults } from '../../src/settings/settings';
import { axeFinds, everything, looks, media, settled } from '../ui/browser';
import { loadStyles } from '../ui/page-styles';

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** What every clip shows to the reader here: "a red ball" is right in every word. */
const ball = { ...blank, seen: true, objects: [thing({ motion: 'right' })] };

let globe: SnowGlobe;

async function open(
  hash = '',
  engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 } }),
): Promise<void> {
  history.replaceState(null, '', `${location.pathname}?lang=en${hash}`);
  globe = new SnowGlobe();
  globe.ports = fakePorts(engine, { createReader: () => ({ read: async () => ball, dispose: () => {} }) });
  document.body.append(globe);
  await until(() => {
    expect(globe.studio.state.run.value?.phase).toBe('done');
    expect(globe.studio.state.engine.value.phase).toBe('ready');
  });
  const { view } = globe.studio.state;
  if (view.value !== 'lab') globe.studio.view.go('lab');
  if (!globe.studio.state.hidden.value.includes('lab')) await until(() => expect(find('lab-bench')).toBeTruthy());
  await settle();
}

/** All elements, however deep, have rendered what the signals say. */
const settle = () => settled(globe);

const all = (selector: string) =>
  everything(globe.renderRoot).filter((element) => element.matches(selector)) as HTMLElement[];
const find = (selector: string) => all(selector)[0];
const button = (name: string) =>
  all('button').find((each) => (each.getAttribute('aria-label') ?? each.textContent!.trim()) === name)!;
const words = () => find('lab-bench').shadowRoot!.textContent!.replace(/\s+/g, ' ');

/** A view with something in it. */
async function fill(view: LabView): Promise<void> {
  const { lab, state } = globe.studio;
  lab.show(view);
  await settle();
  if (view === 'compare' || view === 'path') await lab.compare({ ...state.settings.value, steps: 3, sampler: 'heun' });
  if (view === 'wall') await lab.fillWall();
  if (view === 'race') {
    for (const sampler of state.entrants.value) lab.enter(sampler, false);
    lab.enter('euler', true);
    lab.enter('heun', true);
    lab.setSize('whole');
    await lab.startRace();
    await settle();
    find('lab-race').shadowRoot!.querySelector('details')!.open = true;
  }
  if (view === 'noise') globe.studio.controls.setText('start', 'blend.8.50_copy.0.0.3');
  await settle();
}

beforeAll(loadStyles);

beforeEach(async () => {
  await page.viewport(1280, 800);
  await media({ 'prefers-color-scheme': 'light', 'prefers-reduced-motion': 'reduce' });
});

afterEach(() => globe?.remove());

describe('every view', () => {
  it('passes axe in light and dark, nothing sticks out on a phone, in either language, and nothing but sentences is spoken', async () => {
    await open('#prompt=a+red+ball&steps=5');
    for (const view of labViews) {
      await fill(view);
      expect(all('output'), view).toEqual([]); // no number beside a slider or a plot is a live region
      for (const [scheme, width] of [
        ['light', 1280],
        ['dark', 360],
      ] as const) {
        await page.viewport(width, 800);
        await media({ 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });
        await settle();
        const found = await axeFinds(find('lab-bench'), scheme === 'light' ? undefined : looks);
        expect(found, `${view} in ${scheme}`).toEqual([]);
        expect(document.documentElement.scrollWidth, `${view} at ${width}`).toBeLessThanOrEqual(width);
      }
      await userEvent.selectOptions(find('.language select'), 'de');
      await settle();
      expect(document.documentElement.scrollWidth, `${view} in German`).toBeLessThanOrEqual(360);
      expect(words()).toContain(labDe.about[view]);
      await userEvent.selectOptions(find('.language select'), 'en');
    }
  });

  it('has a control for every setting, each with what it does, what too much is, and an equation', async () => {
    await open();
    const { studio } = globe;
    find('run-controls')
      .shadowRoot!.querySelectorAll('details')
      .forEach((each) => (each.open = true));
    studio.controls.setText('then', 'A big blue box.'); // without a second prompt there is nothing to set of it
    const met = new Set<string>();
    for (const [sampler, rule, schedule] of [
      ['ddim', 'apg', 'curve'],
      ['sde', 'cfgpp', 'karras'],
    ]) {
      for (const [key, text] of Object.entries({ sampler, rule, schedule }))
        studio.controls.setText(key as 'sampler', text);
      await settle();
      for (const control of all('setting-control')) {
        const root = control.shadowRoot!;
        const key = control.dataset.key as keyof typeof en.settings;
        root.querySelector('details')!.open = true;
        expect(root.textContent).toContain(en.settings[key].does);
        expect(root.textContent).toContain(en.settings[key].tooMuch);
        const [line] = root.querySelectorAll('math');
        expect(line.getBoundingClientRect().height, key).toBeGreaterThan(5);
        expect(line.querySelector('mrow')?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
        met.add(key);
      }
    }
    // The views Lab, Inside and Make have those; the student is offered where the model has one (tests/ui/live.browser.test.ts).
    const elsewhere = ['start', 'ablation', 'format', 'student'];
    expect([...met].sort()).toEqual(settingKeys.filter((key) => !elsewhere.includes(key)).sort());
    expect(await axeFinds(find('run-controls'))).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  it('the laboratory opens, its tabs are walked, and the way of the run is a slider', async () => {
    await open('#prompt=a+red+ball&steps=5');
    button(en.views.names.watch).focus();
    await userEvent.keyboard('{Enter}');
    await settle();
    expect(find('step-sheet').checkVisibility()).toBe(true);
    button(en.views.names.lab).focus();
    await userEvent.keyboard('{Enter}');
    await settle();
    expect([find('step-sheet').checkVisibility(), find('clip-view').checkVisibility()]).toEqual([false, true]);
    expect(button(en.views.names.lab).getAttribute('aria-current')).toBe('page');
    find('#tab-path').focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}{End}');
    await settle();
    expect(globe.studio.state.lab.value).toBe('break');
    await userEvent.keyboard('{Home}{Tab}'); // out of the tabs, into the panel
    await settle();
    const plane = find('.plane');
    plane.focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await settle();
    expect(globe.studio.state.row.value).toBe(2);
    expect(plane.getAttribute('aria-valuetext')).toContain(en.stepOf(2, 5));
    expect(find('clip-view').shadowRoot!.querySelector('.foot')!.textContent).toContain('Step 2 of 5');
  });

  it('a schedule is dragged', async () => {
    await open();
    globe.studio.controls.setText('schedule', 'curve');
    find('run-controls').shadowRoot!.querySelector('details')!.open = true;
    await settle();
    const point = find('curve-field [role=slider], .field [role=slider]');
    point.focus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{PageDown}');
    expect(globe.studio.state.settings.value.curve[0]).toBeCloseTo(0.25 + 0.04 - 0.1, 6);
  });
});

describe('what a stranger is asked to find', () => {
  it('the cheapest setting that keeps words and looks: said in a sentence, its films beside the long run, and put on the stage', async () => {
    await open('#prompt=a+red+ball&steps=5&lab=race');
    const start = button(labEn.startRace);
    start.focus();
    await userEvent.keyboard('{Enter}');
    await until(() => {
      expect(globe.studio.lab.race.value?.entries.every(({ films }) => films.every(({ clip }) => clip))).toBe(true);
      expect(globe.studio.lab.job.value).toBeNull();
    });
    await settle();
    expect((start.getRootNode() as ShadowRoot).activeElement).toBe(start); // a button that goes grey keeps the focus
    // Every film is right and the same here, so the one of the fewest model calls wins.
    const said = labEn.crowned({ name: 'Heun', calls: 3, steps: 2, right: 3, films: 3, long: 99, open: false });
    expect(find('.answer [role=status]').textContent).toContain(said);
    expect(all('.answer clip-picture')).toHaveLength(2 * 3);
    expect(all('td.cheapest').some((cell) => cell.checkVisibility())).toBe(false); // figures are there on demand
    find('lab-race').shadowRoot!.querySelector('details')!.open = true;
    expect(all('td.cheapest').filter((cell) => cell.checkVisibility())).toHaveLength(1);
    expect(find('td.cheapest button').textContent).toContain(labEn.theCheapest);
    await userEvent.click(button(labEn.putOnStage));
    await until(() =>
      expect(globe.studio.state.run.value).toMatchObject({ phase: 'done', settings: { sampler: 'heun', steps: 2 } }),
    );
    const film = find('.film').getBoundingClientRect();
    expect(film.top < innerHeight && film.bottom > 0).toBe(true); // and it is in sight
  });

  it('what guidance does: one press, both films, and how many words are right in each', async () => {
    await open('#prompt=a+red+ball&steps=5&guidance=2&lab=compare');
    const [pair] = all('.pairs button');
    pair.focus();
    await userEvent.keyboard('{Enter}');
    await until(() =>
      expect(globe.studio.lab.other.value).toMatchObject({ phase: 'done', settings: { guidance: { scale: 1 } } }),
    );
    await until(() => expect(find('lab-compare').shadowRoot!.querySelector('table')!.textContent).toContain('3/3'));
    expect(pair.getAttribute('aria-pressed')).toBe('true');
    expect(pair.textContent).toContain(labEn.pairs.guidance.lookFor);
  });
});

describe('together', () => {
  it('pointing at a plot moves sheet, film and plots to that step', async () => {
    await open('#prompt=a+red+ball&steps=5&lab=path');
    const plot = find('step-plot').shadowRoot!.querySelector('svg')!;
    const box = plot.getBoundingClientRect();
    const at = { clientX: box.left + 0.3 * box.width, clientY: box.top + 5 };
    plot.dispatchEvent(new PointerEvent('pointermove', { ...at, bubbles: true }));
    await settle();
    expect(globe.studio.state.row.value).toBe(1);
    expect(find('[data-show=x] [role=gridcell]').getAttribute('aria-label')).toContain('Step 1 of 5'); // out of sight, but in step
  });

  it('what breaks stands beside the film before, with one measured sentence, and is taken back with one click', async () => {
    await open('#prompt=a+red+ball&steps=5&lab=break');
    const before = globe.studio.state.run.value;
    const films = () => find('lab-break').shadowRoot!.querySelectorAll('clip-picture');
    expect(button(labEn.back).getAttribute('aria-disabled')).toBe('true');
    expect(films()).toHaveLength(1);
    await userEvent.click(button(`${labEn.tryIt}: ${labEn.experiments.oneStep.title}`));
    await until(() => expect(globe.studio.state.run.value).toMatchObject({ phase: 'done', settings: { steps: 1 } }));
    const damage = {
      share: 0, // a fake film ends as it always does
      words: { before: 3, now: 3, asked: 3 },
      flicker: { change: 'same', times: 0 },
      lawful: { before: true, now: true },
    } as const;
    const said = () => find('lab-break').shadowRoot!.querySelector('[role=status]')!.textContent;
    await until(() => expect(said()).toBe(labEn.broke(damage)));
    expect(films()).toHaveLength(2);
    await userEvent.click(button(labEn.back));
    expect(globe.studio.state.run.value).toBe(before);
    await settle();
    expect(films()).toHaveLength(1);
  });

  it('opens a file that is dropped on the page, and what is no run is refused with a sentence', async () => {
    await open();
    const drop = (content: BlobPart) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'one.snow'));
      for (const type of ['dragover', 'drop'])
        dispatchEvent(new DragEvent(type, { dataTransfer: data, cancelable: true }));
    };
    const { negative: _, ...settings } = { ...defaults, steps: 4 };
    drop(fakeFile('a blue star', settings));
    await until(() => expect(globe.studio.state.run.value?.prompt).toBe('a blue star'));
    drop('no run at all');
    await until(() => expect(globe.studio.state.trouble.value?.retry).toBe('file'));
    await settle();
    expect(find('page-notes').shadowRoot!.textContent).toContain(en.troubles.file);
  });

  it('hides what a teacher hides, and shows it again', async () => {
    await open('#hide=inside.lab.examples.steps');
    const seen = (selector: string) => all(selector).some((each) => each.checkVisibility());
    expect([seen('lab-bench'), seen('.chips'), seen('step-sheet'), seen('view-tabs nav')]).toEqual([
      false,
      false,
      true, // the lab was asked for, but is not there
      false, // and nothing is left to choose from
    ]);
    await userEvent.click(button(en.files.showAll));
    await until(() => expect(seen('lab-bench')).toBe(true));
    expect(seen('[data-key=steps]')).toBe(true);
    globe.studio.view.hide('steps', true);
    await settle();
    expect([seen('[data-key=steps]'), seen('[data-key=seed]')]).toEqual([false, true]);
  });
});
