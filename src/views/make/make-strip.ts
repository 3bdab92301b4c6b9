/**
 * <make-strip>: the new film as a strip of frames. Each is given, and shown, or made up, and striped until the network has
 * made it. A press changes a frame from one to the other.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { makeOf } from '../../sessions/make/make';
import { makeStrings } from '../../i18n/make';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { walked } from '../../ui/strip';

@customElement('make-strip')
export class MakeStrip extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      .frames {
        display: grid;
        grid-template-columns: repeat(8, minmax(0, 1fr));
        gap: var(--space-1);
      }
      @container (max-inline-size: 26rem) {
        .frames {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
      }
      button {
        position: relative;
        min-block-size: 0;
        padding: 2px;
        border: 2px dashed var(--line-strong);
        touch-action: manipulation;
      }
      button[aria-pressed='true'] {
        border-style: solid;
        border-color: var(--ice);
      }
      .stripes {
        position: absolute;
        inset: 2px;
        border-radius: var(--radius-s);
        background: repeating-linear-gradient(45deg, var(--sunken) 0 6px, var(--line) 6px 12px);
      }
      .number {
        display: block;
        font-size: var(--text-xs);
        font-weight: 450;
        line-height: 1.3;
      }
    `,
  ];

  @own() private at = 0; // the frame that Tab leads to

  protected override render(): TemplateResult {
    const words = makeStrings(this.strings);
    const make = makeOf(this.studio);
    const [plan, shape, given, current] = [make.plan.value, make.shape.value, make.given.value, make.current.value];
    const { frames } = plan;
    const made = current?.run.steps.at(-1)?.guess;
    const at = Math.min(this.at, frames.length - 1);
    return html`
      <div
        class="frames"
        role="group"
        aria-label=${words.strip}
        @keydown=${(event: KeyboardEvent) => this.walk(event, at, frames.length)}
      >
        ${frames.map((source, frame) => {
          const count = frames.length;
          const said = words.frame(
            frame + 1,
            source === null ? null : (source % count) + 1,
            source !== null && source >= count,
          );
          const picture = made ?? (source === null ? null : given?.clip);
          return html`<button
            aria-pressed=${source !== null}
            aria-label=${said}
            title=${said}
            tabindex=${frame === at ? 0 : -1}
            @focus=${() => (this.at = frame)}
            @click=${() => make.toggle(frame)}
          >
            <clip-picture .clip=${picture ?? null} .shape=${shape ?? undefined} .frame=${frame}></clip-picture>
            ${picture ? nothing : html`<span class="stripes"></span>`}
            <span class="number" aria-hidden="true">${frame + 1}</span>
          </button>`;
        })}
      </div>
      <p class="help">${words.stripHelp}</p>
    `;
  }

  private walk(event: KeyboardEvent, at: number, count: number): void {
    const to = walked(event, at, count);
    if (to === undefined) return;
    this.at = to;
    this.renderRoot.querySelectorAll('button')[to].focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'make-strip': MakeStrip;
  }
}
