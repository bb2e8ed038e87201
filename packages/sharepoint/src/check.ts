import { type CallOptions, type CheckReport, runChecks } from '@spotdraft-archive/core/destination';
import { type ColumnCarrier, type DriveApi, type DriveRoot, folderStep, permissionStep } from '@spotdraft-archive/microsoft-graph';

export interface SharePointCheck {
  readonly api: DriveApi;
  readonly provider: string;
  readonly columns: ColumnCarrier;
  readonly root: (call: CallOptions) => Promise<DriveRoot>;
  readonly call: CallOptions;
}

/** Looks at site and library, folder, columns and rights, and makes columns that are missing. */
export function checkSharePoint({ api, provider, columns, root, call }: SharePointCheck): Promise<CheckReport> {
  const options = { api, provider, root, call };
  const library = {
    subject: 'site and library',
    hint: 'Look at "siteUrl" and "library".',
    look: async () => `The library is there (${(await root(call)).driveType}).`,
  };
  const keyColumn = {
    subject: 'columns',
    hint: 'Add the columns to the library.',
    look: async () => columns.checkColumns(await root(call), call),
  };
  return runChecks([library, folderStep(options), keyColumn, permissionStep(options)], call);
}
