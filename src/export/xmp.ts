/**
 * The label for machines: an XMP packet (ISO 16684-1) that says in the field's own words that a trained network made this, under
 * which licence it is, and from what recipe.
 *
 * What it is not: a parser of XML. It reads back the properties of our own namespace, however a program that kept them wrote
 * them down, and whether anybody's packet names the media as made by an algorithm.
 */
import { fieldsOf, recipeOf, type Recipe } from './recipe';

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
export const madeByTraining = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
export const licence = 'https://creativecommons.org/publicdomain/zero/1.0/';
const namespace = 'urn:x-snowglobe:recipe#';

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  cc: 'http://creativecommons.org/ns#',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  snow: namespace,
};

/** Characters of a packet that is read; ours have about 3,000. */
export const longestPacket = 65_536;

/** What is said to people who open the file's properties. */
export interface Words {
  readonly prompt: string;
  readonly model: string; // name of the weights
  readonly address?: string; // of the page that made it, where others can reach it
}

/**
 * The packet as text; without a recipe where there is none by which the file could be made again as it is. It holds no
 * character below a space but line ends, whatever the words hold.
 */
export function packetOf({ prompt, model, address }: Words, recipe?: Recipe): string {
  const one = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;
  const simple: Record<string, string> = {
    'xmp:CreatorTool': 'Snowglobe',
    'Iptc4xmpExt:DigitalSourceType': madeByTraining,
    'Iptc4xmpExt:AISystemUsed': `Snowglobe, model ${model}`,
    'Iptc4xmpExt:AIPromptInformation': prompt,
    'xmpRights:Marked': 'False',
    'xmpRights:WebStatement': licence,
    ...(address && recipe && { 'dc:source': `${address}#${recipe.link}` }),
    ...Object.fromEntries(
      Object.entries(recipe ? fieldsOf(recipe) : {}).map(([name, value]) => [`snow:${name}`, value]),
    ),
  };
  const declared = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  const said = Object.entries(simple).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  ${[...declared, ...said].join('\n  ')}>
<dc:title>${one(prompt)}</dc:title>
<dc:description>${one('Made by a small neural network (Snowglobe): no camera saw it.')}</dc:description>
<xmpRights:UsageTerms>${one('Free for any use (CC0 1.0).')}</xmpRights:UsageTerms>
<cc:license rdf:resource="${licence}"/>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

/** What a packet says; `label` where anybody's says that an algorithm made it. Never throws. */
export interface Said {
  readonly label: boolean;
  readonly recipe?: Recipe;
}

export function readPacket(text: string): Said {
  const packet = text.slice(0, longestPacket);
  const label = /digitalsourcetype\/\w*algorithmicMedia/i.test(packet);
  const prefix = /xmlns:([\w-]{1,40})\s*=\s*["']urn:x-snowglobe:recipe#["']/.exec(packet)?.[1];
  if (!prefix) return { label };
  const fields = new Map<string, string>();
  const attribute = new RegExp(`\\s${prefix}:(\\w{1,40})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g');
  const element = new RegExp(`<${prefix}:(\\w{1,40})>([^<]*)</`, 'g');
  for (const pattern of [attribute, element])
    for (const [, name, ...values] of packet.matchAll(pattern))
      if (!fields.has(name)) fields.set(name, unescaped(values.find((value) => value !== undefined) ?? ''));
  const recipe = recipeOf(fields);
  return { label, ...(recipe && { recipe }) };
}

const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

function escaped(text: string): string {
  // XML 1.0 knows no other control characters, and a GIF's packet must not hold them.
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ').replace(/[&<>"']/g, (sign) => `&${names[sign]};`);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name) return Object.keys(names).find((sign) => names[sign] === String(name).toLowerCase()) ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
