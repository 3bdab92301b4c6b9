/** Taking a film away and checking a file, with a fake engine and a fake decoder, and files that are really packed. */
import { describe, expect, it } from 'vitest';
import { Check } from '../../../src/sessions/take-away/check';
import { filmLink } from '../../../src/sessions/take-away/source';
import { TakeAway } from '../../../src/sessions/take-away/take-away';
import type { Ports } from '../../../src/studio/studio';
import { Studio } from '../../../src/studio/studio';
import { openEmbedded } from '../../../src/studio/embed';
import { makeOf } from '../../../src/sessions/make/make';
import { latin1 } from '../../../src/export/bytes';
import { Exporter } from '../../../src/export/client';
import { gifPacket, GifWriter, readGif } from '../../../src/export/gif';
import { labelOf } from '../../../src/export/labels';
import type { Picture } from '../../../src/export/picture';
import type { Packs } from '../../../src/export/protocol';
import { readPng } from '../../../src/export/png';
import type { EngineInfo } from '../../../src/engine/protocol';
import { decodeLink } from '../../../src/settings/link';
import { painted } from '../../export/made';
import { decoderInfo, FakeDecoder, FakeEngine, fakePorts, info, recordedPrompt } from '../../app/fake-run';

const [sha256, other] = ['a'.repeat(64), 'b'.repeat(64)];

/** Its weights have a checksum. */
class SummedEngine extends FakeEngine {
  constructor(private readonly own: Partial<EngineInfo> = {}) {
    super();
  }

  override async load(...given: Parameters<FakeEngine['load']>): Promise<EngineInfo> {
    return { ...(await super.load(...given)), sha256, ...this.own };
  }
}

/** Its pictures show what the clip is: a grey as bright as its middle pixel. */
class TellingDecoder extends FakeDecoder {
  override async load() {
    return { ...decoderInfo, sha256: other };
  }

  override async draw(request: Parameters<FakeDecoder['draw']>[0]) {
    const { clip, shape, frames } = request;
    const pictures = await super.draw(request);
    const plane = shape.height * shape.width;
    pictures.forEach(({ rgba }, i) => {
      const value = 127.5 * (1 + clip[frames[i] * plane + plane / 2 + shape.width / 2]);
      for (let at = 0; at < rgba.length; at += 4) rgba.fill(value, at, at + 3);
    });
    return pictures;
  }
}

/** Packs in the page: no worker may be started. */
const here = (packs?: Packs) => () =>
  Object.assign(
    new Exporter(() => {
      throw new Error('none');
    }),
    packs && { probe: async () => packs },
  );

async function live(own: Partial<EngineInfo> = {}, over: Partial<Ports> = {}) {
  const createDecoder = async () => new TellingDecoder();
  const studio = new Studio(fakePorts(new SummedEngine(own), { createDecoder, ...over }));
  await studio.open('');
  studio.controls.setPrompt('a blue star');
  studio.controls.set({ steps: 3 });
  await studio.runs.again();
  return studio;
}

const noWords = () => ({ title: '', lines: [], across: '', down: '', label: '', frames: [], rows: [] });

async function taken(studio: Studio, choice: Parameters<TakeAway['choose']>[0] = {}) {
  const taking = new TakeAway(studio, here({ mp4: null, webm: null }));
  await taking.probe();
  taking.choose({ size: 64, ...choice });
  const file = await taking.make(noWords);
  if (!file) throw new Error(JSON.stringify(taking.fault.value));
  return { taking, file, bytes: file.bytes as Uint8Array<ArrayBuffer> };
}

async function found(studio: Studio, bytes: Uint8Array<ArrayBuffer>) {
  const check = new Check(studio, here());
  await check.open(new Blob([bytes]));
  return check.finding.value;
}

