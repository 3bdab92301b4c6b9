/** A visit to the built page that a fault can happen to: its host, its page, and what is known of both. */
import type { BrowserContext, Browser, Download, Page } from 'playwright-core';
import type { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import type { Host } from '../page/host';
import { prelude } from './prelude';

/** What the page knows of itself, as plain data; null where it has not started. */
export interface Facts {
  readonly engine: string;
  readonly run: { readonly source: string; readonly prompt: string; readonly phase: string; readonly steps: number; readonly of: number } | null; // prettier-ignore
  readonly isNew: boolean; // another run than the one that was marked
  readonly prompt: string;
  readonly told: string;
  readonly films: readonly string[]; // prompts of the history
  readonly view: string;
  readonly presenting: boolean;
  readonly language: string;
  readonly title: string;
}

export interface VisitOptions {
  readonly serviceWorkers: 'allow' | 'block';
  /** Milliseconds for the page to come to an end. */
  readonly patience: number;
  /** A script for the page and all its workers, before their own. */
  readonly lacks?: string;
}

export class Visit {
  readonly errors: string[] = []; // that nobody caught, and what the policy refused
  readonly downloads: Download[] = [];
  private context!: BrowserContext;
  page!: Page;

  private constructor(
    readonly host: Host,
    private readonly options: VisitOptions,
  ) {}

  static async begin(browser: Browser, host: Host, options: VisitOptions): Promise<Visit> {
    const visit = new Visit(host, options);
    const { serviceWorkers } = options;
    visit.context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', serviceWorkers });
    await visit.context.addInitScript(prelude);
    if (options.lacks) await visit.context.addInitScript(options.lacks);
    const page = await visit.context.newPage();
    page.on('pageerror', (error) => visit.errors.push(String(error)));
    page.on('console', (message) => {
      if (/content security policy|trusted ?types?/i.test(message.text())) visit.errors.push(message.text());
    });
    page.on('download', (download) => visit.downloads.push(download));
    page.setDefaultTimeout(options.patience / 2);
    visit.page = page;
    return visit;
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(this.host.address + hash, { waitUntil: 'commit' }).catch(() => {}); // a host that is gone
  }

  async end(): Promise<void> {
    await this.context.close();
  }

  get lacks(): string | undefined {
    return this.options.lacks;
  }

  /** Browser's room for this site, in bytes. */
  async giveRoom(quotaSize?: number): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    const origin = new URL(this.host.address).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
    await session.detach();
  }

  facts(): Promise<Facts | null> {
    return this.page
      .evaluate(() => {
        const studio = document.querySelector<SnowGlobe>('snow-globe')?.studio;
        if (!studio) return null;
        const { state } = studio;
        const run = state.run.value;
        return {
          engine: state.engine.value.phase,
          run: run && { source: run.source, prompt: run.prompt, phase: run.phase, steps: run.steps.length, of: run.settings.steps }, // prettier-ignore
          isNew: run !== null && (window as { marked?: unknown }).marked !== run.steps[0]?.guess,
          prompt: state.prompt.value,
          told: state.request.value.prompt,
          films: state.history.value.map(({ prompt }) => prompt),
          view: state.beside.value,
          presenting: state.presenting.value,
          language: document.documentElement.lang,
          title: document.title,
        };
      })
      .catch(() => null); // it is being loaded
  }

  /** From now on a run with other guesses is a new one. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => {
      const run = document.querySelector<SnowGlobe>('snow-globe')?.studio.state.run.value;
      Object.assign(window, { marked: run?.steps[0]?.guess });
    });
  }

  /** All text that can be seen, through the shadow roots, white space as one space. */
  text(): Promise<string> {
    return this.page
      .evaluate(() => {
        const parts: string[] = [];
        const walk = (node: Node): void => {
          if (node instanceof Text) parts.push(node.data);
          if (node instanceof Element) {
            if (node.matches('style, script, noscript, [hidden], details:not([open]) > :not(summary)')) return;
            node.shadowRoot?.childNodes.forEach(walk);
          }
          node.childNodes.forEach(walk);
        };
        walk(document.body);
        return parts.join(' ').replace(/\s+/g, ' ');
      })
      .catch(() => '');
  }

  /** Until it is true, or no longer than that. */
  async until(holds: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
    for (const end = performance.now() + milliseconds; performance.now() < end;) {
      if (await holds().catch(() => false)) return true;
      await new Promise((soon) => setTimeout(soon, 100));
    }
    return holds().catch(() => false);
  }
}
