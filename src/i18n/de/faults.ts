/** Was schiefging, nach dem Namen des Fehlers, und was man nun tun kann. */
import type { faults as english } from '../en/faults';

const again = 'Versuch es noch einmal; hilft das nicht, schließ andere Seiten, die viel zeichnen, oder nimm einen anderen Browser.'; // prettier-ignore
const reload = 'Versuch es noch einmal, oder lade die Seite neu.';
const inStep = (step?: number) => (step === undefined ? '' : ` in Schritt ${step}`);

export const faults: typeof english = {
  DeviceLostError: { cause: 'Der Grafikchip wurde dieser Seite weggenommen.', next: again },
  GpuError: { cause: 'Der Grafikchip hat einen Fehler gemeldet.', next: again },
  GraphError: { cause: 'Das Netz läuft auf diesem Grafikchip nicht so, wie es soll.', next: again },
  OutOfMemoryError: {
    cause: 'Für das Netz ist nicht genug Speicher frei.',
    next: 'Schließ andere Seiten und Programme, dann versuch es noch einmal.',
  },
  WorkerError: { cause: 'Der Teil der Seite, in dem das Netz läuft, hat aufgehört.', next: reload },
  SilentError: { cause: 'Das Netz hat lange nicht geantwortet.', next: reload },
  NotLoadedError: { cause: 'Es ist kein Netz geladen.', next: 'Lade es, dann schüttle noch einmal.' },
  DisposedError: { cause: 'Das Netz wurde weggeräumt.', next: 'Lade es, dann schüttle noch einmal.' },
  ScriptError: {
    cause: 'Ein Teil dieser Seite ist nicht angekommen, oder nicht so, wie er abgeschickt wurde.',
    next: 'Prüf die Verbindung, dann lade die Seite neu.',
  },
  NoWorkerError: {
    cause:
      'Dieser Browser lässt die Seite nicht neben sich her arbeiten, wie es das Netz braucht. Auch eine Seite in einer anderen Seite darf das manchmal nicht.',
    next: 'Öffne die Seite in einem eigenen Tab, in einem aktuellen Browser.',
  },
  WeightsError: {
    cause: 'Eine Datei des Netzes ist nicht angekommen oder beschädigt.',
    next: 'Prüf die Verbindung, dann versuch es noch einmal. Hilft das nicht, muss, wer diese Seite betreut, die Dateien des Netzes neu dort ablegen.',
  },
  WeakModelError: {
    cause: 'Die frühere Kopie des Netzes, mit der diese Art der Führung vergleicht, konnte nicht geladen werden.',
    next: 'Prüf die Verbindung und versuch es noch einmal, oder wähl eine andere Art der Führung.',
  },
  FormatError: {
    cause: 'Das Netz konnte nicht für Filme dieser Länge und Form bereitgemacht werden.',
    next: 'Wähl unter Machen „wie immer“, oder versuch es noch einmal.',
  },
  StudentError: {
    cause: 'Der Schüler, das Netz, das einen Film in vier Schritten macht, konnte nicht geladen werden.',
    next: 'Prüf die Verbindung und versuch es noch einmal, oder schalt Live und den Schüler aus.',
  },
  DownloadError: {
    cause: 'Ein aufgezeichneter Lauf ist nicht angekommen.',
    next: 'Prüf die Verbindung, dann versuch es noch einmal.',
  },
  NoRecordingError: {
    cause: 'Die Datei ist kein gespeicherter Lauf.',
    next: 'Nimm eine andere: Ein hier gespeicherter Lauf hat einen Namen, der auf .snow endet.',
  },
  VersionError: {
    cause: 'Die Datei wurde von einer anderen Fassung dieser Seite gespeichert.',
    next: 'Lade die Seite neu; hilft das nicht, öffne sie dort, wo sie gespeichert wurde.',
  },
  RecordingError: {
    cause:
      'Die Datei ist beschädigt oder nicht vollständig: Was darin steht, ist kein Lauf, den diese Seite abspielen kann.',
    next: 'Hol oder kopier sie noch einmal, oder nimm eine andere.',
  },
  UnsupportedError: {
    cause: 'Dieser Browser ist zu alt, um gespeicherte Läufe zu packen und zu entpacken. Die Datei kann gut sein.',
    next: 'Öffne die Seite in einem aktuellen Browser: Chrome oder Edge ab 80, Safari ab 16.4, Firefox ab 113.',
  },
  TooLargeError: {
    cause: 'Die Datei ist viel zu groß für einen gespeicherten Lauf; der hat höchstens 1 MB.',
    next: 'Nimm eine andere: Ein hier gespeicherter Lauf hat einen Namen, der auf .snow endet.',
  },
  FileError: {
    cause: 'Die Datei war nicht zu lesen.',
    next: 'Wähl sie noch einmal, oder öffne sie in einem aktuellen Browser.',
  },
  SaveError: {
    cause: 'Er ließ sich nicht in eine Datei packen; vielleicht ist nicht genug Speicher frei.',
    next: 'Er ist noch da. Schließ andere Seiten, dann speichere ihn noch einmal.',
  },
  MeasureError: {
    cause: 'Eine Vermutung ist kein Film, der sich lesen lässt: Ihre Größe oder ihre Zahlen passen nicht.',
    next: 'Alles andere vom Lauf ist da. Nimm sanftere Einstellungen, dann schüttle noch einmal.',
  },
  ReaderError: { cause: 'Der Teil der Seite, der Filme liest, hat versagt.', next: reload },
  RecipeError: {
    cause:
      'Der Link verlangt einen Film, der aus einem anderen gemacht ist, auf eine Weise, die diese Seite nicht lesen kann.',
    next: 'Mach ihn neu unter „Machen“.',
  },
  UnknownError: { cause: 'Etwas ist kaputtgegangen, wofür diese Seite keinen Namen hat.', next: reload },
  SettingsError: {
    cause: ({ setting }) => (setting ? `„${setting}“ hat einen Wert, mit dem kein Lauf möglich ist.` : 'Mit diesen Einstellungen ist kein Lauf möglich.'), // prettier-ignore
    next: 'Stell sie auf den Standard zurück.',
  },
  ConditionError: {
    cause: 'Dieses Netz lässt sich so nicht führen: Es hat keine frühere Kopie zum Vergleichen.',
    next: 'Wähl eine andere Art der Führung.',
  },
  GuessError: {
    cause: ({ step }) => `Seine Vermutung war${inStep(step)} kein Bild mehr.`,
    next: 'Stell die Führung schwächer, dann schüttle noch einmal.',
  },
  RunawayError: {
    cause: ({ step }) => `Die Zahlen sind${inStep(step)} weit über Schwarz und Weiß hinausgelaufen.`,
    next: ({ setting }) => (setting ? `Sieh zuerst nach „${setting}“; dort liegt es am ehesten.` : 'Stell die Führung schwächer.'), // prettier-ignore
  },
};
