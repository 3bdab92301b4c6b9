/**
 * <learn-drawing>: little things of the learner's own, drawn cell by cell. One of them is on the easel; each stroke changes what
 * training shows.
 *
 * What it is not: it says nothing of where they move (learn-grid does).
 */
import { css, html, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { learnOf } from '../../sessions/learn/learn';
import { drawnSize, drawnWords, fewestCells, snowGround } from '../../sessions/learn/world';
import { learnStrings } from '../../i18n/learn';
import { pictureStrings } from '../../i18n/pictures';
import { Drawing } from '../../pictures/drawing';
import { StudioElement } from '../../ui/element';
import '../../ui/pixel-drawing/pixel-drawing';
import { shared } from '../../ui/shared';

const size = { width: drawnSize, height: drawnSize };
const ground = snowGround(drawnSize);

@customElement('learn-drawing')
export class LearnDrawing extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        margin-block-end: var(--space-3);
      }
      pixel-drawing {
        display: block;
        max-inline-size: 20rem;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
      }
    `,
  ];

  @own() private word: string = drawnWords[0];
  private readonly drawings = new Map(drawnWords.map((word): [string, Drawing] => [word, new Drawing(size)]));

  protected override render(): TemplateResult {
    const words = learnStrings(this.strings);
    const drawing = this.drawings.get(this.word)!;
    this.follow();
    const cells = drawing.cells.filter(Boolean).length;
    return html`
      <p class="help">${words.ownHelp}</p>
      <fieldset>
        <legend class="label">${words.ownWhich}</legend>
        ${drawnWords.map(
          (word) =>
            html`<label class="check"
              ><input
                type="radio"
                name="word"
                .checked=${word === this.word}
                @change=${() => (this.word = word)}
              />${this.strings.world.phrase(word)}</label
            >`,
        )}
      </fieldset>
      <pixel-drawing
        .drawing=${drawing}
        .words=${pictureStrings(this.strings)}
        .ground=${ground}
        @change=${() => learnOf(this.studio).draw({ word: this.word, cells: [...drawing.cells] })}
      ></pixel-drawing>
      <p class="help" role="status">${cells < fewestCells ? words.ownTooSmall(fewestCells - cells) : words.ownShown}</p>
    `;
  }

  /** What was kept, or came with a file, is on the easel as well. */
  private follow(): void {
    const { drawn } = learnOf(this.studio).grid.value;
    for (const [word, drawing] of this.drawings) {
      const cells = drawn.find((each) => each.word === word)?.cells ?? [];
      const same = cells.length === 0 ? drawing.isEmpty : cells.every((cell, i) => cell === drawing.cells[i]);
      if (!same) drawing.replace(Uint8Array.from(drawing.cells, (_, i) => cells[i] ?? 0));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-drawing': LearnDrawing;
  }
}
