/** <lab-wall>: twelve seeds with the same words and settings, small. A click takes one of them to the stage. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Tile, Wall } from '../../lab/lab';
import { labStrings } from '../../i18n/lab';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';

@customElement('lab-wall')
export class LabWall extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      p + p {
        margin-block-start: var(--space-3);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--space-3);
        margin-block-start: var(--space-4);
        list-style: none;
      }
      @container (min-inline-size: 34rem) {
        ul {
          grid-template-columns: repeat(6, minmax(0, 11rem));
        }
      }
      li button {
        display: grid;
        gap: var(--space-1);
        inline-size: 100%;
        padding: var(--space-1);
        font-size: var(--text-s);
      }
      .say {
        font-weight: 600;
      }
      li button[aria-current='true'] {
        box-shadow: 0 0 0 2px var(--ember);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const wall = studio.lab.wall.value;
    const ready = state.engine.value.phase === 'ready';
    return html`
      <p>
        <button class="chief" ?disabled=${!ready} @click=${() => studio.lab.fillWall()}>${lab.fillWall}</button>
        ${ready ? nothing : html`<span class="help">${lab.needsNetwork}</span>`}
      </p>
      ${
        wall
          ? html`<p class="help"><q lang="en">${wall.prompt}</q></p>
              <p class="say" role="status">${wall.common ? lab.wallSays(wall.common) : nothing}</p>
              <ul class="numbers">
                ${wall.tiles.map((tile) => this.tile(wall, tile))}
              </ul>`
          : nothing
      }
    `;
  }

  private tile(wall: Wall, { seed, clip, done }: Tile): TemplateResult {
    const { state, strings, studio } = this;
    const name = labStrings(strings).seedNumber(seed);
    return html`<li>
      <button
        aria-label="${name}: ${labStrings(strings).takeSeed}"
        aria-current=${state.run.value?.settings.seed === seed}
        ?disabled=${!done}
        @click=${() => {
          void studio.runs.take(wall.prompt, { ...wall.settings, seed });
          toStage(this);
        }}
      >
        <clip-picture .clip=${clip} .shape=${wall.shape} .frame=${state.frame.value}></clip-picture>
        ${name}
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-wall': LabWall;
  }
}
