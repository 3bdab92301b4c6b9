/// <reference types="vite/types/importMeta.d.ts" />
/** What Vite makes of an import that is no module of TypeScript. */
declare module '*?worker&url' {
  const address: string;
  export { address as default };
}

declare module '*.css?inline' {
  const text: string;
  export { text as default };
}

/** How Vite runs: `production` in a build, `single` in the one of one file, `lib` in the one of the package, else `development` or `test`. */
interface ImportMetaEnv {
  readonly MODE: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
