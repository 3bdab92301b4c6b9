/**
 * <story-view>: the story beside the stage: its contents, or the chapter that is open (state.chapter, which a link says).
 * It makes the player for as long as it is there.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { languageOf } from '../../i18n';
import { storyIn } from '../../i18n/story';
import { chapters } from '../../lessons/chapters';
import { Notebook, type Shelf } from '../../lessons/notebook';
import { Player } from '../../lessons/player';
import { besideAddresses } from '../../ui/beside';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { ownShelf } from './shelf';
import './story-chapter';
import './story-quiz';
import { reading } from './styles';

@customElement('story-view')
export class StoryView extends StudioElement {
  static override styles = [
    shared,
    reading,
    css`
      ol {
        display: grid;
        gap: var(--space-3);
        padding: 0;
        margin: 0;
      }
      li {
        display: grid;
        gap: var(--space-1);
      }
      .chapter {
        display: grid;
        gap: var(--space-1);
        inline-size: 100%;
        padding: var(--space-3) var(--space-4);
        text-align: start;
        line-height: 1.4;
        font-weight: 400;
      }
      .chapter strong {
        font-family: var(--font-display);
        font-size: var(--text-l);
      }
    `,
  ];

  /** Where the learner's answers lie; tests bring their own. To be set before the element is connected. */
  @property({ attribute: false }) shelf: Shelf = ownShelf;

  private player!: Player;
  private shown: number | null = null; // the chapter of the last rendering

  override connectedCallback(): void {
    this.player = new Player(this.studio, new Notebook(this.shelf));
    this.shown = this.state.chapter.value;
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.player.dispose();
  }

  protected override render(): TemplateResult {
    const { player, strings, studio } = this;
    const chapter = player.chapter.value;
    return chapter
      ? html`<story-chapter .studio=${studio} .strings=${strings} .player=${player}></story-chapter>`
      : this.contents();
  }

  /** Whoever goes to another chapter reads on at its beginning; a link that opens one leaves the focus where it is. */
  protected override draw(): void {
    const chapter = this.state.chapter.value;
    if (chapter === this.shown) return;
    this.shown = chapter;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(chapter === null ? 'h2' : 'story-chapter')?.focus(),
    );
  }

  private contents(): TemplateResult {
    const { player, strings, studio } = this;
    const story = storyIn(strings);
    const { notebook } = player;
    const next = chapters.findIndex(({ id }) => !notebook.isFound(id));
    return html`
      <h2 tabindex="-1">${story.title}</h2>
      ${story.intro.map((text) => html`<p class="text">${text}</p>`)}
      ${
        next < 0
          ? nothing
          : html`<div class="row">
              <button class="chief" @click=${() => studio.story.open(next + 1)}>
                ${next === 0 ? story.start : story.goOn}: ${story.chapters[chapters[next].id].title}
              </button>
            </div>`
      }
      <ol>
        ${chapters.map(({ id }, index) => {
          const { title, claim } = story.chapters[id];
          return html`<li>
            <button class="chapter" @click=${() => studio.story.open(index + 1)}>
              <span class="help"
                >${story.chapter(index + 1, chapters.length)}${notebook.isFound(id) ? ` · ✓ ${story.found}` : ''}</span
              >
              <strong>${title}</strong>
              <span class="help">${claim}</span>
            </button>
          </li>`;
        })}
      </ol>
      <story-quiz .studio=${studio} .strings=${strings} .player=${player}></story-quiz>
      ${besideAddresses(languageOf(strings)).map(([what, address]) => html`<p><a href=${address}>${strings[what]}</a></p>`)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-view': StoryView;
  }
}
