import { ConfigurationError } from '../errors/configuration-error.ts';

export interface SpotDraftCredentials {
  /** From SpotDraft's Settings > Developer settings. @env SPOTDRAFT_CLIENT_ID */
  readonly clientId: string;
  /** Shown beside the client id. A secret. @env SPOTDRAFT_CLIENT_SECRET */
  readonly clientSecret: string;
  /** Act as this active member of the workspace. @env SPOTDRAFT_USER_EMAIL */
  readonly userEmail?: string | undefined;
}

/** Checks credentials and makes the headers that carry them. Throws `ConfigurationError` that names the option, never its value. */
export function credentialHeaders({ clientId, clientSecret, userEmail }: SpotDraftCredentials): Readonly<Record<string, string>> {
  return {
    'client-id': checked(clientId, 'clientId', 'SPOTDRAFT_CLIENT_ID'),
    'client-secret': checked(clientSecret, 'clientSecret', 'SPOTDRAFT_CLIENT_SECRET'),
    ...(userEmail !== undefined && { 'user-email': checked(userEmail, 'userEmail', 'SPOTDRAFT_USER_EMAIL') }),
  };
}

/** `fetch` would quote a value that no header can hold in its own error. */
function checked(value: unknown, option: string, variable: string): string {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return value;
  const isMissing = value === undefined || value === null || value === '';
  const problem = isMissing ? 'is missing' : 'is not a text, or holds a space, a line break or another character that it cannot have';
  throw new ConfigurationError(`createSpotDraftClient: "${option}" ${problem}.`, {
    code: isMissing ? 'config.missing_option' : 'config.invalid_option',
    recovery: 'never',
    hint: `Pass it, for example from the environment variable ${variable}. SpotDraft shows credentials in Settings > Developer settings.`,
    details: { option },
  });
}
