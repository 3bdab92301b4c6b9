/**
 * <own-picture>: a picture of the reader's own, opened (chosen, dropped, pasted) or drawn, in the model's size. It shows what
 * the network gets and what to expect, and sends `picture` once the reader takes it.
 *
 * What it is not: it does nothing with the picture, which is the business of whoever listens, and keeps none.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state as own } from 'lit/decorators.js';
import { openPicture } from '../../files/opener';
import { filmRate } from '../../app/state';
import { pictureStrings, type PictureStrings } from '../../i18n/pictures';
import { Drawing, pictureOf } from '../../pictures/drawing';
import { clipOf, groundOf, grounds } from '../../pictures/ground';
import type { How, Opened } from '../../pictures/open';
import { PictureError } from '../../pictures/types';
import type { ClipShape } from '../../sampling/types';
import '../../ui/clip-picture/clip-picture';
import { empty, StudioElement } from '../../ui/element';
import '../../ui/pixel-drawing/pixel-drawing';
import { shared } from '../../ui/shared';
import './picture-distance';
import { styles } from './picture-styles';

/** What `picture` brings as its detail. */
export interface OwnPicture {
  readonly frames: Float32Array; // 3 x count x height x width, -1 .. 1
  readonly count: number; // 1, or as many as the film has
  readonly name: string; // of the file, without its ending
}

type Way = 'open' | 'draw';

const sameSize = (a: ClipShape, b: ClipShape): boolean => a.width === b.width && a.height === b.height;

/** A file that was opened. */
interface Given extends Opened {
  readonly file: Blob;
  readonly name: string;
}

const usual: ClipShape = { frames: 16, height: 32, width: 32 };

@customElement('own-picture')
export class OwnPictureElement extends StudioElement {
  static override styles = [shared, styles];

  /** Of the clips that the picture is for; left out, the loaded model's own. */
  @property({ attribute: false }) shape?: ClipShape;

  @own() private way: Way = 'open';
  @own() private given: Given | null = null;
  @own() private opening: symbol | null = null; // the latest that is being opened
  @own() private refused: PictureError | 'noPicture' | 'noPaste' | 'noFile' | null = null;
  @own() private fit: How['fit'] = 'fill';
  @own() private pace: How['pace'] = 'own';
  @own() private ground = grounds[0];
  @own() private taken = '';
  private drawing = new Drawing(usual);
  private last: ClipShape = usual;
  private kept: { readonly key: readonly unknown[]; readonly clip: Float32Array } | null = null;

  @query('input[type=file]') private file!: HTMLInputElement;

  private readonly pasted = (event: ClipboardEvent): void => {
    const file = [...(event.clipboardData?.files ?? [])].at(0);
    if (!file) return; // text is for a field
    event.preventDefault();
    void this.open(file);
  };