describe('a film that is taken away', () => {
  it('is named after its words, and says what it was made of', async () => {
    const studio = await live();
    const { file, taking, bytes } = await taken(studio, { label: true });
    expect(file.name).toBe('a-blue-star.gif');
    expect(taking.saved.value).toEqual({ name: file.name, bytes: bytes.length });
    const { recipe } = labelOf(bytes, 'gif');
    expect(recipe).toMatchObject({
      model: { name: 'fake', sha256 },
      decoder: { name: decoderInfo.name, sha256: other },
      shape: info.shape,
      shows: { what: 'film', size: 64, label: true },
      whole: true,
    });
    const { state } = decodeLink(recipe!.link);
    expect([state.prompt, state.settings.steps]).toEqual(['a blue star', 3]);
  });

  it('is an MP4 where the browser packs one, and else a GIF', async () => {
    const studio = await live();
    const best = async (packs: Packs) => {
      const taking = new TakeAway(studio, here(packs));
      const before = taking.format.value;
      await taking.probe();
      return [before, taking.format.value];
    };
    expect(await best({ mp4: 'avc', webm: 'vp9' })).toEqual(['gif', 'mp4']);
    expect(await best({ mp4: null, webm: 'vp9' })).toEqual(['gif', 'webm']);
    expect(await best({ mp4: null, webm: null })).toEqual(['gif', 'gif']);
  });

  it('is a PNG where it does not move, and never a format that the browser does not pack', async () => {
    const taking = new TakeAway(await live(), here({ mp4: null, webm: 'vp8' }));
    await taking.probe();
    taking.choose({ format: 'mp4' });
    expect(taking.format.value).toBe('webm');
    taking.choose({ what: 'sheet', size: 1024 });
    expect([taking.format.value, taking.size.value]).toEqual(['png', 128]);
  });

  it('is not there before a run is through, and is given up at a word', async () => {
    const studio = new Studio(fakePorts());
    const taking = new TakeAway(studio, here());
    expect(await taking.make(noWords)).toBeUndefined();

    const slow = await live({}, { createDecoder: async () => new FakeDecoder(undefined, () => new Promise(() => {})) });
    const second = new TakeAway(slow, here());
    const file = second.make(noWords);
    expect(second.working.value?.stage).toBe('drawing');
    second.cancel();
    expect([await file, second.working.value, second.fault.value]).toEqual([undefined, null, null]);
  });

  it('without a decoder says so, and is there as the transformer made it', async () => {
    const createDecoder = async () => new FakeDecoder(Promise.reject(Object.assign(new Error('gone'), { name: 'WeightsError' }))); // prettier-ignore
    const studio = await live({}, { createDecoder });
    const taking = new TakeAway(studio, here());
    taking.choose({ size: 64 });
    expect(await taking.make(noWords)).toBeUndefined();
    expect(taking.fault.value?.name).toBe('WeightsError');
    taking.choose({ drawn: false });
    const file = await taking.make(noWords);
    expect(labelOf(file!.bytes as Uint8Array<ArrayBuffer>, 'gif').recipe?.decoder).toBeUndefined();
  });

  it('the frame is the one on the stage: its step, its moment, its noise', async () => {
    const studio = await live();
    studio.view.look({ row: 1, frame: 5, show: 'x' });
    const { bytes } = await taken(studio, { what: 'frame', smooth: false, label: false });
    expect(labelOf(bytes, 'png').recipe?.shows).toMatchObject({ what: 'frame', row: 1, frame: 5, show: 'x' });
    const { rgba, width } = await readPng(bytes);
    const { x } = studio.state.run.value!.steps[1];
    const red = Math.min(255, Math.max(0, Math.round(127.5 * (1 + x[5 * 1024 + 3 * 32 + 7]))));
    expect([width, rgba[4 * (6 * 64 + 14)]]).toEqual([64, red]);
  });
});

