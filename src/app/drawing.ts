/**
 * What the decoder has drawn of a run: its guesses frame by frame, 128 x 128 where the transformer made 32 x 32. Only
 * guesses are drawn (the finished clip is the last of them), never the noisy clip. Pictures belong to a guess, so a run
 * that comes back brings its pictures with it.
 *
 * Which frame next? The one that somebody looks at; once no run is going on, which needs the processor more, those that play
 * after it, and the finished clip, where most look next. Nothing is queued: a run that is no longer shown is never asked for.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import type { DecoderInfo, DrawRequest, Picture } from '../engine/decoder-protocol';
import type { Fault } from '../engine/protocol';
import { toFault } from '../engine/faults';
import { command, Session, type Facts } from './session';
import { clipAt, isComplete } from './state';

export type { Picture };

/** What drawing needs of a decoder. `workers/decoder-client` has it. */
export interface DecoderPort {
  /** Where it runs; may become another answer while it mends itself. Rejects where it cannot run, for good. */
  load(): Promise<DecoderInfo>;
  /** One picture a frame, one request at a time. */
  draw(request: DrawRequest): Promise<readonly Picture[]>;
  dispose(): void;
}

export type DecoderState =
  | { readonly phase: 'waiting' | 'loading' }
  | { readonly phase: 'ready'; readonly info: DecoderInfo }
  | { readonly phase: 'failed'; readonly fault: Fault };

/** One frame of one guess. */
interface Place {
  readonly guess: Float32Array;
  readonly frame: number;
}

/** A network that learned in the page (src/learn): its films are smaller than all that the decoder has seen. */
const undrawn = 'micro';

/** Milliseconds for which the stage keeps what it shows while the picture that it wants is on its way. */
const patience = 200;

/** Milliseconds a frame with which a decoder keeps up with a film that plays. */
const quick = 100;

export class Drawing extends Session {
  readonly decoder = signal<DecoderState>({ phase: 'waiting' });

  private readonly drawn = new WeakMap<Float32Array, Map<number, Picture>>(); // of a guess, by frame
  private failed = new WeakMap<Float32Array, Fault>();
  private readonly news = signal(0); // grows with everything that is added to the two above
  private readonly patient = signal(false);
  private readonly late = signal<Picture | null>(null); // came for what was wanted a moment ago
  private readonly pace = signal(0); // milliseconds a frame, of late
  private readonly asked = signal<readonly DrawRequest[]>([]); // for a file, say, and not for the stage
  private port: DecoderPort | null = null;
  private busy = false;
  private disposed = false;
  private readonly endings: (() => void)[];

  constructor(
    state: Facts,
    private readonly createDecoder: () => Promise<DecoderPort>,
  ) {
    super(state);
    this.endings = [
      effect(() => {
        void [this.next.value, this.isDue.value];
        untracked(() => void this.work());
      }),
      this.watchPatience(),
    ];
  }

  /** Whether the film on the stage is one that the decoder draws at all. */
  readonly suits = computed(() => this.state.run.value?.model !== undrawn);

  /** The frame of a guess that is on the stage and shall be decoded; null where there is none. */
  private readonly place = computed((): Place | null => {
    const { run, row, show, sharp, frame } = this.state;
    if (!run.value || row.value === null || !sharp.value || !this.suits.value) return null;
    const { steps, shape } = run.value;
    const guess = clipAt(run.value, row.value, show.value);
    if (!guess || (show.value === 'x' && row.value < steps.length)) return null;
    return { guess, frame: Math.min(frame.value, shape.frames - 1) };
  });

  /** The picture of exactly what is on the stage, if it is there. */
  private readonly exact = computed((): Picture | undefined => {
    void this.news.value;
    const place = this.place.value;
    return place ? this.drawn.get(place.guess)?.get(place.frame) : undefined;
  });

  /** Somebody waits for a picture that may come. */
  private readonly awaited = computed(() => {
    void this.news.value;
    const place = this.place.value;
    return place !== null && !this.exact.value && !this.failed.has(place.guess) && this.decoder.value.phase === 'ready';
  });

  /**
   * What the stage shows: a picture; 'raw', what the transformer made; or 'keep', whatever it shows already, because the
   * picture comes in a moment, and sharp and blocky in turns would flicker. A film that plays faster than its decoder draws
   * stays raw until all of it is there.
   */
  readonly stage = computed((): Picture | 'raw' | 'keep' => {
    void this.news.value;
    const place = this.place.value;
    if (!place) return 'raw';
    if (this.pace.value > quick && this.state.playing.value && !this.isWhole(place.guess)) return 'raw';
    return this.exact.value ?? (this.awaited.value && this.patient.value ? (this.late.value ?? 'keep') : 'raw');
  });

  /** Why there are no pictures of what is on the stage. Everything else of it is still there. */
  readonly fault = computed((): Fault | null => {
    void this.news.value;
    const decoder = this.decoder.value;
    if (decoder.phase === 'failed') return decoder.fault;
    const place = this.place.value;
    return (place && this.failed.get(place.guess)) ?? null;
  });

  /** Starts anew what failed. */
  @command
  retry(): void {
    this.failed = new WeakMap();
    if (this.decoder.value.phase === 'failed') this.decoder.value = { phase: 'waiting' };
    this.news.value++;
  }

