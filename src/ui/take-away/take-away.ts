/**
 * <take-away>: the film as a file, in one choice and one button; below it a file that somebody wants checked, and the code for
 * another page. It comes in a chunk of its own when somebody opens it.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { filmLink } from '../../sessions/take-away/source';
import { TakeAway, type Choice } from '../../sessions/take-away/take-away';
import { noiseLeft, type Run } from '../../app/state';
import { Exporter } from '../../export/client';
import { formatsOf, sizesOf, whats, type Format } from '../../export/recipe';
import type { PosterWords } from '../../export/poster';
import { exportStrings, type ExportStrings } from '../../i18n/export';
import { StudioElement } from '../element';
import { saveFile } from '../save-file';
import { sayFault } from '../say-fault';
import { shared } from '../shared';
import './check-file';
import type { CheckFile } from './check-file';
import './embed-code';
import { isPackage } from '../home';
import { publicAddress } from './address';

@customElement('take-away')
export class TakeAwayBox extends StudioElement {
  static override styles = [
    shared,
    css`
      :host,
      form {
        display: grid;
        gap: var(--space-3);
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
        gap: var(--space-3);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      progress {
        inline-size: 100%;
        accent-color: var(--ice);
      }
      check-file,
      embed-code {
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }
    `,
  ];

  private taking?: TakeAway;
  @query('check-file') private checker!: CheckFile;

  private get words(): ExportStrings {
    return exportStrings(this.strings);
  }

  /** Made anew where the element comes back after it went away. */
  private get session(): TakeAway {
    return (this.taking ??= new TakeAway(this.studio, () => new Exporter()));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => (this.isConnected ? this.session.probe() : undefined));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.taking?.dispose();
    this.taking = undefined;
  }

  /** A file that was dropped on the page. */
  async check(file: Blob): Promise<void> {
    await this.updateComplete;
    this.checker.scrollIntoView({ block: 'nearest' });
    await this.checker.check(file);
  }

  protected override render(): TemplateResult {
    const { words, session, studio, strings } = this;
    const { choice, fault, saved, working, format } = session;
    const run = session.run.value;
    const busy = working.value;
    const { what, smooth, label, drawn } = choice.value;
    const said = fault.value && sayFault(fault.value, strings);
    return html`
      <form @submit=${(event: Event) => (event.preventDefault(), void this.make())}>
        <div class="choices">
          ${this.choose('what', words.what, whats, what, (each) => words.whats[each])}
          ${this.choose(
            'format',
            words.format,
            formatsOf(what),
            format.value,
            (each) => this.nameOf(each),
            (each) => session.offers(each) !== 'yes',
          )}
          ${this.choose('size', words.size, sizesOf(what, format.value), session.size.value, what === 'sheet' ? words.cellOf : words.sizeOf)}
          ${this.choose('smooth', words.look, [true, false], smooth, (each) => (each ? words.smooth : words.crisp))}
        </div>
        ${session.packs.value && !session.packs.value.mp4 && !session.packs.value.webm ? html`<p class="help">${words.noVideo}</p>` : nothing}
        <div>${this.tick('drawn', words.drawn, drawn)} ${this.tick('label', words.label, label)}</div>
        <div class="buttons">
          <button class="chief" ?disabled=${!run || busy !== null}>${words.save(format.value.toUpperCase())}</button>
          ${busy ? html`<button type="button" @click=${() => session.cancel()}>${words.cancel}</button>` : nothing}
        </div>
        ${busy ? html`<progress max=${busy.total} .value=${busy.done} aria-label=${words.working[busy.stage]}></progress>` : nothing}
        <div role="status">
          ${busy ? html`<p class="help">${words.working[busy.stage]}</p>` : nothing}
          ${saved.value ? html`<p class="help">${words.saved(saved.value.name, saved.value.bytes)}</p>` : nothing}
          ${
            said
              ? html`<p>${said.cause} ${said.next}</p>
                  ${said.detail}`
              : nothing
          }
          ${run || busy ? nothing : html`<p class="help">${words.notYet}</p>`}
        </div>
        <p class="help">${words.inIt}</p>
      </form>
      <check-file .studio=${studio} .strings=${strings}></check-file>
      ${isPackage ? nothing : html`<embed-code .studio=${studio} .strings=${strings}></embed-code>`}
    `;
  }

  /** A list to choose one part of the choice from. */
  private choose<Key extends keyof Choice, Value extends Choice[Key]>(
    key: Key,
    name: string,
    values: readonly Value[],
    chosen: Value,
    nameOf: (value: NonNullable<Value>) => string,
    isAway: (value: NonNullable<Value>) => boolean = () => false,
  ): TemplateResult {
    return html`<label
      ><span class="label">${name}</span>
      <select
        name=${key}
        @change=${(event: Event) => this.session.choose({ [key]: values[(event.target as HTMLSelectElement).selectedIndex] })}
      >
        ${values.map(
          (value) =>
            html`<option .selected=${live(value === chosen)} ?disabled=${isAway(value!)}>${nameOf(value!)}</option>`,
        )}
      </select></label
    >`;
  }

  private tick(key: 'drawn' | 'label', name: string, on: boolean): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        name=${key}
        .checked=${live(on)}
        @change=${(event: Event) => this.session.choose({ [key]: (event.target as HTMLInputElement).checked })}
      />${name}</label
    >`;
  }

  private nameOf(format: Format): string {
    const { words } = this;
    const offer = this.session.offers(format);
    const name = words.formats[format];
    return offer === 'yes' ? name : offer === 'asking' ? words.asking(name) : words.lacking(format.toUpperCase());
  }

  private async make(): Promise<void> {
    const run = this.session.run.value;
    if (!run) return;
    const file = await this.session.make((rows) => this.posterWords(run, rows), publicAddress());
    if (file) saveFile(file);
  }

  private posterWords(run: Run, rows: readonly number[]): PosterWords {
    const { poster } = this.words;
    const { settings, shape, prompt, model } = run;
    const address = publicAddress();
    const show = this.state.show.value;
    return {
      title: prompt,
      across: poster.across(shape.frames),
      down: poster.down(settings.steps),
      label: this.session.choice.value.label ? poster.label : '',
      frames: Array.from({ length: shape.frames }, (_, frame) => poster.frame(frame + 1)),
      rows: rows.map((row) => poster.row(row, noiseLeft(run, row))),
      lines: [
        poster.shows[show],
        poster.settings(settings.seed, settings.steps, settings.sampler, settings.guidance.scale),
        poster.made(model),
        ...(address ? [`${address}#${filmLink(run, true)}`] : []),
      ],
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'take-away': TakeAwayBox;
  }
}
