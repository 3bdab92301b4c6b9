/**
 * <inside-gaze>: where a patch looks, over all frames and over the words of the prompt, for a block and a head or the mean of
 * all; or which patches read a word; and how much goes from frame to frame. A sentence says what each picture shows.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { headsIn, type Choice } from '../../sessions/inside/attention';
import { insideOf, type Inside, type Look } from '../../sessions/inside/inside';
import { framesOf } from '../../sessions/inside/patches';
import { insideStrings } from '../../i18n/inside';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { gazeStyles } from './gaze-styles';
import './patch-film';
import { placeIn } from './place';

@customElement('inside-gaze')
export class InsideGaze extends StudioElement {
  static override styles = [shared, gazeStyles];

  protected override render(): TemplateResult | typeof nothing {
    const words = insideStrings(this.strings);
    const inside = insideOf(this.studio);
    const look = inside.look.value;
    if (!look) return nothing;
    const { depth } = look.blocks[0];
    const heads = headsIn(look.blocks);
    const readers = inside.readers.value;
    const patch = inside.shown.value;
    const { run, grid, step } = look;
    const said = words.patch(patch + 1, grid[0] * grid[1] * grid[2], placeIn(patch, look));
    return html`
      <div class="choose">
        ${this.choice(words.block, depth, inside.block.value, (block) => inside.chooseBlock(block))}
        ${readers || heads === 1 ? nothing : this.choice(words.head, heads, inside.head.value, (head) => inside.chooseHead(head))}
      </div>
      <p class="say" aria-live=${inside.pointed.value === null ? 'polite' : 'off'}>${this.sentence(inside, look)}</p>
      <patch-film
        .clip=${step.guess}
        .shape=${run.shape}
        .grid=${grid}
        .patch=${readers ? readers.most.patch : patch}
        .shares=${readers ? readers.shares : inside.row.value!.subarray(look.names.length)}
        label=${readers ? words.reads(readers.text) : words.looked}
        said=${said}
        @point=${(event: CustomEvent<number | null>) => inside.point(event.detail)}
        @choose=${(event: CustomEvent<number>) => inside.choose(event.detail)}
      ></patch-film>
      <p class="help">${words.legend}</p>
      ${this.prompt(inside, look)} ${this.across(inside, look)}
    `;
  }

  /** What the picture shows, in words. */
  private sentence(inside: Inside, look: Look): string {
    const words = insideStrings(this.strings);
    const readers = inside.readers.value;
    if (readers) {
      const { text, mean, most } = readers;
      return words.readers(text, mean, most.share, most.patch + 1, placeIn(most.patch, look));
    }
    const { times, word, ...shares } = inside.gaze.value!;
    const frames = times && framesOf(times.first, look.grid, look.run.shape)[0] + 1;
    const last = times && framesOf(times.last, look.grid, look.run.shape)[1] + 1;
    return words.gaze({
      ...shares,
      frames: frames === null || last === null ? null : [frames, last],
      framesShare: times?.share ?? 0,
      word: word?.text ?? null,
      wordShare: word?.share ?? 0,
    });
  }

  private choice(label: string, count: number, chosen: Choice, take: (choice: Choice) => void): TemplateResult {
    const words = insideStrings(this.strings);
    const choices: Choice[] = ['mean', ...Array.from({ length: count }, (_, i) => i)];
    return html`<label
      >${label}
      <select @change=${(event: Event) => take(choices[(event.target as HTMLSelectElement).selectedIndex])}>
        ${choices.map(
          (choice) =>
            html`<option .selected=${live(choice === chosen)}>
              ${choice === 'mean' ? words.mean : words.number(choice)}
            </option>`,
        )}
      </select></label
    >`;
  }

  /** The words of the prompt with their shares; pressed, a word shows its readers. */
  private prompt(inside: Inside, { names }: Look): TemplateResult {
    const words = insideStrings(this.strings);
    const row = inside.row.value!;
    const { patches, words: toWords, rest } = inside.gaze.value!;
    const chosen = inside.word.value;
    const places = names.flatMap((text, place) => (text === null ? [] : [{ text, place }]));
    const most = Math.max(rest, ...places.map(({ place }) => row[place]), 1e-12);
    return html`<section>
      <h3>${words.prompt}</h3>
      <p class="help">${places.length > 0 ? words.promptHelp : words.noWords}</p>
      <ul class="words numbers">
        ${places.map(
          ({ text, place }) =>
            html`<li>
              <button
                class="chip"
                aria-pressed=${place === chosen}
                @click=${() => inside.chooseWord(place === chosen ? null : place)}
              >
                <span lang="en">${text}</span> ${words.share(row[place])} ${bar(row[place] / most)}
              </button>
            </li>`,
        )}
        <li class="rest">${words.rest} ${words.share(rest)} ${bar(rest / most)}</li>
      </ul>
      <p class="help numbers">
        ${words.sum(
          patches,
          toWords,
          rest,
          row.reduce((a, b) => a + b, 0),
        )}
      </p>
      ${inside.readers.value ? html`<button @click=${() => inside.chooseWord(null)}>${words.back}</button>` : nothing}
    </section>`;
  }

  /** From frame to frame: a sentence, and the numbers as a table whose cells are tinted. */
  private across(inside: Inside, { grid, run }: Look): TemplateResult {
    const words = insideStrings(this.strings);
    const { shares, across } = inside.times.value!;
    const names = shares.map((_, time) => {
      const [first, last] = framesOf(time, grid, run.shape);
      return words.frames(first + 1, last + 1);
    });
    const most = Math.max(...shares.flat());
    const tint = (share: number) => `t${Math.round((5 * share) / most)}`;
    return html`<section>
      <h3>${words.across}</h3>
      <p class="say">${words.acrossSaid(across)}</p>
      <details>
        <summary>${words.acrossTable}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${words.across}>
          <table class="numbers">
            <caption>
              ${words.acrossCaption}
            </caption>
            <tr>
              <td></td>
              ${names.map((name) => html`<th scope="col">${name}</th>`)}
              <th scope="col">${words.promptColumn}</th>
            </tr>
            ${shares.map(
              (row, time) =>
                html`<tr>
                  <th scope="row">${names[time]}</th>
                  ${row.map((share) => html`<td class=${tint(share)}>${words.cell(share)}</td>`)}
                  <td>${words.cell(1 - row.reduce((a, b) => a + b, 0))}</td>
                </tr>`,
            )}
          </table>
        </div>
      </details>
    </section>`;
  }
}

/** A share as a line, 0 .. 1 of the longest. */
function bar(share: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect width=${share.toFixed(3)} height="1" />`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-gaze': InsideGaze;
  }
}
