/** What a job does about its contract: `archive` it, or `refresh` its row of the index. */
export type JobTask = 'archive' | 'refresh';

/** The subject of a job that does not archive. One for each contract and task. */
export function subjectOf(task: Exclude<JobTask, 'archive'>, contractId: string): string {
  return `${task} ${contractId}`;
}
