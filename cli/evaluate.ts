/** What `npm run evaluate` starts; evaluate/command.ts is the command. */
import { evaluate } from './evaluate/command';
import { start } from './terminal';

await start(evaluate, 'stopped: the same command goes on from here');
