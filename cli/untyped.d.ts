/** What we use of a package that brings no types. */
declare module 'pngjs' {
  export class PNG {
    constructor(options: { width: number; height: number });
    readonly width: number;
    readonly height: number;
    readonly data: Buffer;
    static readonly sync: {
      read(file: Buffer): PNG;
      write(png: PNG, options?: { colorType: 2; deflateLevel: number }): Buffer;
    };
  }
}
