/** What a job does about its contract: `archive` it, `refresh` its row of the index, or tell SpotDraft where its copies lie (`write-back`). */
export type JobTask = 'archive' | 'refresh' | 'write-back';

/** The subject of a job that does not archive. One for each contract and task. */
export function subjectOf(task: Exclude<JobTask, 'archive'>, contractId: string): string {
  return `${task} ${contractId}`;
}
