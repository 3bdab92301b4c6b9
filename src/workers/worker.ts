/** The worker of every network, by its own script: see serving.ts for what it does, serve-later.ts for why not here. */
import { serveLater } from '../offline/serve-later';

serveLater(async () => (await import('./serving')).serveByName);
