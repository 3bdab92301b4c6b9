/**
 * Where <snow-globe> is at home, which is decided when it is built: on the page that this repository builds, whose address
 * and keys are its own, or, as a package, on anybody's page, of which it changes nothing.
 */
import { pagePorts } from '../studio/ports';
import { sharedPorts } from '../studio/sharing';

/** Built by `npm run build:lib`. */
export const isPackage = import.meta.env.MODE === 'lib';

/** On somebody else's page several elements share one engine. */
export const makePorts = isPackage ? sharedPorts : pagePorts;

const here = import.meta.url;

/** Folder of models/, recordings/, wasm/ and learn/. Those of the package are a package of their own, beside this one. */
export const ownFiles = isPackage ? new URL('../snowglobe-files/', here).href : '';
