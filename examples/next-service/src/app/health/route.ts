import { archive } from '../../lib/archive.ts';

export const GET = (request: Request): Promise<Response> => archive().healthHandler(request);