describe('a file that is checked', () => {
  it.each(['film', 'clearing', 'frame', 'strip'] as const)('a %s is what it says', async (what) => {
    const studio = await live();
    studio.view.look({ row: 2, frame: 3 });
    const { bytes } = await taken(studio, { what });
    studio.controls.setPrompt('something else'); // what stands on the page does not matter
    expect(await found(studio, bytes)).toMatchObject({ kind: 'same', prompt: 'a blue star' });
    expect(studio.state.prompt.value).toBe('something else');
  });

  it('with another seed in its recipe is not what it says', async () => {
    const studio = await live();
    studio.view.look({ row: 0, frame: 3, show: 'x' });
    const { bytes } = await taken(studio, { what: 'frame' });
    const forged = latin1(bytes).replace(/seed=\d+/, (seed) => seed.replace(/\d$/, (d) => String((Number(d) + 1) % 10))); // prettier-ignore
    const finding = await found(
      studio,
      Uint8Array.from(forged, (c) => c.charCodeAt(0)),
    );
    expect(finding).toMatchObject({ kind: 'altered', why: 'pixels' });
  });

  it('with other pixels is not what it says, and the picture is named', async () => {
    const studio = await live();
    const { bytes } = await taken(studio, { label: false });
    const film: Picture[] = [];
    for await (const { width, height, rgba } of readGif(bytes).pictures())
      film.push({ width, height, rgba: rgba.slice() });
    const writer = new GifWriter(Array.from({ length: 17 }, (_, i) => i / 8), gifPacket(bytes)!); // prettier-ignore
    for (const picture of painted(film, 11, 6)) writer.add(picture);
    expect(await found(studio, writer.end())).toEqual({
      kind: 'altered',
      prompt: 'a blue star',
      why: 'pixels',
      picture: 11,
    });
  });

  it('by other weights, of either network, cannot be told', async () => {
    const studio = await live();
    const { bytes } = await taken(studio);
    const newer = await live({ sha256: other });
    expect(await found(newer, bytes)).toEqual({ kind: 'other-weights', prompt: 'a blue star' });
    class Newer extends TellingDecoder {
      override async load() {
        return { ...decoderInfo, sha256 };
      }
    }
    const redrawn = await live({}, { createDecoder: async () => new Newer() });
    expect(await found(redrawn, bytes)).toEqual({ kind: 'other-weights', prompt: 'a blue star' });
  });

  it('of which more is known than its link says cannot be made again', async () => {
    const studio = await live();
    const { state } = studio;
    (state as unknown as { run: { value: object } }).run.value = { ...state.run.value, given: { known: {} } };
    const { bytes } = await taken(studio);
    expect(labelOf(bytes, 'gif').recipe?.whole).toBe(false);
    expect(await found(studio, bytes)).toEqual({ kind: 'given', prompt: 'a blue star' });
  });

  it('of which pixels were given is made again with them, as far as its link says them', async () => {
    const studio = await live();
    const make = makeOf(studio);
    make.watch();
    studio.controls.setPrompt('a red ball');
    make.start('loop');
    await make.make();
    const { bytes } = await taken(studio, { label: false });
    expect(labelOf(bytes, 'gif').recipe).toMatchObject({ whole: true, link: expect.stringContaining('make=loop') });
    await studio.runs.again(); // what stands on the stage does not matter
    expect(await found(studio, bytes)).toMatchObject({ kind: 'same', prompt: 'a red ball' });
    const forged = latin1(bytes).replace(/make=loop\.12/, 'make=loop.99');
    const bent = Uint8Array.from(forged, (c) => c.charCodeAt(0));
    expect(await found(studio, bent)).toEqual({ kind: 'altered', prompt: 'a red ball', why: 'recipe' });
  });

  it('of a recorded run says only the name of its weights; what differs then proves nothing', async () => {
    const studio = new Studio(fakePorts(new SummedEngine(), { createDecoder: async () => new TellingDecoder() }));
    await studio.open('');
    const { bytes } = await taken(studio);
    expect(labelOf(bytes, 'gif').recipe?.model).toEqual({ name: 'fake' });
    expect(await found(studio, bytes)).toMatchObject({ kind: 'same', prompt: recordedPrompt });
  });

  it('without a recipe is unknown, and never real', async () => {
    const studio = await live();
    expect(await found(studio, Uint8Array.of(1, 2, 3))).toEqual({ kind: 'unknown', label: false });
    const { bytes } = await taken(studio);
    const labelled = latin1(bytes).replace('urn:x-snowglobe', 'urn:x-somebody1');
    expect(await found(studio, Uint8Array.from(labelled, (c) => c.charCodeAt(0)))).toEqual({ kind: 'unknown', label: true }); // prettier-ignore
  });

  it('whose recipe holds what no page writes is not what it says', async () => {
    const studio = await live();
    const { bytes } = await taken(studio);
    const forged = latin1(bytes).replace('steps=3', 'steps=x');
    const finding = await found(
      studio,
      Uint8Array.from(forged, (c) => c.charCodeAt(0)),
    );
    expect(finding).toMatchObject({ kind: 'altered', why: 'recipe' });
  });

  it('where there is no network, says why it cannot be made again', async () => {
    const studio = await live();
    const { bytes } = await taken(studio);
    class Broken extends FakeEngine {
      override async load(): Promise<EngineInfo> {
        throw Object.assign(new Error('no weights'), { name: 'WeightsError' });
      }
    }
    const without = new Studio(fakePorts(new Broken()));
    expect(await found(without, bytes)).toMatchObject({ kind: 'unreadable', fault: { name: 'WeightsError' } });
  });

  it('is given up at a word', async () => {
    const studio = await live();
    const { bytes } = await taken(studio);
    const waiting = new Studio(fakePorts(new FakeEngine({}, new Promise(() => {}))));
    const check = new Check(waiting, here());
    const checked = check.open(new Blob([bytes]));
    await expect.poll(() => check.finding.value).toMatchObject({ kind: 'busy', stage: 'loading' });
    check.cancel();
    await checked;
    expect(check.finding.value).toEqual({ kind: 'nothing' });
  });
});

