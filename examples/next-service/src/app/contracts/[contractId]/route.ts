import { ArchiveError } from '@spotdraft-archive/core';
import { archive } from '../../../lib/archive.ts';

interface Context {
  readonly params: Promise<{ readonly contractId: string }>;
}

// Put your own authentication before this: it tells about contracts.
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { contractId } = await params;
  try {
    return Response.json(await archive().status(contractId));
  } catch (error) {
    // The caller's mistake: no id of a contract. Everything else is Next's 500.
    if (!ArchiveError.isInstance(error) || error.code !== 'spotdraft.invalid_request') throw error;
    return Response.json({ error: error.code }, { status: 400 });
  }
}
