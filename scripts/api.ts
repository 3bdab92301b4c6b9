/**
 * The API pages, docs/reference/api: every name that the package exports, with its type and its docstring, as they stand in the
 * source.
 *
 *   npm run api             writes them
 *   npm run api -- --check  says whether they are as the source is
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const folder = 'docs/reference/api';
const entries = {
  sampling: 'src/sampling/index.ts',
  world: 'src/world/index.ts',
  reading: 'src/reading/index.ts',
  element: 'src/page/snow-globe/element.ts',
} as const;

/** Of each page, by its file: what should stand there. */
export async function pages(): Promise<Map<string, string>> {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.'); // prettier-ignore
  const program = ts.createProgram(Object.values(entries), options);
  const made = new Map<string, string>();
  const style = (await resolveConfig(`${folder}/README.md`)) ?? {};
  for (const [name, entry] of Object.entries(entries)) {
    const path = `${folder}/${name}.md`;
    made.set(path, await format(page(program, name, entry), { ...style, filepath: path }));
  }
  const list = Object.keys(entries).map((name) => `- [${name}](${name}.md)`);
  const intro = `# API\n\nMade from the docstrings by \`npm run api\`. What the rooms are stands in [the house](../../house.md).\n\n`;
  made.set(`${folder}/README.md`, await format(intro + list.join('\n'), { ...style, filepath: `${folder}/README.md` }));
  return made;
}

function page(program: ts.Program, name: string, entry: string): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry)!;
  const title = name === 'element' ? 'snowglobe' : `snowglobe/${name}`;
  const sections = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => {
    const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const [declaration] = real.declarations!;
    const from = relative(folder, declaration.getSourceFile().fileName);
    const told = ts.displayPartsToString(real.getDocumentationComment(checker));
    return `## ${symbol.name}\n\n[\`${relative('.', declaration.getSourceFile().fileName)}\`](${from})\n\n${told}\n\n\`\`\`ts\n${signature(checker, real, declaration)}\n\`\`\`\n`;
  });
  return `# ${title}\n\n${opening(source)}\n\n${sections.join('\n')}`;
}

/** What the file says of itself, up to its second star. */
function opening(source: ts.SourceFile): string {
  const [first] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  const text = first ? source.text.slice(first.pos + 3, first.end - 2) : '';
  return text.replace(/^ *\* ?/gm, '').trim();
}

/** A type as it is written, a function or value by its type. */
function signature(checker: ts.TypeChecker, symbol: ts.Symbol, declaration: ts.Declaration): string {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration))
    return declaration.getText().replace(/^export /, '');
  if (ts.isClassDeclaration(declaration)) return `class ${symbol.name} extends Error`;
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const [call] = type.getCallSignatures();
  const text = call ? checker.signatureToString(call) : checker.typeToString(type);
  return call ? `function ${symbol.name}${text}` : `const ${symbol.name}: ${text}`;
}

if (process.argv[1]?.endsWith('api.ts')) {
  for (const [path, text] of await pages()) {
    if (!process.argv.includes('--check')) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } else if (readFileSync(path, 'utf8') !== text) {
      console.error(`${path} is not as the source is: npm run api`);
      process.exitCode = 1;
    }
  }
}
