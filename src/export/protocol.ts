/** What the page and the worker that packs and checks files say to each other. One request at a time; each ends in one answer. */
import type { Difference } from './compare';
import type { Format, Recipe } from './recipe';
import type { Source } from './render';
import type { Said } from './xmp';

/** An error as plain data, as everywhere on the page. */
export interface ExportFault {
  readonly name: string;
  readonly cause: string;
  readonly next: string;
}

/** A file that is to be made. */
export interface Job {
  readonly recipe: Recipe;
  readonly format: Format;
  readonly source: Source;
  readonly prompt: string;
  readonly address?: string; // of the page, where others can reach it
}

export type ToExporter =
  | { readonly type: 'make'; readonly job: Job }
  | { readonly type: 'probe' } // which films this browser can pack
  | { readonly type: 'open'; readonly bytes: Uint8Array<ArrayBuffer> } // a file to be checked
  /** Compares the file that was opened last with what its recipe makes of this. */
  | { readonly type: 'compare'; readonly recipe: Recipe; readonly source: Source };

/** Which films this browser packs, by what with; null: by nothing. */
export interface Packs {
  readonly mp4: string | null;
  readonly webm: string | null;
}

/** What a file is at first sight; no format: none that is written here. */
export interface Opened extends Said {
  readonly format?: Format;
}

/** What came of a comparison: other numbers, sizes or lengths than expected, or how far each pixel is off. */
export type Compared =
  | { readonly like: false; readonly why: 'size' | 'count' | 'length' }
  | { readonly like: true; readonly difference: Difference; readonly limit: number };

export type FromExporter =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'made'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'probed'; readonly packs: Packs }
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'compared'; readonly compared: Compared }
  | { readonly type: 'fault'; readonly fault: ExportFault };

export type Answer = Exclude<FromExporter, { readonly type: 'progress' }>;
