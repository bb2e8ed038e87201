import { type CallOptions, type CheckReport, runChecks } from '@spotdraft-archive/core/destination';
import type { BoxContext } from './context.ts';
import { folderNotFound, notAnEditor } from './errors.ts';

/** Looks at credentials, folder, rights and metadata template. Creates the template where it is missing and the app may. */
export async function checkBox(context: BoxContext, { signal }: CallOptions): Promise<CheckReport> {
  const { api, settings } = context;
  const steps = [
    {
      subject: 'credentials',
      hint: 'Look at the option "auth".',
      look: async () => {
        const { id, maxUploadBytes } = await api.currentUser({ signal });
        const limit = maxUploadBytes === undefined ? '' : ` Its plan takes files of up to ${Math.floor(maxUploadBytes / 2 ** 20)} MiB.`;
        return `Box knows the account (user ${id}).${limit}`;
      },
    },
    {
      subject: 'folder',
      hint: 'Look at the option "folderId".',
      look: async () => {
        const folder = await api.readFolder(settings.folderId, { signal });
        if (folder === undefined) throw folderNotFound();
        if (!folder.canUpload) throw notAnEditor('the account may look into the folder, but not upload to it');
        if (!folder.canDownload) throw notAnEditor('the account may upload to the folder, but not read or replace what lies there');
        return 'The folder is there, and the account may upload to it.';
      },
    },
    {
      subject: 'metadata',
      hint: 'Look at the options "metadata" and "templateKey".',
      look: async () => {
        const { scope, templateKey } = await context.carrier({ signal });
        if (scope === 'global') return 'Metadata is kept in global.properties, which need no set-up; copies are found at their path only.';
        return `The metadata template ${scope}.${templateKey} is there.`;
      },
    },
  ];
  return runChecks(steps, { signal });
}
