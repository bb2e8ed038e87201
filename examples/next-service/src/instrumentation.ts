/** Next calls this once, when its server starts. https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation */
export async function register(): Promise<void> {
  // Next calls it for its edge runtime as well, which has no file system.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startArchive } = await import('./lib/archive.ts');
  await startArchive();
}
