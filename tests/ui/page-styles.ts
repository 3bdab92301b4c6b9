/** The style sheets that index.html brings: without them an element has no colours and no sizes. */
export async function loadStyles(): Promise<void> {
  for (const href of ['/styles/tokens.css', '/styles/page.css']) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    document.head.append(link);
    await new Promise((done, failed) => {
      link.onload = done;
      link.onerror = failed;
    });
  }
}
