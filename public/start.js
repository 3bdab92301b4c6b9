/**
 * Runs before the page's own scripts and says in plain words where one of them does not come, or comes altered: they cannot
 * say it themselves. A file of its own, because the page allows no inline script; no module, because from a disk a browser
 * loads none.
 *
 * What it is not: once <snow-globe> is known, it has no part in the page any more.
 */
(() => {
  const texts = {
    en: {
      altered:
        'Snowglobe could not start: a part of this page did not arrive, or not as it was sent. Check the connection, then reload the page.',
      disk: 'Snowglobe cannot start from a file on a disk, because a browser lets such a page load nothing. Open it from a web address; its README says how any computer can serve it.',
      frame:
        'Snowglobe cannot start in this frame, because the page around it shuts it off from its own files. Open it in a tab of its own.',
      old: 'Snowglobe could not start: this browser is too old for it. Open the page in a current browser.',
      slow: 'Snowglobe is still starting. If the connection is slow, wait a little longer; else reload the page, or open it in a current browser.',
    },
    de: {
      altered:
        'Snowglobe konnte nicht starten: Ein Teil dieser Seite ist nicht angekommen, oder nicht so, wie er abgeschickt wurde. Prüf die Verbindung, dann lade die Seite neu.',
      disk: 'Snowglobe kann nicht von einer Datei auf einem Datenträger starten, weil ein Browser so einer Seite nichts zu laden erlaubt. Öffne es unter einer Webadresse; in seiner README steht, wie jeder Computer es anbieten kann.',
      frame:
        'Snowglobe kann in diesem Rahmen nicht starten, weil die Seite darum ihm die eigenen Dateien versperrt. Öffne es in einem eigenen Tab.',
      old: 'Snowglobe konnte nicht starten: Dieser Browser ist zu alt dafür. Öffne die Seite in einem aktuellen Browser.',
      slow: 'Snowglobe startet noch. Ist die Verbindung langsam, warte noch etwas; sonst lade die Seite neu, oder öffne sie in einem aktuellen Browser.',
    },
  };
  const wanted = [new URLSearchParams(location.search).get('lang')].concat(navigator.languages || navigator.language);
  const known = wanted.map((tag) => String(tag).toLowerCase().split('-')[0]).filter((tag) => tag in texts);
  const language = known[0] || 'en';

  function say(what) {
    const place = document.querySelector('snow-globe');
    if (!place || customElements.get('snow-globe')) return;
    place.setAttribute('role', 'alert');
    place.lang = language;
    const shut = location.protocol === 'file:' ? 'disk' : what === 'altered' && origin === 'null' ? 'frame' : what;
    place.textContent = texts[language][shut];
    if (shut !== 'frame') return;
    const way = Object.assign(document.createElement('a'), {
      href: location.href.replace(/([?&])embed(&|(?=#|$))/, '$1'),
      target: '_blank',
    });
    place.append(' ', Object.assign(way, { textContent: 'Snowglobe' }));
  }

  /** Both a script that did not come (its element is the target) and one that broke off while it ran. */
  function failed({ target }) {
    const script = target instanceof HTMLScriptElement || target === window;
    if (!script) return;
    clearTimeout(late);
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => say('altered'));
    else say('altered');
  }

  addEventListener('error', failed, true);
  const late = setTimeout(() => say('slow'), 15000);
  if (!('noModule' in HTMLScriptElement.prototype)) addEventListener('DOMContentLoaded', () => say('old'));
  else
    customElements.whenDefined('snow-globe').then(() => {
      removeEventListener('error', failed, true);
      clearTimeout(late);
      document.querySelector('snow-globe').removeAttribute('role');
    });
})();
