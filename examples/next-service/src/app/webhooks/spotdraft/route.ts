import { archive } from '../../../lib/archive.ts';

export const POST = (request: Request): Promise<Response> => archive().handler(request);