  constructor() {
    super();
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('drop', (event) => this.dropped(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('paste', this.pasted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('paste', this.pasted);
  }

  private get words(): PictureStrings {
    return pictureStrings(this.strings);
  }

  /** While the network is being loaded again, that of before. */
  private get size(): ClipShape {
    const engine = this.state.engine.value;
    return this.shape ?? (engine.phase === 'ready' ? engine.info.shape : this.last);
  }

  protected override willUpdate(_: PropertyValues): void {
    const { size, last, given } = this;
    this.last = size;
    if (sameSize(size, last)) return;
    this.drawing = new Drawing(size);
    this.given = null; // it was made for another shape
    if (given) void this.open(given.file, given.name);
  }

  protected override render(): TemplateResult {
    const { words, way } = this;
    const tab = (name: Way) =>
      html`<button aria-pressed=${way === name} @click=${() => this.go(name)}>${words.ways[name]}</button>`;
    return html`
      <h3>${words.title}</h3>
      <p class="help">${words.help}</p>
      <div class="row" role="group" aria-label=${words.title}>${tab('open')} ${tab('draw')}</div>
      ${way === 'open' ? this.chosen() : this.drawn()}
      <p class="help" role="status">${this.taken ? words.taken(this.taken) : ''}</p>
    `;
  }

  private go(way: Way): void {
    this.way = way;
    this.taken = '';
    this.refused = null;
  }

  // ------------------------------------------------------------------------------------------------------------- opening

  private chosen(): TemplateResult {
    const { words, given, refused } = this;
    return html`
      <div class="place">
        <div class="row">
          <button @click=${() => this.file.click()}>${words.choose}</button>
          ${
            typeof navigator.clipboard?.read === 'function'
              ? html`<button @click=${() => void this.paste()}>${words.paste}</button>`
              : nothing
          }
        </div>
        <p class="help">${words.dropHere}</p>
        <input
          type="file"
          accept="image/*"
          hidden
          @change=${() => {
            const [file] = this.file.files ?? [];
            empty(this.file); // the same file may be chosen again
            if (file) void this.open(file);
          }}
        />
      </div>
      <p role="status" class="help">${this.opening ? words.opening : ''}</p>
      <div role="alert">${refused ? html`<p class="refused">${this.why(refused)}</p>` : nothing}</div>
      ${given ? this.shown(given) : nothing}
    `;
  }

  private why(refused: NonNullable<typeof this.refused>): string {
    if (typeof refused === 'string') return this.words[refused];
    const { reason, details } = refused;
    return this.words.refused({ reason, ...details, ...details.size });
  }

  private shown(given: Given): TemplateResult {
    const { words, size } = this;
    const clip = this.clip(given);
    const { name } = given;
    const count = given.pictures.length;
    const { width, height } = given.size;
    return html`
      <div class="pair">
        <figure>
          <canvas class="original" role="img" aria-label=${words.altOriginal(name)}></canvas>
          <figcaption class="help">${words.original(width, height)}</figcaption>
        </figure>
        <figure>
          <clip-picture
            .clip=${clip}
            .shape=${{ ...size, frames: count }}
            .frame=${count > 1 ? this.state.frame.value % count : 0}
            label=${words.altReduced(name)}
          ></clip-picture>
          <figcaption class="help">
            ${words.reduced(size.width, size.height)}${count > 1 ? `, ${words.frames(count)}` : ''}
          </figcaption>
        </figure>
      </div>
      ${this.notes(given)}
      <div class="choices">
        ${this.choice(words.fit, words.fits, this.fit, (fit) => void this.again({ fit }))}
        ${given.lasts === null ? nothing : this.choice(words.pace, words.paces, this.pace, (pace) => void this.again({ pace }))}
        ${this.showsGround(given) ? this.grounds() : nothing}
      </div>
      ${this.ends(clip, count, name, words.use, true)}
    `;
  }

  private notes({ notes, lasts }: Opened): TemplateResult | typeof nothing {
    const { words, size } = this;
    const taken = size.frames / filmRate;
    return notes.length
      ? html`<ul class="notes help">
          ${notes.map((note) => html`<li>${note === 'goesOn' ? words.notes.goesOn(lasts ?? 0, taken) : words.notes[note]}</li>`)}
        </ul>`
      : nothing;
  }

  private showsGround({ notes, size }: Opened): boolean {
    const { width, height } = this.size;
    return notes.includes('transparent') || (this.fit === 'whole' && size.width * height !== size.height * width);
  }

  /** The numbers of a clip, the very same as long as nothing changes that they are made of. */
  private clip(opened: Pick<Opened, 'pictures'>): Float32Array {
    const key = [opened.pictures, this.ground];
    if (!this.kept || this.kept.key.some((each, i) => each !== key[i]))
      this.kept = { key, clip: clipOf(opened.pictures, groundOf(this.ground, this.size)) };
    return this.kept.clip;
  }

  /** The picture is shown once it is open; until then, and where it is refused, the one before stays. */
  private async open(file: Blob, name = nameOf(file, this.words.nameless)): Promise<void> {
    const mine = (this.opening = Symbol('opening'));
    this.way = 'open';
    this.refused = null;
    this.taken = '';
    try {
      const { size, fit, pace } = this;
      const opened = await openPicture(file, { shape: size, rate: filmRate, fit, pace });
      if (this.opening !== mine) return; // another one has come meanwhile
      if (!sameSize(size, this.size)) return void (await this.open(file, name)); // or another network
      this.given = { ...opened, file, name };
    } catch (thrown) {
      if (this.opening === mine)
        this.refused = thrown instanceof PictureError ? thrown : new PictureError('unreadable');
    }
    if (this.opening === mine) this.opening = null; // else another one has come meanwhile
  }

  private async again(changed: Partial<Pick<How, 'fit' | 'pace'>>): Promise<void> {
    Object.assign(this, changed);
    if (this.given) await this.open(this.given.file, this.given.name);
  }

  private dropped(event: DragEvent): void {
    event.preventDefault(); // so that the page takes it for no run
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void this.open(file);
    else [this.way, this.refused] = ['open', 'noFile']; // a picture out of another page is an address
  }

  private async paste(): Promise<void> {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((each) => each.startsWith('image/'));
        if (type) return await this.open(await item.getType(type));
      }
      this.refused = 'noPicture';
    } catch {
      this.refused = 'noPaste';
    }
  }

  // ------------------------------------------------------------------------------------------------------------- drawing

  private drawn(): TemplateResult {
    const { words, drawing } = this;
    return html`
      <div class="choices">${this.grounds()}</div>
      <pixel-drawing
        .drawing=${drawing}
        .words=${words}
        .ground=${groundOf(this.ground, drawing.size)}
        @change=${() => this.requestUpdate()}
      ></pixel-drawing>
      ${this.ends(clipOf([pictureOf(drawing)], groundOf(this.ground, drawing.size)), 1, words.drawingName, words.useDrawing, false)}
    `;
  }

  // ---------------------------------------------------------------------------------------------------------------- both

  private grounds(): TemplateResult {
    const names = Object.fromEntries(grounds.map((name) => [name, this.words.grounds[name] ?? name]));
    return this.choice(this.words.ground, names, this.ground, (name) => (this.ground = name));
  }

  private choice<Name extends string>(
    label: string,
    names: Readonly<Record<Name, string>>,
    now: Name,
    take: (name: Name) => void,
  ): TemplateResult {
    return html`<label class="label"
      >${label}
      <select @change=${(event: Event) => take((event.target as HTMLSelectElement).value as Name)}>
        ${(Object.keys(names) as Name[]).map((name) => html`<option value=${name} ?selected=${name === now}>${names[name]}</option>`)}
      </select></label
    >`;
  }

  /** What to expect of it, and the button that takes it. */
  private ends(frames: Float32Array, count: number, name: string, use: string, atOnce: boolean): TemplateResult {
    const { studio, strings, size } = this;
    const engine = this.state.engine.value;
    return html`
      <picture-distance
        .studio=${studio}
        .strings=${strings}
        .frames=${frames}
        .shape=${size}
        .atOnce=${atOnce}
        .network=${engine.phase === 'ready' ? engine.info.model : null}
      ></picture-distance>
      <div class="row">
        <button
          class="chief"
          ?disabled=${this.way === 'open' && this.opening !== null}
          @click=${() => this.take({ frames: frames.slice(), count, name })}
        >
          ${use}
        </button>
      </div>
    `;
  }

  private take(picture: OwnPicture): void {
    this.taken = picture.name;
    this.dispatchEvent(new CustomEvent<OwnPicture>('picture', { detail: picture, bubbles: true, composed: true }));
  }

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.original');
    const original = this.given?.original;
    if (!canvas || !original) return;
    const { width, height, rgba } = original;
    Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }
}

/** "holiday.final.png" is "holiday.final"; what is pasted has no name of its own. */
function nameOf(file: Blob, otherwise: string): string {
  const name = file instanceof File ? file.name.replace(/\.[^.]*$/, '').trim() : '';
  return name.slice(0, 60) || otherwise;
}

declare global {
  interface HTMLElementTagNameMap {
    'own-picture': OwnPictureElement;
  }
}
