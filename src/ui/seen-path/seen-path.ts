/**
 * <seen-path>: the measured path of everything that is seen, drawn over a picture of the film: a line, and a ring where
 * the thing is in this frame. Paths are in the scene; under a panning camera they move with the ground.
 */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { isSeen } from '../../judging/curves';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('seen-path')
export class SeenPath extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
        inset: 0;
        pointer-events: none;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 100%;
      }
      polyline,
      circle {
        fill: none;
        vector-effect: non-scaling-stroke;
        stroke-linejoin: round;
        stroke-linecap: round;
      }
      /* Light on dark on whatever the film shows. */
      .edge {
        stroke: var(--cursor-edge);
        stroke-width: 5px;
        opacity: 0.75;
      }
      .line {
        stroke: var(--cursor);
        stroke-width: 2px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { seeing } = this.studio;
    const reading = seeing.reading.value;
    if (!reading || !seeing.path.value) return html``;
    const { frames, height, width } = reading.shape;
    const frame = Math.min(this.state.frame.value, frames - 1);
    const camera = reading.pan * (frame - (frames - 1) / 2);
    return html`<svg viewBox="0 0 ${width / height} 1" aria-hidden="true">
      ${reading.objects.map(({ track }) => {
        const now = track[frame];
        const lines = stretches(track.map((at) => (isSeen(at) ? `${at.x - camera},${at.y}` : null)));
        const both = ['edge', 'line'];
        return svg`
          ${both.map((name) => lines.map((points) => svg`<polyline class=${name} points=${points} />`))}
          ${isSeen(now) ? both.map((name) => svg`<circle class=${name} cx=${now.x - camera} cy=${now.y} r=${now.radius} />`) : nothing}
        `;
      })}
    </svg>`;
  }
}

/** Points that follow each other without a gap. */
function stretches(points: readonly (string | null)[]): string[] {
  const found: string[][] = [[]];
  for (const point of points) {
    if (point === null) found.push([]);
    else found[found.length - 1].push(point);
  }
  return found.filter(({ length }) => length > 1).map((stretch) => stretch.join(' '));
}

declare global {
  interface HTMLElementTagNameMap {
    'seen-path': SeenPath;
  }
}
