/**
 * What can stand beside the stage, by name. Each view but the first is an element of its own, in a chunk that comes when the
 * view is first asked for: the page opens as quickly however many there are. A view lies in views/ (what it shows) and sessions/ (what it
 * does), knows no other view, and this is the only place that knows it.
 *
 * What it is not: a router. The name of the view is a fact like any other (state.view), and stands in the link.
 */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Studio } from '../studio/studio';
import { viewNames, type ViewName } from '../settings/views';
import type { Strings } from '../i18n';

type Beside = Exclude<ViewName, 'watch'>;

interface Chunk {
  load(): Promise<unknown>;
  panel(studio: Studio, strings: Strings): TemplateResult;
}

const chunks: Readonly<Record<Beside, Chunk>> = {
  inside: {
    load: () => import('../views/inside/inside-view'),
    panel: (studio, strings) => html`<inside-view .studio=${studio} .strings=${strings}></inside-view>`,
  },
  story: {
    load: () => import('../views/story/story-view'),
    panel: (studio, strings) => html`<story-view .studio=${studio} .strings=${strings}></story-view>`,
  },
  make: {
    load: () => import('../views/make/make-view'),
    panel: (studio, strings) => html`<make-view .studio=${studio} .strings=${strings}></make-view>`,
  },
  learn: {
    load: () => import('../views/learn/learn-view'),
    panel: (studio, strings) => html`<learn-view .studio=${studio} .strings=${strings}></learn-view>`,
  },
  lab: {
    load: () => import('../views/lab/lab-view'),
    panel: (studio, strings) => html`<lab-view .studio=${studio} .strings=${strings}></lab-view>`,
  },
};

/** The views that a page offers: a teacher's link can put any but the first out of sight. */
export const offered = (hidden: readonly string[]) => viewNames.filter((name) => !hidden.includes(name));

/** Brings the chunks, and draws what stands in their place meanwhile. */
export class Views implements ReactiveController {
  private readonly come: Partial<Record<Beside, 'loading' | 'there' | 'failed'>> = {};

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** The view beside the stage; the first view is the host's own. */
  panel(view: ViewName, studio: Studio, strings: Strings): TemplateResult | typeof nothing {
    if (view === 'watch') return nothing;
    if (this.come[view] === undefined) void this.bring(view);
    if (this.come[view] === 'there') return chunks[view].panel(studio, strings);
    if (this.come[view] === 'loading') return html`<p class="help coming" role="status">${strings.views.loading}</p>`;
    return html`<p class="help" role="alert">
      ${strings.views.failed} <button class="chip" @click=${() => void this.bring(view)}>${strings.retry}</button>
    </p>`;
  }

  private async bring(view: Beside): Promise<void> {
    this.come[view] = 'loading';
    try {
      await chunks[view].load();
      this.come[view] = 'there';
    } catch {
      this.come[view] = 'failed'; // the network is gone, or the page has been replaced by a newer one
    }
    this.host.requestUpdate();
  }
}
