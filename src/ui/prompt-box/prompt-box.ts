/**
 * <prompt-box>: what should appear. Type it with completion, choose it word by word, or take an example; see how the
 * model will read it; shake. A word that was never seen in training stays visible and is marked, in words and not only
 * by colour.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { cleanPrompt, promptLength } from '../../settings/settings';
import { chosen, put, type Kind } from '../../settings/words';
import { languageOf } from '../../i18n';
import { empty, StudioElement } from '../element';
import { shared } from '../shared';
import { Speech } from '../speech';
import { styles } from './styles';

const offered = 12; // completions

@customElement('prompt-box')
export class PromptBox extends StudioElement {
  static override styles = [shared, styles];

  /** Where there is room the words lie open; on a phone the film comes first. Decided once: later the reader decides. */
  private readonly speech = new Speech(this, () => {}); // of what is typed, where it is not the page's
  private readonly roomy = matchMedia('(min-width: 60rem) and (min-height: 58rem)').matches;

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const prompt = state.prompt.value;
    // Beside another view the stage keeps the words and Shake; what helps to begin belongs to Watch.
    const offered = state.beside.value === 'watch' && !state.hidden.value.includes('examples');
    return html`
      <form @submit=${this.shake}>
        <div class="title">
          <h2><label for="prompt">${strings.promptTitle}</label></h2>
          <p class="unseen" id="prompt-help">${strings.promptHelp} ${strings.promptLanguage}</p>
        </div>
        <div class="ask">
          <input
            id="prompt"
            placeholder=${strings.promptHelp}
            type="text"
            list="completions"
            maxlength=${promptLength}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            aria-describedby="prompt-help reading-warning"
            .value=${live(this.shown(prompt))}
            @input=${(event: Event) => studio.controls.setPrompt((event.target as HTMLInputElement).value)}
          />
          <datalist id="completions">${this.completions(prompt)}</datalist>
          <button class="chief" type="submit" title=${strings.shakeHelp}>${strings.shake}</button>
          <button
            type="button"
            ?disabled=${!state.running.value && !state.queued.value}
            @click=${() => studio.runs.stop()}
          >
            ${strings.stop}
          </button>
          <button
            type="button"
            title=${strings.liveHelp}
            aria-pressed=${state.live.value}
            ?hidden=${!state.hasStudent.value && !state.live.value}
            @click=${() => studio.controls.goLive(!state.live.value)}
          >
            ${strings.live}
          </button>
        </div>
        ${this.live()} ${this.heard()} ${this.told(prompt)} ${this.reading()} ${offered ? this.examples() : nothing}
        <div class="noise">
          <button class="chip" type="button" @click=${() => void studio.runs.again()}>${strings.again}</button>
          <label class="check"
            ><input
              type="checkbox"
              .checked=${live(state.seedKept.value)}
              @change=${(event: Event) => studio.controls.keepSeed((event.target as HTMLInputElement).checked)}
            />${strings.keepSeed(state.settings.value.seed)}</label
          >
          <details ?open=${this.roomy} ?hidden=${!offered}>
            <summary>${strings.choose}</summary>
            ${this.choosers()}
          </details>
        </div>
      </form>
    `;
  }

  /**
   * What stands in the field: as it was typed, while that is the prompt but for characters that are tidied away. A field that
   * is written to while somebody composes a letter loses the letter, and the caret. What nobody typed stands in the page's
   * language.
   */
  private shown(prompt: string): string {
    const typed = this.renderRoot.querySelector<HTMLInputElement>('#prompt')?.value;
    const nobody = !this.state.ownWords.value && (typed === prompt || cleanPrompt(typed ?? '') !== prompt);
    if (nobody) return this.strings.world.sentence(prompt);
    return typed !== undefined && cleanPrompt(typed) === prompt ? typed : prompt;
  }

  /** The sentence of the world, where the field shows another. */
  private told(prompt: string): TemplateResult | typeof nothing {
    if (this.state.hearing.value || this.shown(prompt) === prompt) return nothing;
    return html`<p class="help">${this.strings.heard.told}: <q lang="en">${prompt}</q></p>`;
  }

  /** Whole prompts to begin with; then what can come next, and words that a begun one could become, with what they are heard as. */
  private completions(prompt: string): TemplateResult[] {
    const { state, strings } = this;
    if (prompt.trim() === '') return state.words.value.examples.map((text) => html`<option value=${strings.world.sentence(text)}></option>`); // prettier-ignore
    const ears = state.ears.value;
    if (!ears || ears === 'coming') return [];
    const tongue = state.hearing.value?.tongue ?? 'en';
    const own = tongue === languageOf(strings) || !this.speech.has(tongue); // or until the other one has come
    const said = (own ? strings : this.speech.strings(tongue)).world;
    const { count } = state.words.value;
    const { before, part, phrases } = ears.nextPrompt(prompt, count, tongue);
    const next = phrases.flatMap(({ phrase, never }) => {
      const text = said.next(before, phrase);
      return text === null || !text.toLowerCase().startsWith(part.toLowerCase()) ? [] : html`<option value=${before + text} label=${never ? strings.heard.never(text, said.phrase(never)) : nothing}></option>`; // prettier-ignore
    });
    const near = ears.nearPrompt(part, count, tongue);
    return [...next.slice(0, offered), ...near.map(({ word, as }) => html`<option value=${before + word} label=${`${word} → ${strings.world.phrase(as)}`}></option>`)]; // prettier-ignore
  }

  /** What became of every word: an element that comes once there is something to say. */
  private heard(): TemplateResult | typeof nothing {
    const { hearing, request, prompt, ears } = this.state;
    const heard = hearing.value || request.value.prompt !== prompt.value;
    if (!heard && (ears.value === null || ears.value === 'coming')) return nothing;
    void import('../heard-words/heard-words').catch(() => {}); // without it the page still runs what it hears
    return html`<heard-words .studio=${this.studio} .strings=${this.strings}></heard-words>
      <before-run .studio=${this.studio} .strings=${this.strings}></before-run>`;
  }

  /** Who makes the film while it follows every change: an element that comes with the first one. */
  private live(): TemplateResult | typeof nothing {
    if (!this.state.live.value) return nothing;
    void import('../live-bar/live-bar').catch(() => {}); // without it Shake still asks the student
    return html`<live-bar .studio=${this.studio} .strings=${this.strings}></live-bar>`;
  }

  private reading(): TemplateResult {
    const { strings } = this;
    const { words, unknown, truncated } = this.state.reading.value;
    const warnings = [
      words.length === 0 ? strings.noWords : '',
      unknown.length > 0 ? strings.neverSeenHint([...unknown], this.state.otherModel.value) : '',
      truncated ? strings.tooManyWords(this.state.tokens.value - 1) : '',
    ];
    return html`
      <div>
        <ul class="reading" aria-label=${strings.promptReading} ?hidden=${words.length === 0}>
          <li class="lead" aria-hidden="true">${strings.promptReading}:</li>
          ${words.map(({ text, known }) =>
            known
              ? html`<li lang="en">${text}</li>`
              : html`<li class="unknown"><s lang="en">${text}</s> <small>${strings.neverSeen}</small></li>`,
          )}
        </ul>
        <p id="reading-warning" class=${unknown.length > 0 || truncated ? 'warning' : 'help'} aria-live="polite">
          ${warnings.join(' ').trim()}
        </p>
      </div>
    `;
  }

  private choosers(): TemplateResult {
    const { strings } = this;
    const now = chosen(this.state.request.value.prompt);
    const { kinds } = this.state.words.value;
    const names = (Object.keys(kinds) as Kind[]).filter((kind) => kinds[kind].length > 0);
    return html`
      <fieldset class="choosers">
        <legend class="unseen">${strings.choose}</legend>
        ${names.map(
          (kind) => html`
            <label
              >${strings.choosers[kind]}
              <select @change=${(event: Event) => this.choose(kind, (event.target as HTMLSelectElement).value)}>
                <option value="" .selected=${live(!now[kind])}>${strings.anyWord}</option>
                ${kinds[kind].map((phrase) => html`<option value=${phrase} .selected=${live(now[kind] === phrase)}>${strings.world.phrase(phrase)}</option>`)}
              </select>
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  private examples(): TemplateResult {
    const { state, strings } = this;
    const recorded = state.recordings.value;
    const { prompt } = state.request.value;
    return html`
      <div class="offers">
        <span class="label" id="examples">${strings.examples}</span>
        <div class="chips" role="group" aria-labelledby="examples">
          ${state.words.value.examples.map(
            (text) =>
              html`<button
                class="chip"
                type="button"
                aria-pressed=${text === prompt}
                @click=${() => void this.studio.runs.takeExample(text)}
              >
                ${strings.world.sentence(text)}
              </button>`,
          )}
          <button class="chip" type="button" @click=${() => void this.studio.hearing.surprise()}>
            ${strings.heard.surprise}
          </button>
        </div>
        <label class="recorded ${recorded.length === 0 ? 'none' : ''}" title=${strings.recordingsHelp}
          ><span class="unseen">${strings.recordings}</span>
          <select @change=${(event: Event) => this.play(event.target as HTMLSelectElement)}>
            <option value="" .selected=${live(true)}>${strings.recordings} …</option>
            ${recorded.map(({ file, prompt }) => html`<option value=${file}>${strings.world.sentence(prompt)}</option>`)}
          </select></label
        >
      </div>
    `;
  }

  private choose(kind: Kind, phrase: string): void {
    const { world } = this.strings;
    this.studio.controls.setPrompt(world.sentence(put(this.state.request.value.prompt, kind, phrase)));
  }

  private play(select: HTMLSelectElement): void {
    const entry = this.state.recordings.value.find(({ file }) => file === select.value);
    empty(select);
    if (entry) void this.studio.runs.playRecording(entry);
  }

  private shake(event: Event): void {
    event.preventDefault();
    void this.studio.runs.shake();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'prompt-box': PromptBox;
  }
}
