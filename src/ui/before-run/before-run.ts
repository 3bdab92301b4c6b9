/**
 * <before-run>: what can be said of a prompt before it runs: what to expect, by the network's own report card; how much of the
 * sentence is left open, and what a full one would be; and, where somebody asked for them, three prompts that nobody expects.
 * What it is not: what became of each word (<heard-words>).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { askingStrings } from '../../i18n/asking';
import { StudioElement } from '../element';
import { shared } from '../shared';

/** A word that comes out right in fewer of 100 films is named. */
const weak = 95;

@customElement('before-run')
export class BeforeRun extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        font-size: var(--text-s);
      }
      p,
      ul {
        margin: 0;
      }
      ul {
        display: grid;
        gap: var(--space-1);
        padding: 0;
        list-style: none;
      }
      details > * + * {
        margin-block-start: var(--space-2);
      }
      mark {
        padding-inline: 0.15em;
        border-block-end: 2px dotted currentcolor;
        background: none;
        color: inherit;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      small {
        color: var(--ink-soft);
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`${this.expected()} ${this.full()} ${this.surprises()}`;
  }

  private expected(): TemplateResult | typeof nothing {
    const expected = this.studio.hearing.expected.value;
    if (!expected) return nothing;
    const { expect } = askingStrings(this.strings);
    const { things, words, all } = expected;
    const said =
      things > 2
        ? expect.more(things)
        : things === 2
          ? expect.two(all, words[0]?.right ?? null)
          : expect.one(all ?? 0, words.filter(({ right }) => right < weak)); // prettier-ignore
    return html`<p class="expected" title=${expect.from}>${said} <span class="unseen">${expect.from}</span></p>`;
  }

  private full(): TemplateResult | typeof nothing {
    const { studio, strings, state } = this;
    const filled = studio.hearing.filled.value;
    if (!filled) return nothing;
    const { full } = askingStrings(strings);
    const parts = [...new Set(filled.made.map(({ part }) => full.parts[part]))];
    const ready = state.engine.value.phase === 'ready' && !state.running.value;
    const measured = filled.measured;
    return html`<details>
      <summary>${full.title}</summary>
      <p>${full.counts(filled.said.length, filled.made.length)} ${full.open(parts)}</p>
      <p>${full.large}</p>
      <p class="filled"><q lang="en">${this.marked(filled.caption, filled.made.map(({ phrase }) => phrase))}</q></p>
      <div class="row">
        <button type="button" @click=${() => studio.controls.setPrompt(strings.world.sentence(filled.caption))}>${full.take}</button>
        <button type="button" title=${full.bothHelp} ?disabled=${!ready} @click=${() => void studio.lab.runBoth(filled.caption)}>${full.both}</button>
      </div>
      <p><small>${full.measured(measured.count, measured.short.all, measured.full.all)}</small></p>
    </details>`; // prettier-ignore
  }

  /** The sentence, with the phrases that were made up marked: each where it stands first after the one before. */
  private marked(caption: string, made: readonly string[]): (TemplateResult | string)[] {
    const { full } = askingStrings(this.strings);
    const pieces: (TemplateResult | string)[] = [];
    let rest = caption;
    for (const phrase of made) {
      const at = rest.search(new RegExp(`\\b${phrase}\\b`, 'i'));
      if (at < 0) continue;
      pieces.push(rest.slice(0, at), html`<mark title=${full.made}>${rest.slice(at, at + phrase.length)}</mark>`);
      rest = rest.slice(at + phrase.length);
    }
    return [...pieces, rest];
  }

  private surprises(): TemplateResult | typeof nothing {
    const { studio, strings } = this;
    const three = studio.hearing.surprises.value;
    if (three.length === 0) return nothing;
    const { surprise } = askingStrings(strings);
    return html`<ul aria-label=${surprise.title}>
      ${three.map(
        ({ why, prompt }) =>
          html`<li>
            <button class="chip" type="button" @click=${() => void studio.runs.takeExample(prompt)}>
              ${strings.world.sentence(prompt)}
            </button>
            <small>${surprise.whys[why]}</small>
          </li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'before-run': BeforeRun;
  }
}
