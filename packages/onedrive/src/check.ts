import { type CallOptions, type CheckReport, runChecks } from '@spotdraft-archive/core/destination';
import { type ColumnCarrier, type DriveApi, type DriveRoot, folderStep, permissionStep } from '@spotdraft-archive/microsoft-graph';

export interface OneDriveCheck {
  readonly api: DriveApi;
  readonly provider: string;
  /** Absent on personal drives. */
  readonly columns: ColumnCarrier | undefined;
  readonly root: (call: CallOptions) => Promise<DriveRoot>;
  readonly call: CallOptions;
}

/** Looks at drive, folder, columns where there are some, and rights, and makes columns that are missing. */
export function checkOneDrive({ api, provider, columns, root, call }: OneDriveCheck): Promise<CheckReport> {
  const options = { api, provider, root, call };
  const drive = {
    subject: 'drive',
    hint: 'Look at "drive" and "account".',
    look: async () => `The drive is there (${(await root(call)).driveType}).`,
  };
  const columnStep = columns && {
    subject: 'columns',
    hint: 'Add the columns to the library behind the drive.',
    look: async () => columns.checkColumns(await root(call), call),
  };
  return runChecks([drive, folderStep(options), ...(columnStep ? [columnStep] : []), permissionStep(options)], call);
}
