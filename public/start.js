/**
 * Runs before the page's own scripts and says in plain words where one of them does not come, or comes altered: they cannot
 * say it themselves. A file of its own, because the page allows no inline script; no module, because from a disk a browser
 * loads none.
 *
 * What it is not: once <snow-globe> has drawn itself, it has no part in the page any more.
 */
(() => {
  const texts = {
    en: {
      altered:
        'Snowglobe could not start: a part of this page did not arrive, or not as it was sent. Check the connection, then reload the page.',
      lacks:
        'Snowglobe did not start as it should: this browser lacks something that it needs, or does not allow it. Open the page in a current browser, in a tab of its own.',
      disk: 'Snowglobe cannot start from a file on a disk, because a browser lets such a page load nothing. Open it from a web address, or ask for the page as one file, snowglobe.html, which does open from a disk. The README says how to make either.',
      frame:
        'Snowglobe cannot start in this frame, because the page around it shuts it off from its own files. Open it in a tab of its own.',
      old: 'Snowglobe could not start: this browser is too old for it. Open the page in a current browser.',
      slow: 'Snowglobe is still starting. If the connection is slow, wait a little longer; else reload the page, or open it in a current browser.',
    },
    de: {
      altered:
        'Snowglobe konnte nicht starten: Ein Teil dieser Seite ist nicht angekommen, oder nicht so, wie er abgeschickt wurde. Prüf die Verbindung, dann lade die Seite neu.',
      lacks:
        'Snowglobe ist nicht richtig gestartet: Diesem Browser fehlt etwas, das es braucht, oder er erlaubt es nicht. Öffne die Seite in einem aktuellen Browser, in einem eigenen Tab.',
      disk: 'Snowglobe kann nicht von einer Datei auf einem Datenträger starten, weil ein Browser so einer Seite nichts zu laden erlaubt. Öffne es unter einer Webadresse, oder nimm die Seite als eine einzige Datei, snowglobe.html, die sich auch von einem Datenträger öffnen lässt. Wie man beides macht, steht in der README.',
      frame:
        'Snowglobe kann in diesem Rahmen nicht starten, weil die Seite darum ihm die eigenen Dateien versperrt. Öffne es in einem eigenen Tab.',
      old: 'Snowglobe konnte nicht starten: Dieser Browser ist zu alt dafür. Öffne die Seite in einem aktuellen Browser.',
      slow: 'Snowglobe startet noch. Ist die Verbindung langsam, warte noch etwas; sonst lade die Seite neu, oder öffne sie in einem aktuellen Browser.',
    },
  };
  function chosen() {
    const wanted = [new URLSearchParams(location.search).get('lang')].concat(navigator.languages || navigator.language);
    return wanted.map((tag) => String(tag).toLowerCase().split('-')[0]).find((tag) => tag in texts);
  }
  let language = 'en';
  try {
    language = chosen() || language;
  } catch {
    // A browser that does not tell its languages.
  }

  const known = () => customElements.get('snow-globe');
  let above; // of the page, once it is known: then it shows its own inside, and no text

  function say(what) {
    const page = document.querySelector('snow-globe');
    if (!page || above) return;
    if (known()) page.before((above = document.createElement('p')));
    const place = above || page;
    place.setAttribute('role', 'alert');
    place.lang = language;
    const disk = location.protocol === 'file:' && !above;
    const shut = disk ? 'disk' : what === 'altered' && origin === 'null' ? 'frame' : what;
    place.textContent = texts[language][shut];
    if (shut !== 'frame') return;
    const way = Object.assign(document.createElement('a'), {
      href: location.href.replace(/([?&])embed(&|(?=#|$))/, '$1'),
      target: '_blank',
    });
    place.append(' ', Object.assign(way, { textContent: 'Snowglobe' }));
  }

  /** A script that did not come (its element is the target), one that broke off while it ran, or a promise of one. */
  function failed({ target, filename, error, reason = error }) {
    const script = target instanceof HTMLScriptElement;
    if (!script && target !== window) return;
    const where = filename || (reason && reason.stack);
    const unsaid = !where && reason instanceof DOMException; // the browser's own need not say where
    if (known() && !unsaid && !String(where).includes(location.origin)) return; // an extension's
    clearTimeout(late);
    // What was cut off is no program any more; what is one asked the browser for something.
    const what = script || !reason || reason instanceof SyntaxError ? 'altered' : 'lacks';
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => say(what));
    else say(what);
  }

  const kinds = ['error', 'unhandledrejection'];
  for (const kind of kinds) addEventListener(kind, failed, true);
  const late = setTimeout(() => say('slow'), 15000);
  if (!('noModule' in HTMLScriptElement.prototype)) addEventListener('DOMContentLoaded', () => say('old'));
  else
    customElements.whenDefined('snow-globe').then(() => {
      clearTimeout(late);
      document.querySelector('snow-globe').removeAttribute('role');
      // Its parts draw themselves a moment after it, and what fails in them is heard another moment later.
      setTimeout(() => kinds.forEach((kind) => removeEventListener(kind, failed, true)), 1000);
    });
})();
