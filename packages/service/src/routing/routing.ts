import { createHash } from 'node:crypto';
import {
  ConfigurationError,
  type ContractFact,
  type ContractFacts,
  type Destinations,
  type SpotDraftClient,
} from '@spotdraft-archive/core';
import { decideByRules, hasOne, type RouteQuestions, type RouteRule } from './route-rules.ts';

/** Names the destinations of a contract, at once or later. None: it is `unrouted`. May ask about what the facts do not tell. */
export type RouteFunction = (contract: ContractFacts, questions: RouteQuestions) => readonly string[] | Promise<readonly string[]>;

/** How contracts find their destinations. */
export interface Routing {
  /** What has to be asked of each contract. */
  readonly facts: readonly ContractFact[];
  /** Names this way of routing: what was decided in another way has to be decided anew. */
  readonly version: string;
  /** Throws `ConfigurationError` for a destination that does not exist, and what the function of the user throws. */
  readonly decide: (contract: ContractFacts) => Promise<readonly string[]>;
}

export interface RoutingOptions {
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly route?: RouteFunction | readonly RouteRule[] | undefined;
  readonly routeVersion?: string | undefined;
}

/** Undefined when every contract goes to all destinations. */
export function createRouting({ spotdraft, destinations, route, routeVersion }: RoutingOptions): Routing | undefined {
  if (route === undefined) return undefined;
  const names = Object.keys(destinations);
  const text = typeof route === 'function' ? route.toString() : JSON.stringify(route);
  return {
    facts: typeof route !== 'function' && route.some(({ when }) => when.keyPointers) ? ['keyPointers'] : [],
    version: createHash('sha256')
      .update(JSON.stringify([routeVersion ?? text, names]))
      .digest('hex')
      .slice(0, 16),
    async decide(contract) {
      const questions = questionsAbout(contract, spotdraft);
      const chosen = typeof route === 'function' ? await route(contract, questions) : await decideByRules(route, contract, questions);
      const unknown = chosen.find((name) => !names.includes(name));
      if (unknown !== undefined) throw unknownDestination(unknown, names);
      return [...new Set(chosen)];
    },
  };
}

function questionsAbout({ contractId, entity }: ContractFacts, { source, contracts }: SpotDraftClient): RouteQuestions {
  const isListed = once(async (filters: { readonly tags?: string; readonly entityName?: string }) => {
    for await (const _row of contracts.list({ contractIds: [contractId], ...filters })) return true;
    return false;
  });
  return {
    region: source,
    hasTag: (name) => isListed({ tags: name }),
    isOfEntity: async (name) => (entity === undefined ? isListed({ entityName: name }) : hasOne(name, [entity])),
  };
}

/** Asks each question once. */
function once<Question>(ask: (question: Question) => Promise<boolean>): (question: Question) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (question) => {
    const text = JSON.stringify(question);
    const answer = answers.get(text) ?? ask(question);
    answers.set(text, answer);
    return answer;
  };
}

function unknownDestination(name: string, names: readonly string[]): ConfigurationError {
  return new ConfigurationError(`The route names the destination ${JSON.stringify(name)}, which does not exist.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: `Mend the option "route", or add the destination, and redrive the contract. The destinations are called ${names.join(', ')}.`,
    details: { option: 'route', name },
  });
}
