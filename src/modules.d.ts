/** What Vite makes of an import that is no module of TypeScript. */
declare module '*?worker&url' {
  const address: string;
  export { address as default };
}
