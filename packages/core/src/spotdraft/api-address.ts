import { isSecure } from '../destination/http/base-url.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';

/** Where a workspace lives. */
export type SpotDraftRegion = 'in' | 'us' | 'eu' | 'me';

/** Where SpotDraft is: its own region, or an address for a test system or a gateway. */
export type SpotDraftPlace =
  | { readonly region: SpotDraftRegion; readonly baseUrl?: undefined }
  | { readonly baseUrl: string | URL; readonly region?: undefined };

export interface ApiAddress {
  /** Ends with a slash; `api/v2.1/...` follows. */
  readonly url: URL;
  /** Names the place that contract ids are unique in. */
  readonly source: string;
}

const regions: readonly string[] = ['in', 'us', 'eu', 'me'] satisfies SpotDraftRegion[];

/** Reads `region` or `baseUrl`. Throws `ConfigurationError` unless exactly one is given and the address is https, or http on this machine. */
export function readApiAddress({ region, baseUrl }: SpotDraftPlace): ApiAddress {
  if (region !== undefined && baseUrl !== undefined) throw invalid('"region" and "baseUrl" are both given.', 'Keep one of them.');
  if (baseUrl !== undefined) return readBaseUrl(baseUrl);
  if (region === undefined) {
    throw new ConfigurationError('createSpotDraftClient: "region" is missing.', {
      code: 'config.missing_option',
      recovery: 'never',
      hint: `Give the region of your workspace, ${regions.join(', ')} (SPOTDRAFT_REGION), or "baseUrl" for a test system.`,
      details: { option: 'region' },
    });
  }
  if (!regions.includes(region)) throw invalid('"region" is not known.', `Give one of ${regions.join(', ')} (SPOTDRAFT_REGION).`);
  return { url: new URL(`https://api.${region}.spotdraft.com/`), source: region };
}

function readBaseUrl(baseUrl: string | URL): ApiAddress {
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : undefined;
  if (url === undefined || !isSecure(url) || url.search !== '' || url.hash !== '') {
    throw invalid(
      '"baseUrl" must be an https address without user name, query and fragment.',
      'Give one such as https://api.eu.spotdraft.com (SPOTDRAFT_BASE_URL). Plain http is accepted for this machine only.',
    );
  }
  // SpotDraft's portal gives base addresses that end in /api/ already; the paths of its endpoints begin with it.
  url.pathname = url.pathname
    .replace(/\/*$/, '')
    .replace(/\/api$/, '')
    .concat('/');
  return { url, source: url.host };
}

function invalid(problem: string, hint: string): ConfigurationError {
  return new ConfigurationError(`createSpotDraftClient: ${problem}`, { code: 'config.invalid_option', recovery: 'never', hint });
}