describe('a film in the frame of another page', () => {
  it('is the recorded one, without a network, where that is the very film', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await studio.open('');
    const link = filmLink(studio.state.run.value!, true);
    const framed = new Studio(fakePorts(() => Promise.reject(new Error('not needed')) as never));
    await openEmbedded(framed, `#${link}`);
    expect(framed.state.run.value).toMatchObject({ source: 'recording', prompt: recordedPrompt, phase: 'done' });
    expect([framed.state.engine.value.phase, framed.state.queued.value]).toEqual(['waiting', false]);
  });

  it('comes from the network where no recorded run is that film', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await openEmbedded(studio, '#prompt=a+blue+star&seed=4&steps=2&sampler=euler&guidance=2&from=0');
    expect(studio.state.run.value).toMatchObject({ source: 'live', prompt: 'a blue star', phase: 'done' });
    expect(engine.requests.map(({ seed }) => seed)).toEqual([4]);
  });
});

it('what was asked for a file does not wait for the stage, nor stay behind', async () => {
  const decoder = new TellingDecoder();
  const studio = await live({}, { createDecoder: async () => decoder });
  studio.view.toggleSharp(); // nothing is drawn for the stage
  const { steps, shape, prompt } = studio.state.run.value!;
  const clip = steps[0].guess;
  const heard: number[] = [];
  const request = { clip, shape, prompt, frames: [2, 9] };
  const pictures = await studio.drawing.pictures([request], (done) => heard.push(done), new AbortController().signal);
  expect(pictures.map(({ width }) => width)).toEqual([128, 128]);
  expect(heard.at(-1)).toBe(2);
  const before = decoder.requests.length;
  await studio.drawing.pictures([request], () => {}, new AbortController().signal);
  expect(decoder.requests.length).toBe(before);
  await expect(studio.drawing.pictures([request], () => {}, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
});
