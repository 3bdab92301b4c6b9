/**
 * Runs as files: the one on the stage to keep, and one that somebody opens. Beside it the workers that pack and unpack those, and that
 * open pictures of one's own.
 *
 * What it is not: it knows no format (recording and pictures do), and makes no film to take away (sessions/take-away does).
 */
import type { Fault } from '../engine/protocol';
import { recordingFaults } from '../recording/file';
import type { Step } from '../sampling/types';
import { isAbort, toFault } from '../engine/faults';
import { paced, type Recorded, type RunSession } from '../app/run-session';
import { command, Session, type Facts } from '../app/session';
import { isComplete, type Run } from '../app/state';

export interface FilePorts {
  /** A run from a file that somebody opened. Rejects with a sentence where the bytes are no run. */
  readRun(bytes: Uint8Array): Promise<Recorded>;
  /** A complete run as a file to keep. */
  writeRun(run: Run): Promise<Uint8Array>;
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** No run comes near this; whoever opens a film or a photograph shall not wait for it. */
const largestFile = 32e6; // bytes

type Own = 'saving' | 'trouble' | 'step';

export class Files extends Session<Own> {
  constructor(
    state: Facts<Own>,
    private readonly ports: FilePorts,
    private readonly runs: RunSession,
    private readonly clear: () => void, // ends what the laboratory does
  ) {
    super(state);
  }

  /**
   * A run out of a file, in the same interface as any other. Until it has been seen to play from its first step to its
   * last, everything stays as it was: prompt, settings, link and stage.
   */
  @command
  async open(file: Blob): Promise<void> {
    const { state } = this;
    let recorded: Recorded | undefined;
    try {
      recorded = await this.runs.newest(async (signal) => {
        if (file.size > largestFile) throw new TooLargeError(file.size);
        return seenToPlay(await this.ports.readRun(new Uint8Array(await file.arrayBuffer())), signal);
      });
    } catch (thrown) {
      if (!isAbort(thrown)) state.trouble.value = { fault: fileFault(toFault(thrown)), retry: 'file' };
    }
    if (!recorded) return;
    this.runs.end();
    this.clear();
    state.step.value = null;
    if (state.trouble.value?.retry === 'file') state.trouble.value = null;
    await this.runs.play(recorded, true);
  }

  /** The run on the stage as a file with a name, or undefined while there is none that is complete, or one is being saved. */
  @command
  async save(): Promise<NamedFile | undefined> {
    const { state } = this;
    const run = state.run.value;
    if (!run || !isComplete(run) || state.saving.value) return undefined;
    state.saving.value = true;
    if (state.trouble.value?.retry === 'save') state.trouble.value = null;
    try {
      const bytes = await (run.recorded?.encode() ?? this.ports.writeRun(run));
      return { name: fileName(run.prompt), bytes };
    } catch (thrown) {
      state.trouble.value = { fault: toFault(thrown), retry: 'save' };
      return undefined;
    } finally {
      state.saving.value = false;
    }
  }
}

/** The same run with its steps at hand. Throws UnplayableError where it does not come to its end. */
async function seenToPlay(recorded: Recorded, signal: AbortSignal): Promise<Recorded> {
  const steps: Step[] = [];
  try {
    for await (const step of paced(recorded.replay(signal), 0, signal)) steps.push(step);
  } catch (thrown) {
    throw signal.aborted || isAbort(thrown) ? thrown : new UnplayableError(toFault(thrown).cause);
  }
  const { settings } = recorded;
  if (steps.length !== settings.steps) throw new UnplayableError(`it has ${steps.length} of ${settings.steps} steps`);
  return {
    ...recorded,
    async *replay() {
      yield* steps;
    },
  };
}

/** "A small red ball at night." becomes "a-small-red-ball-at-night.snow". */
export function fileName(prompt: string, ending = 'snow'): string {
  const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join('-').slice(0, 80) || 'snow'}.${ending}`;
}

const anotherFile = 'Choose a file that was saved here; its name ends in .snow.';

/** What a recording refuses, as whole sentences for somebody who opened a file of their own. */
function fileFault(fault: Fault): Fault {
  if (!(recordingFaults as readonly string[]).includes(fault.name)) return fault;
  const { cause } = fault;
  return { ...fault, cause: `${cause[0].toUpperCase()}${cause.slice(1)}.`, next: anotherFile };
}

/** A file that can be read, but no run can be made of what it says. To the user it is damaged, like any RecordingError. */
class UnplayableError extends Error {
  override readonly name = 'RecordingError';
  override readonly cause: string;

  constructor(why: string) {
    super();
    this.cause = `the run in the file does not play (${why})`;
  }
}

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
  override readonly cause: string;
  readonly next = anotherFile;

  constructor(bytes: number) {
    super();
    this.cause = `The file is ${Math.round(bytes / 1e6)} MB large, and a saved run has 1 MB or less.`;
  }
}
