/** What `npm run sample` starts; sample/command.ts is the command. */
import { sample } from './sample/command';
import { start } from './terminal';

await start(sample, 'stopped');
