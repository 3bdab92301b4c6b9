/**
 * The pairs of key and value in a link's text, also where a mail or chat program has changed the text on its way.
 *
 * A link that the page wrote holds letters, digits and `* - . _ + % = &`, and nothing else (URLSearchParams, in
 * https://url.spec.whatwg.org). Whatever else stands there raw came on the way, and it is known which program does what:
 * mail wraps and writes `=` as `=3D` (quoted-printable, RFC 2045), HTML writes `&` as `&amp;`, chat takes the full stop or
 * the bracket behind a link for a part of it, and what quotes an address in an address encodes it once more. A link says its
 * length first, so that it is known where it ends, and whether what was undone was all.
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

/** Characters of pairs as they were read, written once more: more than the link says where something came into them on the way. */
export function lengthWritten(pairs: readonly (readonly [key: string, value: string])[]): number {
  return new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString().length;
}

/** Undoes what was done to the whole text. What the page wrote stays as it is. */
function asWritten(given: string): string {
  const lines = given.replace(/^(?:[#\s]|%23)+/i, '');
  let text = /=3D/i.test(lines) ? lines.replace(/=[ \t]*\r?\n/g, '') : lines; // soft line breaks of quoted-printable
  text = text.replace(/[\r\n\t]+[>| ]*/g, ''); // lines that were wrapped, perhaps quoted
  for (let i = 0; i < 3 && !/[=&]/.test(text) && /%(?:25)*3D/i.test(text); i++) text = unescaped(text);
  text = text
    .replace(/\\u0026/gi, '&')
    .replace(/\\u003d/gi, '=')
    .replaceAll('\\', ''); // JSON, and stars that are no bold type
  text = text.replace(/&(?:amp;|#0*38;|#x0*26;)(?:amp;)*/gi, '&');
  const signs = text.match(/=(?:3D)?/gi) ?? [];
  // The soft line breaks of an address whose lines a browser has joined are single signs: the page writes none in a value.
  if (/^length=3D\d/i.test(text)) text = text.replace(/=(?!3D)/gi, '').replace(/=3D/gi, '=');
  else if (signs.length > 1 && signs.every((sign) => sign.length > 1)) text = text.replace(/=3D/gi, '=');
  return withoutRest(text);
}

/** What a link says of its own length, and the rest of it. */
const measured = /^length=(\d{1,5})&(.*)$/s;

/** Without what stands behind the end, where the link says where that is; else without the signs that no link ends in. */
function withoutRest(text: string): string {
  const [, said, body] = measured.exec(text.replaceAll('%20', '+')) ?? [];
  if (said && body.length > Number(said)) {
    const [own, rest] = [body.slice(0, Number(said)), body.slice(Number(said))];
    // Else it grew within, and this is not its end.
    if (/^[\w*.+%=&-]+$/.test(own) && /^[.*_-]*(?:[^\w*.+%=&-]|$)/.test(rest)) return `length=${said}&${own}`;
    const spaced = body.replace(/%2B/gi, '+'); // somebody took the spaces for signs of plus
    if (!body.includes('+') && spaced.length === Number(said)) return `length=${said}&${spaced}`;
  }
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
