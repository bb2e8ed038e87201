// Runs in a process of its own: puts documents into a directory, and dies where it is told to.
import { filesystemOn } from '../src/filesystem.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';
import { type ChildTask, repeatedDocument } from './child-task.ts';
import { faultyFileSystem } from './faulty-file-system.ts';
import { withoutLinks } from './without-links.ts';

const { directory, documents, dieBefore, hasLinks } = JSON.parse(process.argv[2] ?? '') as ChildTask;

const fileSystem = faultyFileSystem(hasLinks ? nodeFileSystem : withoutLinks);
fileSystem.onCall = (number) => {
  if (number === dieBefore) process.kill(process.pid, 'SIGKILL');
};
const destination = filesystemOn(fileSystem, { directory, createDirectory: false });
const results = await Promise.all(documents.map((document) => destination.put(repeatedDocument(document))));
process.stdout.write(
  JSON.stringify({
    outcomes: results.map(({ outcome }) => outcome),
    calls: fileSystem.calls,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
