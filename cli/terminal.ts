/**
 * A command as a function, and the one place where it is given to a process: what was typed, where it writes, Ctrl-C, and the
 * exit code.
 *
 * What it is not: a reader of options. Each command has its own.
 */

/** Where a command writes: stdout or stderr, or what a test reads. */
export interface Writer {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export interface Terminal {
  readonly out: Writer;
  readonly err: Writer;
  readonly signal: AbortSignal; // whoever typed it wants it no longer
}

/** Gives the exit code: 0, 1 where something failed, 2 where the command itself was wrong. Throws nothing. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Runs a command as this process. `stopped`: what it says after Ctrl-C. */
export async function start(command: Command, stopped: string): Promise<void> {
  outliveReaders();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error(stopped)));
  const { stdout: out, stderr: err } = process;
  process.exitCode = await command(process.argv.slice(2), { out, err, signal: stop.signal });
}

/** Whoever reads the messages may stop (`... 2>&1 | head -1`); the film is made all the same. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
