/** The worker that owns the model. Everything it does is in server.ts, which tests can reach without a worker. */
import { serve, type Port } from './server';

serve(globalThis as unknown as Port);
