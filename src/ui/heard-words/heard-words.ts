/**
 * <heard-words>: a prompt word by word, as it is heard: only what is not heard as it was typed has a mark, with the reason and
 * a way to take it back or to choose another; and the sentence that the network is told, where that is not what was typed.
 * What it is not: the field (<prompt-box>), nor the hearing (src/words).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Hearing, Token } from '../../words';
import '../before-run/before-run'; // comes with it
import { StudioElement } from '../element';
import { shared } from '../shared';

/** How a word was heard whose reason is worth the room; the others say it to a screen reader, and on pointing. */
const telling: ReadonlySet<string | null> = new Set(['kind', 'like', 'colour', 'slip', 'open', 'chosen']);

@customElement('heard-words')
export class HeardWords extends StudioElement {
  static override styles = [
    shared,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-2);
        list-style: none;
        font-size: var(--text-s);
        line-height: 1.6;
      }
      li {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-1);
        max-inline-size: 100%;
        overflow-wrap: anywhere;
      }
      .small {
        color: var(--ink-soft);
        text-decoration: underline dotted;
        text-underline-offset: 0.2em;
      }
      .near,
      .not,
      .out,
      .unknown {
        padding: 0 var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
      }
      .near {
        background: var(--ice-wash);
      }
      /* The same in other words: nothing to weigh. */
      .near.same {
        padding-inline-start: 0;
        border-color: transparent;
        background: none;
      }
      .not {
        border-style: dashed;
      }
      .unknown {
        border-color: var(--bad);
        background: var(--bad-wash);
        color: var(--bad);
      }
      small {
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      .unknown small {
        color: var(--bad);
        font-weight: 600;
      }
      select,
      button {
        min-block-size: 2rem;
        padding: 0 var(--space-1);
        border-color: transparent;
        background: none;
        font-size: var(--text-s);
      }
      select {
        inline-size: auto;
        max-inline-size: 100%;
        field-sizing: content; /* as wide as what it shows; elsewhere as its longest option */
        font-weight: 600;
      }
      button {
        min-inline-size: 2rem;
        text-decoration: underline;
      }
      button.cross {
        text-decoration: none;
      }
      .told {
        margin-block-start: var(--space-1);
        font-size: var(--text-s);
      }
      .told q {
        font-weight: 600;
      }
      @media (pointer: coarse) {
        select,
        button {
          min-block-size: 2.75rem;
          min-inline-size: 2.75rem;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { state, strings } = this;
    const [heard, adopted, prompt] = [state.hearing.value, state.adopted.value, state.prompt.value];
    if (!heard) {
      const told = adopted?.typed === prompt && adopted.told !== prompt ? adopted.told : '';
      return told ? this.told(told, '') : nothing;
    }
    const marked = heard.tokens.filter((token) => this.isMarked(token, prompt));
    if (marked.length === 0 && !heard.changed) return nothing;
    return html`
      ${
        marked.length > 0 || heard.tokens.some(({ state }) => state === 'out')
          ? html`<ul aria-label=${strings.heard.title}>
              ${heard.tokens.map((token) => this.word(token, marked.includes(token)))}
            </ul>`
          : nothing
      }
      ${heard.changed && heard.caption !== '' ? this.told(heard.caption, heard.negative) : nothing} ${this.holes(heard)}
    `;
  }

  /** A word that is still being typed has no mark while something could come of it. */
  private isMarked({ state, why, how, end, text }: Token, prompt: string): boolean {
    const ears = this.state.ears.value;
    const begun = end === prompt.length && (state === 'never' || how === 'slip');
    if (begun && ears && ears !== 'coming' && ears.nearPrompt(text, this.state.words.value.count, 'en').length > 0) return false; // prettier-ignore
    return state !== 'as' && (state !== 'out' || why !== 'small');
  }

  private word(token: Token, marked: boolean): TemplateResult | typeof nothing {
    const { text, state, as, why } = token;
    const words = this.strings.heard;
    if (!marked && !/[\p{L}\p{N}]/u.test(text)) return nothing; // punctuation
    if (!marked && state === 'as') return html`<li class="plain">${text}</li>`;
    if (!marked) return html`<li class="small" title=${words.small}>${text} <small class="unseen">${words.small}</small></li>`; // prettier-ignore
    if (state === 'near') return this.near(token);
    // Which words these are the sentence below says.
    if (state === 'not')
      return html`<li class="not" title=${words.awayWord}>${text} <small class="unseen">${words.awayWord}: ${as}</small></li>`; // prettier-ignore
    return html`<li class=${state === 'never' ? 'unknown' : 'out'}>
      <s>${text}</s> <small>${why ? words.whys[why] : ''}</small>
      ${why === 'back' ? this.button(words.hearAgain, token, null) : nothing}
      ${state === 'never' ? token.choices.slice(0, 3).map((phrase) => this.button(words.take(this.strings.world.phrase(phrase)), token, phrase)) : nothing}
    </li>`;
  }

  private near(token: Token): TemplateResult {
    const { text, as, how, distance, choices } = token;
    const words = this.strings.heard;
    const reason = how ? `${words.hows[how]}${how === 'chosen' || how === 'open' ? '' : `, ${words.near(distance)}`}` : ''; // prettier-ignore
    const phrases = choices.includes(as) ? choices : [as, ...choices];
    return html`<li class="near ${telling.has(how) ? '' : 'same'}" title=${reason}>
      ${text} <span aria-hidden="true">→</span>
      <select
        aria-label=${words.as(text)}
        @change=${(event: Event) => this.pick(token, (event.target as HTMLSelectElement).value)}
      >
        ${phrases.map((phrase) => html`<option value=${phrase} .selected=${live(phrase === as)}>${this.strings.world.phrase(phrase)}</option>`)}
      </select>
      <button type="button" class="cross" aria-label=${words.leaveOutWord(text)} title=${words.leaveOut} @click=${() => this.pick(token, '')}>×</button>
      <small class=${telling.has(how) ? '' : 'unseen'}>${reason}</small>
    </li>`; // prettier-ignore
  }

  private button(label: string, token: Token, phrase: string | null): TemplateResult {
    return html`<button type="button" @click=${() => this.pick(token, phrase)}>${label}</button>`;
  }

  private told(caption: string, negative: string): TemplateResult {
    const words = this.strings.heard;
    return html`<p class="told">
      ${words.told}: <q lang="en">${caption}</q>
      ${negative === '' ? nothing : html`${words.away}: <q lang="en">${negative}</q>`}
    </p>`;
  }

  private holes({ holes }: Hearing): TemplateResult | typeof nothing {
    if (holes.length === 0) return nothing;
    return html`<p class="help">${holes.map(([one, other]) => this.strings.heard.hole(one, other)).join(' ')}</p>`;
  }

  private pick({ key }: Token, phrase: string | null): void {
    this.studio.hearing.pick(key, phrase);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'heard-words': HeardWords;
  }
}
