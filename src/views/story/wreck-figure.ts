/**
 * <wreck-figure>: chapter 2. A clip under noise, as four still frames (played it would flicker); once the learner has
 * guessed, a slider takes the noise away, and the network's recorded guesses stand below.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { undecided } from '../../judging/comparison';
import { cleanClip, noiseShares, offBy, wrecked, wreckShape } from '../../lessons/wreck';
import '../../ui/clip-picture/clip-picture';
import { shared } from '../../ui/shared';
import { StoryElement } from './story-element';
import { reading, strip } from './styles';

const frames = [0, 5, 10, 15];

@customElement('wreck-figure')
export class WreckFigure extends StoryElement {
  static override styles = [
    shared,
    reading,
    strip,
    css`
      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) 4ch;
        gap: var(--space-3);
        align-items: center;
        max-inline-size: 30rem;
      }
    `,
  ];

  @state() private noise: number = noiseShares[noiseShares.length - 1];
  private readonly clip = cleanClip();
  private asked: number | null = null; // the noise that the network was last asked about
  private shown: { readonly noise: number; readonly clip: Float32Array } | null = null;

  protected override render(): TemplateResult {
    const { player, story } = this;
    const { figure } = story.chapters.wrecking;
    const answers = player.trace.value.answers;
    const open = noiseShares.find((share) => answers[`at${100 * share}`] === undefined);
    const noise = open ?? this.noise;
    return html`
      ${this.strip(this.under(noise), figure.clip(noise))}
      ${
        open !== undefined
          ? nothing
          : html`<label
                >${figure.slider}
                <input
                  type="range"
                  min="0"
                  max="95"
                  step="5"
                  .value=${live(String(Math.round(100 * noise)))}
                  @input=${(event: Event) => this.take(Number((event.target as HTMLInputElement).value) / 100)}
                />
                <span class="numbers">${Math.round(100 * noise)}&nbsp;%</span></label
              >
              ${this.live()} ${this.guesses()}`
      }
    `;
  }

  /** What the network here guesses of what the slider shows, where one is loaded. */
  private live(): TemplateResult | typeof nothing {
    const { player, story, studio } = this;
    const { figure } = story.chapters.wrecking;
    if (studio.state.engine.value.phase !== 'ready') return nothing;
    if (this.asked !== this.noise && this.noise > 0) {
      this.asked = this.noise;
      void player.ask(this.under(this.noise), this.noise);
    }
    const now = player.live.value;
    if (!now || this.noise === 0) return nothing;
    return this.strip(now.guess, `${figure.live(now.noise)}: ${figure.off(offBy(now.guess, this.clip) / 2)}`);
  }

  private guesses(): TemplateResult {
    const { player, story } = this;
    const { figure } = story.chapters.wrecking;
    const guesses = player.beside.value;
    if (guesses.length === 0)
      return html`<p class="help" role="status">${player.lacking.value ? story.lacking : story.loading}</p>`;
    const readings = player.trace.value.besideReadings;
    return html`${noiseShares.map((share, i) => {
      const seen = readings[i + 1];
      const thing = seen?.objects.map((object) => object.thing).find((each) => each !== undecided) ?? null;
      const said = [figure.off(offBy(guesses[i + 1], this.clip) / 2), ...(seen ? [figure.sees(thing)] : [])].join('; ');
      return this.strip(guesses[i + 1], `${figure.guess(share)}: ${said}`);
    })}`;
  }

  private strip(clip: Float32Array, caption: string): TemplateResult {
    return html`<figure>
      <div class="strip" role="img" aria-label=${caption}>
        ${frames.map((frame) => html`<clip-picture .clip=${clip} .shape=${wreckShape} .frame=${frame}></clip-picture>`)}
      </div>
      <figcaption>${caption}</figcaption>
    </figure>`;
  }

  private under(noise: number): Float32Array {
    if (this.shown?.noise !== noise) this.shown = { noise, clip: wrecked(this.clip, noise) };
    return this.shown.clip;
  }

  private take(noise: number): void {
    this.noise = noise;
    if (noise === 0) this.player.try('clean');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wreck-figure': WreckFigure;
  }
}
