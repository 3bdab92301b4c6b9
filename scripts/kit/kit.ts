/**
 * The teacher's kit: `npm run kit -- --help`. Documents in every language, each of them one file that can be printed, mailed or
 * put on a stick. The build makes the same in dist/kit.
 *
 * Made twice, it is the same to the last byte. All that it shows comes from the recorded runs beside the page, from what
 * measure.ts found in them, and from the strings of the page.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../src/i18n';
import { languages } from '../../src/i18n/all';
import { answers } from './answers';
import { article, articleInDocs, docsArticle } from './article';
import { codeScript } from './codes';
import { groundOf, type Ground } from './ground';
import { html, page, type Markup } from './markup';
import { measure } from './measure';
import { homework, starter, worksheet } from './papers';
import { contents, glossaryPage, plan, type Name } from './plan';
import { printed } from './pdf';
import { slides } from './slides';

const help = `npm run kit                        the teacher's kit, in dist/kit
  --out FOLDER     somewhere else
  --address URL    of the page, for the QR codes; without it they are for wherever a document is opened from
  --pdf            every document as PDF as well, where there is a Chromium
  --docs           writes docs/article.md as well
  --measure        first reads the recorded runs anew (ten seconds; after new weights or recordings)
`;

interface Look {
  readonly kind: string; // of the layout
  readonly codes?: boolean;
  readonly frames?: boolean;
  make(ground: Ground): Markup;
}

const documents: Readonly<Record<Name | 'index', Look>> = {
  index: { kind: '', make: contents },
  plan: { kind: '', codes: true, make: plan },
  slides: { kind: 'slides landscape', codes: true, make: slides },
  worksheet: { kind: 'worksheet', codes: true, make: worksheet },
  large: { kind: 'worksheet large', codes: true, make: worksheet },
  answers: { kind: '', make: answers },
  glossary: { kind: '', make: glossaryPage },
  starter: { kind: 'starter', make: starter },
  homework: { kind: '', codes: true, make: homework },
  article: { kind: 'article', frames: true, make: article },
};

/** Every file of the kit, by its name in the folder. address: see `codeScript`. */
export async function kit(address?: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const doors: Markup[] = [];
  for (const language of Object.keys(languages) as Language[]) {
    const ground = await groundOf(language);
    const { title, lead, names } = ground.kit;
    doors.push(
      html`<h2 lang="${language}"><a href="${language}/index.html">${title}</a></h2>
        <p lang="${language}">${lead}</p> `,
    );
    for (const [name, { kind, codes, frames, make }] of Object.entries(documents)) {
      const heading = name === 'index' ? title : `${names[name as Name]} – ${title}`;
      const script = codes ? { script: codeScript(address) } : {};
      files.set(
        `${language}/${name}.html`,
        page({ language, title: heading, kind, frames, body: make(ground), ...script }),
      );
    }
  }
  files.set(
    'index.html',
    page({
      language: 'en',
      title: 'Snowglobe',
      kind: '',
      body: html`<h1>Snowglobe</h1>
        ${doors}`,
    }),
  );
  return files;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'dist/kit' },
      address: { type: 'string' },
      pdf: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      measure: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  if (values.measure) await measure();
  const address = values.address && new URL(values.address.replace(/[^/]$/, '$&/')).href;
  const folder = resolve(values.out);
  const files = await kit(address || undefined);
  for (const [name, text] of files) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  if (values.docs) await writeFile(docsArticle, await articleInDocs(await groundOf('en')));
  if (values.pdf) await printed(folder, [...files.keys()]);
  console.log(`${files.size} documents in ${values.out}: begin with index.html`);
}

if (import.meta.filename === process.argv[1])
  await main().catch((error: unknown) => {
    console.error(`kit: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    process.exitCode = 1;
  });
