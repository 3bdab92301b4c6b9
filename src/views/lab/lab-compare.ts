/**
 * <lab-compare>: the run on the stage and another one side by side, at the same words and seed, both where as much noise
 * is left; their difference as a picture and in a sentence. Its scrubber is the one of the whole page.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { difference, differenceClip, firstDifference, type Difference } from '../../lab/difference';
import { pairs } from '../../lab/pairs';
import { callsOf } from '../../lab/race';
import { variants } from '../../lab/variants';
import { changes, cleanPrompt, promptLength, settingKeys, type SettingKey, type Show } from '../../settings/settings';
import { clipAt, type Run } from '../../app/state';
import { labStrings } from '../../i18n/lab';
import type { ClipShape } from '../../sampling/types';
import { empty, StudioElement } from '../../ui/element';
import { valueInWords } from '../../ui/setting-words';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';

@customElement('lab-compare')
export class LabCompare extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        container-type: inline-size;
      }
      .choose {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        align-items: center;
      }
      .choose select {
        inline-size: auto;
        max-inline-size: 100%;
      }
      .choose input {
        flex: 1 1 16rem;
      }
      .pairs {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--space-2) var(--space-3);
        list-style: none;
      }
      .pairs button {
        display: grid;
        gap: 2px;
        align-content: start;
        inline-size: 100%;
        block-size: 100%;
        padding: var(--space-2) var(--space-3);
        text-align: start;
      }
      .pairs button[aria-pressed='true'] {
        border-color: var(--ember);
        box-shadow: inset 0 0 0 1px var(--ember);
      }
      .pairs .help {
        font-weight: 400;
      }
      .three {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--space-2) var(--space-3);
      }
      @container (min-inline-size: 40rem) {
        .three {
          grid-template-columns: repeat(3, minmax(0, 16rem));
        }
      }
      figcaption {
        display: grid;
        gap: 2px;
        margin-block-start: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.35;
      }
      figcaption strong {
        font-weight: 650;
      }
      .place {
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      .scrub {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: var(--space-1) var(--space-3);
        align-items: center;
        max-inline-size: 50rem;
        font-size: var(--text-s);
      }
      .scrub .value {
        color: var(--ink-soft);
      }
      .say {
        font-weight: 600;
      }
      table {
        justify-self: start;
      }
      th,
      td {
        padding: var(--space-1) var(--space-4) var(--space-1) 0;
        border-block-start: 1px solid var(--line);
        text-align: start;
      }
      th {
        font-weight: 550;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const run = state.run.value;
    const other = studio.lab.other.value;
    const ready = state.engine.value.phase === 'ready';
    if (!run || state.row.value === null) return html`<p>${lab.nothingYet}</p>`;
    const offers = variants(run.settings, state.hasWeak.value, state.hasStudent.value);
    const beside = studio.lab.other.value?.settings;
    return html`
      <ul class="pairs" aria-label=${lab.readyMade}>
        ${pairs.map((pair) => {
          const settings = pair.beside(run.settings);
          const { title, lookFor } = lab.pairs[pair.name];
          return html`<li>
            <button
              aria-pressed=${beside !== undefined && changes(beside, settings).length === 0}
              ?disabled=${!ready}
              @click=${() => studio.lab.compare(settings)}
            >
              <strong>${title}</strong>
              <span class="help">${lookFor}</span>
            </button>
          </li>`;
        })}
      </ul>
      <form class="choose" @submit=${this.besideWords}>
        <input
          type="text"
          name="words"
          lang="en"
          aria-label=${lab.otherWords}
          placeholder=${lab.otherWords}
          maxlength=${promptLength}
          autocomplete="off"
          spellcheck="false"
          .value=${live(state.otherPrompt.value ?? '')}
        />
        <button ?disabled=${!ready}>${lab.runBeside}</button>
      </form>
      <div class="choose">
        <select
          aria-label=${lab.sameWith}
          ?disabled=${!ready}
          @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            const offer = offers[Number(select.value)];
            empty(select);
            if (offer) void studio.lab.compare(offer.settings);
          }}
        >
          <option value="" .selected=${live(true)}>${lab.sameWith}</option>
          ${offers.map(
            ({ key, settings }, index) =>
              html`<option value=${index}>
                ${strings.settings[key].name}: ${valueInWords(settings, key, strings)}
              </option>`,
          )}
        </select>
        <button @click=${() => studio.lab.keep()}>${lab.keep}</button>
        ${
          other
            ? html`<button @click=${() => studio.lab.exchange()}>${lab.exchange}</button>
                <button @click=${() => this.putAway()}>${lab.remove}</button>`
            : nothing
        }
        ${ready ? nothing : html`<span class="help">${lab.needsNetwork}</span>`}
      </div>
      ${other && other.steps.length > 0 ? this.pair(run, other) : html`<p class="help">${lab.compareEmpty}</p>`}
    `;
  }

  /** The same noise and settings with the words that stand in the field. */
  private besideWords(event: SubmitEvent): void {
    event.preventDefault();
    const words = new FormData(event.target as HTMLFormElement).get('words');
    if (typeof words === 'string' && words.trim()) void this.studio.lab.compareWords(cleanPrompt(words));
  }

  /** The button goes with what it puts away; whoever pressed it by keyboard stands beside where it was. */
  private putAway(): void {
    this.renderRoot.querySelector<HTMLElement>('.choose button')?.focus();
    this.studio.lab.forgetOther();
  }

  // The film plays on while two clips stay the same two: what differs is found out once.
  private differed?: { readonly of: readonly Float32Array[]; readonly found: Difference & { picture: Float32Array } };
  private parted?: { readonly of: readonly unknown[]; readonly row: number | null };

  private differ(own: Float32Array, its: Float32Array, shape: ClipShape): Difference & { picture: Float32Array } {
    if (this.differed?.of[0] !== own || this.differed.of[1] !== its)
      this.differed = {
        of: [own, its],
        found: { ...difference(own, its, shape), picture: differenceClip(own, its, shape) },
      };
    return this.differed.found;
  }

  private parting(run: Run, other: Run, show: Show): number | null {
    const of = [run.steps, other.steps, show];
    if (!this.parted || of.some((each, i) => each !== this.parted?.of[i]))
      this.parted = { of, row: firstDifference(run, other, show) };
    return this.parted.row;
  }

  private pair(run: Run, other: Run): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const row = state.row.value ?? 0;
    const otherRow = studio.lab.otherRow.value ?? 0;
    const show = state.show.value;
    const frame = state.frame.value;
    const own = clipAt(run, row, show);
    const its = clipAt(other, otherRow, show);
    if (!own || !its || own.length !== its.length) return html`<p class="help">${lab.compareEmpty}</p>`;
    const differ = changes(run.settings, other.settings);
    const steps = run.settings.steps;
    const { share, frame: worst, place, picture } = this.differ(own, its, run.shape);
    const apart = this.parting(run, other, show);
    const words = run.prompt === other.prompt ? '' : `${lab.wordsDiffer} `;
    const sentence = `${words}${lab.differs(share, worst + 1, lab.places[place])} ${lab.partAt(apart)}`;
    const quiet = state.playing.value || state.running.value || studio.lab.job.value !== null;
    return html`
      ${studio.lab.alike.value ? nothing : html`<p class="help">${lab.notAlike}</p>`}
      <div class="three numbers">
        <figure>
          <clip-picture .clip=${own} .shape=${run.shape} .frame=${frame} label=${lab.thisRun}></clip-picture>
          <figcaption>
            <strong>${lab.thisRun}</strong><span class="place">${strings.stepOf(row, steps)}</span>
          </figcaption>
        </figure>
        <figure>
          <clip-picture .clip=${its} .shape=${other.shape} .frame=${frame} label=${lab.otherRun}></clip-picture>
          <figcaption>
            <strong>${lab.otherRun}</strong><span class="place">${strings.stepOf(otherRow, other.settings.steps)}</span>
          </figcaption>
        </figure>
        <figure>
          <clip-picture .clip=${picture} .shape=${run.shape} .frame=${frame} label=${lab.difference}></clip-picture>
          <figcaption><strong>${lab.difference}</strong></figcaption>
        </figure>
      </div>
      ${this.scrub(run)}
      <p class="say">${sentence}</p>
      <p class="unseen" role="status">${quiet ? '' : sentence}</p>
      ${differ.length === 0 && !words ? html`<p class="help">${lab.sameSettings}</p>` : this.table(run, other, differ)}
    `;
  }

  private scrub(run: Run): TemplateResult {
    const { state, strings, studio } = this;
    const row = state.row.value ?? 0;
    const frame = state.frame.value;
    const { steps } = run.settings;
    return html`
      <div class="scrub numbers">
        <label for="row">${strings.stepSlider}</label>
        <input
          id="row"
          type="range"
          min="0"
          max=${steps}
          .value=${live(String(row))}
          aria-valuetext=${strings.stepOf(row, steps)}
          @input=${(event: Event) => studio.view.look({ row: Number((event.target as HTMLInputElement).value) })}
        />
        <span class="value" aria-hidden="true"
          >${labStrings(strings).percent(state.noiseLeft.value)} ${strings.noiseColumn}</span
        >
        <label for="frame">${strings.frameSlider}</label>
        <input
          id="frame"
          type="range"
          min="1"
          max=${run.shape.frames}
          .value=${live(String(frame + 1))}
          aria-valuetext=${strings.frameOf(frame + 1, run.shape.frames)}
          @input=${(event: Event) => studio.view.look({ frame: Number((event.target as HTMLInputElement).value) - 1 })}
        />
        <span class="value" aria-hidden="true">${strings.frameOf(frame + 1, run.shape.frames)}</span>
      </div>
    `;
  }

  /** What the two runs were made of, where it differs, with what each cost and what each shows of its words. */
  private table(run: Run, other: Run, differ: readonly SettingKey[]): TemplateResult {
    const { strings, studio } = this;
    const lab = labStrings(strings);
    return html`<table class="numbers">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${lab.thisRun}</th>
          <th scope="col">${lab.otherRun}</th>
        </tr>
      </thead>
      <tbody>
        ${
          run.prompt === other.prompt
            ? nothing
            : html`<tr>
                <th scope="row">${strings.keys.prompt}</th>
                ${[run, other].map(({ prompt }) => html`<td><q lang="en">${prompt}</q></td>`)}
              </tr>`
        }
        ${settingKeys
          .filter((key) => differ.includes(key))
          .map(
            (key) =>
              html`<tr>
                <th scope="row">${strings.settings[key].name}</th>
                <td>${valueInWords(run.settings, key, strings)}</td>
                <td>${valueInWords(other.settings, key, strings)}</td>
              </tr>`,
          )}
        <tr>
          <th scope="row">${lab.calls}</th>
          ${[run, other].map(({ settings }) => html`<td>${callsOf(settings.sampler, settings.steps)}</td>`)}
        </tr>
        <tr>
          <th scope="row">${lab.wordsPlot}</th>
          ${[run, other].map((each) => {
            const mark = studio.lab.markOf(each);
            return html`<td>${mark ? lab.markShort(mark.right, mark.asked) : '…'}</td>`;
          })}
        </tr>
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-compare': LabCompare;
  }
}
