/** The worker that packs and checks files, by its own script: see serving.ts, and serve-later.ts for why not here. */
import { serveLater } from '../offline/serve-later';

serveLater(async () => (await import('./serving')).serveExports);
