/** What the page has to say: a fault with its way to try again, and what the engine has mended by itself. */
import type { EngineSession } from './engine-session';
import { isAbort, toFault } from '../engine/faults';
import type { RunSession } from './run-session';
import { command, Session, type Facts } from './session';

type Own = 'trouble' | 'mended';

export class Notes extends Session<Own> {
  constructor(
    state: Facts<Own>,
    private readonly engine: EngineSession,
    private readonly runs: RunSession,
  ) {
    super(state);
  }

  /** Does again what failed. */
  @command
  async retry(): Promise<void> {
    const trouble = this.state.trouble.value;
    this.state.trouble.value = null;
    const nothing = this.state.run.value === null; // then the recordings failed too, and their message was replaced
    const again = [];
    if (trouble?.retry === 'engine') again.push(this.engine.load());
    if (trouble?.retry === 'run') again.push(this.runs.retry());
    if (trouble?.retry === 'recording' || nothing) again.push(this.runs.openRecordings(true));
    await Promise.all(again);
  }

  /** Something broke that nobody caught. What is said already says more. */
  broke(thrown: unknown): void {
    if (!isAbort(thrown)) this.state.trouble.value ??= { fault: toFault(thrown), retry: 'nothing' };
  }

  @command
  dismissTrouble(): void {
    this.state.trouble.value = null;
  }

  @command
  dismissMended(): void {
    this.state.mended.value = null;
  }
}
