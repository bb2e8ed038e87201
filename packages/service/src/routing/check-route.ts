import { optionError } from '../option-error.ts';
import { conditionNames } from './route-rules.ts';
import type { RoutingOptions } from './routing.ts';

/** Throws `ConfigurationError` for a rule that names an unknown destination or respect. A function is checked when it has answered. */
export function checkRoute({ route, destinations }: Pick<RoutingOptions, 'route' | 'destinations'>): void {
  if (route === undefined || typeof route === 'function') return;
  if (!Array.isArray(route) || route.length === 0)
    refuse('route', "Pass a function, or rules: [{ when: { contractType: 'NDA' }, to: ['folder'] }].");
  for (const [index, { when, to }] of route.entries()) {
    const place = `route[${index}]`;
    if (typeof when !== 'object' || when === null) refuse(`${place}.when`, 'Pass what the contract has to be; {} fits every contract.');
    const respect = Object.keys(when).find((name) => !conditionNames.includes(name));
    if (respect !== undefined) refuse(`${place}.when.${respect}`, `Rules know ${conditionNames.join(', ')}.`);
    if (!Array.isArray(to)) refuse(`${place}.to`, 'Pass a list of names of destinations.');
    const unknown = to.find((name: string) => !Object.hasOwn(destinations, name));
    if (unknown !== undefined) refuse(`${place}.to`, `"${unknown}" is no destination; there are ${Object.keys(destinations).join(', ')}.`);
  }
}

function refuse(option: string, remedy: string): never {
  throw optionError(option, remedy, 'config.invalid_option');
}