  /**
   * All that is asked for, drawn after what somebody looks at; what is there already is not drawn again. `onPicture` hears how
   * many are there. Rejects where there is no decoder, or it cannot draw one, and with the signal's reason.
   */
  async pictures(
    requests: readonly DrawRequest[],
    onPicture: (done: number) => void,
    signal: AbortSignal,
  ): Promise<readonly Picture[]> {
    const found = () => requests.flatMap(({ clip, frames }) => frames.map((frame) => this.drawn.get(clip)?.get(frame)));
    if (this.decoder.peek().phase === 'failed') this.retry();
    this.asked.value = [...this.asked.peek(), ...requests];
    let end = () => {};
    try {
      return await new Promise<readonly Picture[]>((resolve, reject) => {
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(signal.reason));
        end = effect(() => {
          void this.news.value;
          const decoder = this.decoder.value;
          const failed = requests.map(({ clip }) => this.failed.get(clip)).find((fault) => fault !== undefined);
          const fault = decoder.phase === 'failed' ? decoder.fault : failed;
          if (fault) return reject(Object.assign(new Error(fault.cause), fault));
          const pictures = found();
          const there = pictures.filter((picture) => picture !== undefined);
          untracked(() => onPicture(there.length));
          if (there.length === pictures.length) resolve(there);
        });
      });
    } finally {
      end();
      this.asked.value = this.asked.peek().filter((request) => !requests.includes(request));
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const end of this.endings) end();
    this.port?.dispose();
  }

  private readonly next = computed((): DrawRequest | undefined => {
    void this.news.value;
    if (this.decoder.value.phase === 'failed') return undefined;
    return this.nextOfStage('now') ?? this.nextAsked() ?? this.nextOfStage('ahead');
  });

  /** The first frame that is missing of what was asked for beside the stage. */
  private nextAsked(): DrawRequest | undefined {
    for (const request of this.asked.value) {
      if (this.failed.has(request.clip)) continue;
      const frame = request.frames.find((frame) => !this.drawn.get(request.clip)?.has(frame));
      if (frame !== undefined) return { ...request, frames: [frame] };
    }
    return undefined;
  }

  /** For the stage: the frame that is on it now, or the first that is missing of those to come. */
  private nextOfStage(which: 'now' | 'ahead'): DrawRequest | undefined {
    const [run, running] = [this.state.run.value, this.state.running.value || this.state.coming.value !== null];
    if (!run || !this.state.sharp.value || !this.suits.value) return undefined;
    const { shape, prompt, steps } = run;
    const finished = isComplete(run) && !running ? { guess: steps[steps.length - 1].guess, frame: 0 } : null;
    for (const place of which === 'now' ? [this.place.value] : [this.place.value, finished]) {
      if (!place || this.failed.has(place.guess)) continue;
      for (let ahead = 0; ahead < (running || which === 'now' ? 1 : shape.frames); ahead++) {
        const frame = (place.frame + ahead) % shape.frames; // as they play
        if (!this.drawn.get(place.guess)?.has(frame)) return { clip: place.guess, shape, prompt, frames: [frame] };
      }
    }
    return undefined;
  }

  /** There is something to draw, or soon will be: then the decoder shall be there. */
  private readonly isDue = computed(() => {
    const { filled, sharp } = this.state;
    const soon = filled.value && sharp.value && this.decoder.value.phase === 'waiting';
    return soon || this.next.value !== undefined;
  });

  private isWhole(guess: Float32Array): boolean {
    return this.drawn.get(guess)?.size === this.state.run.value?.shape.frames;
  }

  /** Patience begins with each wait, and again with a picture that comes a little late: in a quick run none comes in time. */
  private watchPatience(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = effect(() => {
      const waits = this.awaited.value;
      void this.late.value;
      clearTimeout(timer);
      if (waits) timer = setTimeout(() => (this.patient.value = false), patience);
      else [this.patient.value, this.late.value] = [true, null];
    });
    return () => (clearTimeout(timer), end());
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.isDue.value && !this.disposed) if (await this.loaded()) await this.draw();
    this.busy = false;
  }

  /** Whether there is a decoder. It may have mended itself since the last time, and run elsewhere now. */
  private async loaded(): Promise<boolean> {
    try {
      if (!this.port) {
        this.decoder.value = { phase: 'loading' };
        this.port = await this.createDecoder();
        if (this.disposed) this.port.dispose();
      }
      const info = await this.port.load();
      const now = this.decoder.value;
      if (now.phase !== 'ready' || now.info !== info) this.decoder.value = { phase: 'ready', info };
    } catch (thrown) {
      this.port?.dispose();
      this.port = null;
      this.decoder.value = { phase: 'failed', fault: toFault(thrown) };
    }
    return this.port !== null;
  }

  private async draw(): Promise<void> {
    const { next } = this;
    if (!next.value || !this.port || this.disposed) return; // somebody changed their mind while it loaded
    const request = next.value;
    const { clip, frames } = request;
    const [looked, begun] = [this.awaited.value, performance.now()];
    try {
      const [picture] = await this.port.draw(request);
      this.drawn.set(clip, (this.drawn.get(clip) ?? new Map<number, Picture>()).set(frames[0], picture));
      batch(() => {
        this.pace.value = 0.7 * this.pace.value + 0.3 * (performance.now() - begun);
        this.news.value++;
        const same = this.state.run.value?.steps.some((step) => step.guess === clip);
        if (looked && same && this.awaited.value && this.pace.value <= quick)
          [this.patient.value, this.late.value] = [true, picture];
      });
    } catch (thrown) {
      this.failed.set(clip, toFault(thrown));
      this.news.value++;
    }
  }
}
