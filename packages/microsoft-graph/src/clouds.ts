import { ConfigurationError, parseBaseUrl } from '@spotdraft-archive/core/destination';

/** Microsoft's clouds: the worldwide one, two of the United States' government, and China's. */
export type NationalCloud = 'global' | 'us-government' | 'us-government-dod' | 'china';

/** Addresses of another cloud, or of an emulator. */
export interface GraphEndpoints {
  /** @example 'https://graph.microsoft.com' */
  readonly graphUrl: string;
  /** @example 'https://login.microsoftonline.com' */
  readonly loginUrl: string;
}

/** https://learn.microsoft.com/graph/deployments */
const clouds: Readonly<Record<NationalCloud, GraphEndpoints>> = {
  global: { graphUrl: 'https://graph.microsoft.com', loginUrl: 'https://login.microsoftonline.com' },
  'us-government': { graphUrl: 'https://graph.microsoft.us', loginUrl: 'https://login.microsoftonline.us' },
  'us-government-dod': { graphUrl: 'https://dod-graph.microsoft.us', loginUrl: 'https://login.microsoftonline.us' },
  china: { graphUrl: 'https://microsoftgraph.chinacloudapi.cn', loginUrl: 'https://login.chinacloudapi.cn' },
};

export interface Cloud {
  readonly graph: URL;
  readonly login: URL;
  /** The scope that stands for everything the app was given. */
  readonly scope: string;
}

/** Throws `ConfigurationError` for an unknown cloud or an address that is not https. */
export function parseCloud(cloud: NationalCloud | GraphEndpoints = 'global', provider: string): Cloud {
  const endpoints = typeof cloud === 'string' && Object.hasOwn(clouds, cloud) ? clouds[cloud] : cloud;
  if (typeof endpoints !== 'object' || endpoints === null) {
    throw new ConfigurationError(`${provider}: "cloud" names no cloud that is known.`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: `Choose one of ${Object.keys(clouds).join(', ')}, or pass { graphUrl, loginUrl }.`,
    });
  }
  const graph = parseBaseUrl(endpoints.graphUrl, { provider, option: 'cloud.graphUrl' });
  const login = parseBaseUrl(endpoints.loginUrl, { provider, option: 'cloud.loginUrl' });
  return { graph, login, scope: `${graph.origin}/.default` };
}
