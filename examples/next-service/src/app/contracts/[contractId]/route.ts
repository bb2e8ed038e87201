import { archive } from '../../../lib/archive.ts';

interface Context {
  readonly params: Promise<{ readonly contractId: string }>;
}

// Put your own authentication before this: it tells about contracts.
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { contractId } = await params;
  return Response.json(await archive().status(contractId));
}
