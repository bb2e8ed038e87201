import { type ArchiveTask, archiveOnce } from './archive-once.ts';

// A child process that archives one contract and dies, as if the power had failed, at the step it was told.
const { task, dieAt } = JSON.parse(process.argv[2] ?? '{}') as { task: ArchiveTask; dieAt: number };
await archiveOnce(task, {
  atStep: (number) => {
    if (number === dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
