import { GraphRefusal } from '../graph-refusal.ts';

const forbidden = /["*:<>?/\\|\u0000-\u001f]/;
const reserved = /^(\.lock|con|prn|aux|nul|com[0-9]|lpt[0-9]|desktop\.ini)$/i;

export interface NameContext {
  readonly isFolder: boolean;
  readonly isAtRoot: boolean;
}

/** Refuses names as SharePoint and OneDrive do. https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa */
export function checkName(name: string, { isFolder, isAtRoot }: NameContext): void {
  const isBad =
    name === '' ||
    forbidden.test(name) ||
    name !== name.trim() ||
    name.endsWith('.') ||
    reserved.test(name) ||
    name.toLowerCase().includes('_vti_') ||
    name.startsWith('~$') ||
    (isFolder && name.startsWith('~')) ||
    (isAtRoot && name.toLowerCase() === 'forms') ||
    name.length > 255;
  if (isBad) throw new GraphRefusal(400, 'invalidName', { message: 'The provided name cannot be used.' });
}

/** Two names that differ only in case are one. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
