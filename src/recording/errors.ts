/** What is wrong with a file of a run, or with the browser that should read it: each says its cause and what to do next. */

/** The names of what is wrong with a file: it never was a recording, or of another version, or is damaged or not whole. */
export const recordingFaults = ['NoRecordingError', 'VersionError', 'RecordingError'] as const;

/** Characters: what a stranger's file has in the place of a name may be long. */
const longestCause = 400;

/** A file that is no recording, or not a whole one. `message` is cause and next step in one sentence. */
export class RecordingError extends Error {
  override readonly cause: string;

  constructor(
    cause: string,
    override readonly name: (typeof recordingFaults)[number] = 'RecordingError',
    readonly next = 'fetch it again, or record the run again',
  ) {
    const short = cause.slice(0, longestCause);
    super(`${short}: ${next}`);
    this.cause = short;
  }
}

/** This browser has not what packs and unpacks runs. The file may be good, and opens in a newer one. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  override readonly cause: string;
  readonly next = 'Use a current browser: Chrome or Edge from 80, Safari from 16.4, Firefox from 113.';

  constructor(feature: 'CompressionStream' | 'DecompressionStream') {
    super(`This browser lacks ${feature}.`);
    this.cause = this.message;
  }
}
