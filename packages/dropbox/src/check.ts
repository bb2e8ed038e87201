import { type CheckReport, type CheckStep, conflictWith, runChecks } from '@spotdraft-archive/core/destination';
import { readAccount, readMetadata, startSession } from './api.ts';
import type { DropboxContext } from './context.ts';
import type { CallSignal } from './transport.ts';

/** Looks at the token, the folder, the right to write, and the place for keys and metadata, which is made when it is missing. */
export async function checkDropbox(context: DropboxContext, { signal }: CallSignal): Promise<CheckReport> {
  const { carrier, transport, settings } = context;
  const steps: readonly CheckStep[] = [
    { subject: 'account', look: () => lookAtAccount(context, { signal }), hint: 'Connect the app to the account again.' },
    { subject: 'folder', look: () => lookAtFolder(context, { signal }), hint: 'Look at "path" and "pathRoot".' },
    {
      subject: 'permission to write',
      // A session that never gets a byte leaves nothing behind.
      look: async () => {
        await startSession(transport, { signal });
        return 'The app may upload files.';
      },
      hint: 'Tick files.content.write on the Permissions tab of the app in the App Console, then connect the account again.',
    },
    {
      subject: 'keys and metadata',
      look: () => carrier.prepare({ signal }),
      hint:
        settings.templateOwner === 'team'
          ? 'Tick files.team_metadata.write and files.metadata.write on the Permissions tab of the team app, then connect the team again.'
          : 'Tick files.metadata.read and files.metadata.write on the Permissions tab of the app, then connect the account again.',
    },
  ];
  return runChecks(steps, { signal });
}

async function lookAtAccount({ transport, settings }: DropboxContext, { signal }: CallSignal): Promise<string> {
  const { root, home } = await readAccount(transport, { signal });
  if (root === home || Object.keys(settings.pathHeaders).length > 0) return 'The token is good.';
  return `The token is good. The account belongs to a team; "path" begins in the member's own folder. For the team's folders give pathRoot: '${root}'.`;
}

async function lookAtFolder({ transport, settings }: DropboxContext, { signal }: CallSignal): Promise<string> {
  // Dropbox does not describe the root itself.
  if (settings.root.length === 0) return 'The copies lie in the root of what the app sees.';
  const metadata = await readMetadata(transport, { path: `/${settings.root.join('/')}`, templateIds: [], signal });
  if (metadata?.['.tag'] === 'file') throw conflictWith();
  return metadata?.['.tag'] === 'folder'
    ? 'The folder is there.'
    : 'The folder is not there yet; Dropbox makes it with the first document.';
}
