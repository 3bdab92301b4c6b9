/** Bytes as a file that the browser keeps where its user wants it. */
import type { NamedFile } from '../files/files';

export function saveFile({ name, bytes }: NamedFile): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers fetch it only after a question
}
