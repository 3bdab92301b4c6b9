/** A command as somebody types it, but without a process: its exit code, and what it wrote. */
import type { Command } from '../../cli/terminal';

export async function typed(
  command: Command,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await command(args, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}
