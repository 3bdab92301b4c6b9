/**
 * The network's own code, as text to read: the file that this page runs and its twin in PyTorch, and where in them each
 * station stands. They are fetched when somebody opens them.
 *
 * What it is not: an import of the network. The glob below asks Vite for text, so nothing of what it says is run here.
 */
import type { Station } from '../../sessions/inside/walk';

export type Language = 'ts' | 'py';
export const languages: readonly Language[] = ['ts', 'py'];

const files: Readonly<Record<Language, string>> = {
  ts: '/src/model/transformer.ts',
  py: '/training/snowglobe/model.py',
};
const texts = import.meta.glob<string>(['/src/model/transformer.ts', '/training/snowglobe/model.py'], {
  query: '?raw',
  import: 'default',
});

export const fileOf = (language: Language): string => files[language].slice(1);

export const textOf = (language: Language): Promise<string> => texts[files[language]]();

/** The first words of each station, found once in their file; the sampler's step stands in neither. */
export const anchors: Readonly<Record<Exclude<Station, 'next'>, Readonly<Record<Language, string>>>> = {
  words: { ts: '  encodeText(', py: '    def encode_text(' },
  encoder: { ts: '  text(tokens', py: 'class TextEncoder' },
  keys: { ts: '  private textKeysValues(', py: '    def text_keys_values(' },
  patches: { ts: '  begin(x', py: 'def patchify(' },
  tokens: { ts: "      return this.linear('embed_up'", py: '        h = self.embed_up(' },
  level: { ts: '    const modulation = tidy(', py: '        modulation = self.modulation(' },
  attention: { ts: 'function attention(', py: 'def attend(' },
  mlp: { ts: '  private swiGLU(', py: 'class SwiGLU' },
  head: { ts: '  head({ h }', py: '        patches = self.head(' },
  guess: { ts: '  async finish(', py: 'def weigh(' },
};

/** The lines, from 0, of what begins with `anchor`: up to the next line that is indented no further. */
export function linesOf(text: string, anchor: string): readonly [first: number, last: number] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith(anchor));
  const indent = (line: string) => line.length - line.trimStart().length;
  const own = indent(lines[first]);
  const within = (line: string) => !line.trim() || indent(line) > own || (indent(line) === own && /^\s*\)/.test(line));
  let last = first;
  while (last + 1 < lines.length && within(lines[last + 1])) last++;
  const next = lines[last + 1] ?? '';
  if (indent(next) === own && /^\s*\}/.test(next)) return [first, last + 1];
  while (!lines[last].trim()) last--;
  return [first, last];
}
