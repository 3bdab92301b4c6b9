/**
 * What went wrong, by the name of the fault, and what to do next. What the place where it happened says itself (in English,
 * with the file and the numbers) stands behind "more".
 */

/** What a fault knows of a run: the setting's name on the page, and the step, counted from 1. */
interface Where {
  readonly setting?: string;
  readonly step?: number;
}

interface Fault {
  readonly cause: string | ((where: Where) => string);
  readonly next: string | ((where: Where) => string);
}

const again = 'Try again; if it happens again, close other pages that draw a lot, or take another browser.';
const reload = 'Try again, or reload the page.';
const inStep = (step?: number) => (step === undefined ? '' : ` in step ${step}`);

export const faults: Readonly<Record<string, Fault>> = {
  DeviceLostError: { cause: 'The graphics chip was taken away from this page.', next: again },
  GpuError: { cause: 'The graphics chip reported an error.', next: again },
  GraphError: { cause: 'The network does not run on this graphics chip as it should.', next: again },
  OutOfMemoryError: {
    cause: 'There is not enough memory for the network.',
    next: 'Close other pages and programs, then try again.',
  },
  WorkerError: { cause: 'The part of the page that runs the network stopped.', next: reload },
  SilentError: { cause: 'The network has not answered for a long time.', next: reload },
  NotLoadedError: { cause: 'No network is loaded.', next: 'Load it, then shake again.' },
  DisposedError: { cause: 'The network was put away.', next: 'Load it, then shake again.' },
  ScriptError: {
    cause: 'A part of this page did not arrive, or not as it was sent.',
    next: 'Check the connection, then reload the page.',
  },
  NoWorkerError: {
    cause:
      'This browser does not let the page do work beside itself, as the network needs. A page inside another page may be kept from it, too.',
    next: 'Open the page in a tab of its own, in a current browser.',
  },
  WeightsError: {
    cause: 'A file of the network could not be fetched, or is damaged.',
    next: 'Check the connection, then try again. If that does not help, whoever keeps this page must put the files of the network there anew.',
  },
  WeakModelError: {
    cause: 'The earlier copy of the network, which this kind of guidance compares with, could not be loaded.',
    next: 'Check the connection, then try again, or choose another kind of guidance.',
  },
  FormatError: {
    cause: 'The network could not be made ready for films of this length and shape.',
    next: 'Choose “as always” under Make, or try again.',
  },
  StudentError: {
    cause: 'The student, the network that makes a film in four steps, could not be loaded.',
    next: 'Check the connection, then try again, or turn Live and the student off.',
  },
  DownloadError: { cause: 'A recorded run did not arrive.', next: 'Check the connection, then try again.' },
  NoRecordingError: {
    cause: 'The file is no saved run.',
    next: 'Take another one: a run that was saved here has a name that ends in .snow.',
  },
  VersionError: {
    cause: 'The file was saved by another version of this page.',
    next: 'Reload the page; if that does not help, open it where it was saved.',
  },
  RecordingError: {
    cause: 'The file is damaged or not whole: what it holds is no run that this page could play.',
    next: 'Fetch or copy it once more, or take another one.',
  },
  UnsupportedError: {
    cause: 'This browser is too old to pack and unpack saved runs. The file may well be good.',
    next: 'Open this page in a current browser: Chrome or Edge from 80, Safari from 16.4, Firefox from 113.',
  },
  TooLargeError: {
    cause: 'The file is far too large for a saved run; those have 1 MB or less.',
    next: 'Take another one: a run that was saved here has a name that ends in .snow.',
  },
  FileError: { cause: 'The file could not be read.', next: 'Choose it once more, or open it in a current browser.' },
  SaveError: {
    cause: 'It could not be packed into a file; perhaps there is not enough memory.',
    next: 'It is still here. Close other pages, then save it again.',
  },
  MeasureError: {
    cause: 'A guess is no film that can be read: its size or its numbers are not those of one.',
    next: 'All else of the run is there. Take gentler settings, then shake again.',
  },
  ReaderError: { cause: 'The part of the page that reads films failed.', next: reload },
  RecipeError: {
    cause: 'The link asks for a film that is made of another one, in a way that this page cannot read.',
    next: 'Make it anew under “Make”.',
  },
  UnknownError: { cause: 'Something broke that this page has no name for.', next: reload },
  SettingsError: {
    cause: ({ setting }) => (setting ? `“${setting}” has a value that no run can have.` : 'No run can have these settings.'), // prettier-ignore
    next: 'Put it back to its default.',
  },
  ConditionError: {
    cause: 'This network cannot be guided in this way: it has no earlier copy to compare with.',
    next: 'Choose another kind of guidance.',
  },
  GuessError: {
    cause: ({ step }) => `Its guess${inStep(step)} was no picture any more.`,
    next: 'Turn the guidance down, then shake again.',
  },
  RunawayError: {
    cause: ({ step }) => `The numbers ran away${inStep(step)}, far beyond black and white.`,
    next: ({ setting }) => (setting ? `Look at “${setting}” first; it is the most likely cause.` : 'Turn the guidance down.'), // prettier-ignore
  },
};
