/**
 * The pairs of key and value in a link's text, also where a mail or chat program has changed the text on its way.
 *
 * A link that the page wrote holds letters, digits and `* - . _ + % = &`, and nothing else (URLSearchParams, in
 * https://url.spec.whatwg.org). Whatever else stands there raw came on the way, and it is known which program does what:
 * mail wraps and writes `=` as `=3D` (quoted-printable, RFC 2045), HTML writes `&` as `&amp;`, chat takes the full stop or
 * the bracket behind a link for a part of it, and what quotes an address in an address encodes it once more.
 *
 * What it is not: it knows no setting and no limit. What it leaves unread is reported by whoever reads the value.
 */

/** Values that may hold any character; lists of keys and values (`vs`, `of`, `and`) hold such behind a name. */
const texts: ReadonlySet<string> = new Set(['prompt', 'typed', 'vsprompt', 'negative', 'then']);
const lists: ReadonlySet<string> = new Set(['vs', 'of', 'and']);
const endsInText = (key: string, value: string) =>
  texts.has(key) || (lists.has(key) && /(^|\*)(prompt|negative|then)\*[^*]*$/.test(value));

/** `text` without its leading #. Never throws. */
export function pairsOf(text: string): (readonly [key: string, value: string])[] {
  const pairs = [...new URLSearchParams(asWritten(text))];
  return pairs.map(([key, value], i) => {
    const name = visible(key);
    // No one writes %20 for want of spaces: it was encoded twice.
    if (texts.has(name)) return [name, /%20/.test(value) && !/\s/.test(value) ? unescaped(value) : value];
    const kept = lists.has(name) ? value : visible(value);
    return [name, i === pairs.length - 1 && !endsInText(name, kept) ? withoutEnd(kept) : kept];
  });
}

/**
 * Characters of a link behind its own `length`, as the page counted them when it wrote it: spaces as +, and encoded whatever
 * a program shows in plain letters. What came on the way makes it longer; only what was cut off makes it shorter.
 */
export function lengthOf(text: string): number {
  const encoded = (letters: string) => new URLSearchParams([['', letters]]).toString().slice(1);
  const written = asWritten(text).replace(/^length=[^&]*&?/, '');
  return written.replaceAll('%20', '+').replace(/[^\p{ASCII}]+/gu, encoded).length;
}

/** Undoes what was done to the whole text. What the page wrote stays as it is. */
function asWritten(given: string): string {
  let text = /=3D/i.test(given) ? given.replace(/=[ \t]*\r?\n/g, '') : given; // soft line breaks of quoted-printable
  text = text.replace(/[\r\n\t]+[>| ]*/g, '').replace(/^#+/, ''); // lines that were wrapped, perhaps quoted
  if (!/[=&]/.test(text) && /%3D/i.test(text)) text = unescaped(text);
  text = text.replace(/&(?:amp;|#0*38;|#x0*26;)(?:amp;)*/gi, '&');
  const signs = text.match(/=(?:3D)?/gi) ?? [];
  if (signs.length > 1 && signs.every((sign) => sign.length > 1)) text = text.replace(/=3D/gi, '=');
  // Looked behind so that only the beginning of such signs is tried: else a link of nothing but brackets takes seconds.
  return text.replace(/#.*$/s, '').replace(/(?<![\s<>()[\]{}"'`,;:!?|~^…«»“”„‘’])[\s<>()[\]{}"'`,;:!?|~^…«»“”„‘’]+$/u, ''); // prettier-ignore
}

/** The full stop or the quotation mark of the sentence that a link stood in. */
function withoutEnd(value: string): string {
  return value.replace(/(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u, '') || value;
}

/** Without white space and characters that nobody sees: no key and no number has any. */
function visible(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]/gu, '');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
