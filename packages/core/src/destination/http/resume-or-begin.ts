import { ArchiveError } from '../../errors/archive-error.ts';

export interface ResumeOrBeginOptions<Session, Result> {
  /** The session that an earlier attempt began for the same bytes. */
  readonly earlier: Session | undefined;
  /** Begins a session and saves it as the checkpoint. */
  readonly begin: () => Promise<Session>;
  readonly upload: (session: Session, state: { readonly isResumed: boolean }) => Promise<Result>;
}

/**
 * Goes on with an earlier upload session, or begins one: also, once, when the earlier one turns out to be gone (`destination.upload_expired`).
 *
 * A session that expires in the attempt that began it is passed on: the next attempt finds it gone and begins another.
 */
export async function resumeOrBegin<Session, Result>(options: ResumeOrBeginOptions<Session, Result>): Promise<Result> {
  const { earlier, begin, upload } = options;
  if (earlier !== undefined) {
    try {
      return await upload(earlier, { isResumed: true });
    } catch (error) {
      if (!ArchiveError.isInstance(error) || error.code !== 'destination.upload_expired') throw error;
    }
  }
  return upload(await begin(), { isResumed: false });
}
