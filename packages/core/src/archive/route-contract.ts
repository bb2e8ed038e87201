import type { ContractFacts } from '../contract/contract-facts.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ArchivePlan, Destinations } from './archive-options.ts';

/** The destinations that a contract goes to. Throws `ConfigurationError` when the route names one that does not exist. */
export async function routeContract(contract: ContractFacts, { route, destinations }: ArchivePlan): Promise<Destinations> {
  if (!route) return destinations;
  const names = new Set(await route(contract));
  for (const name of names) if (!Object.hasOwn(destinations, name)) throw unknownDestination(name, destinations);
  return Object.fromEntries(Object.entries(destinations).filter(([name]) => names.has(name)));
}

function unknownDestination(name: string, destinations: Destinations): ConfigurationError {
  return new ConfigurationError(`"route" names the destination ${JSON.stringify(name)}, which does not exist.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: `The destinations are called ${Object.keys(destinations).join(', ')}.`,
    details: { option: 'route', name },
  });
}
