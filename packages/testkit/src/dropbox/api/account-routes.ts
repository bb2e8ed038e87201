import { z } from 'zod';
import { homeNamespace, teamNamespace } from '../state/dropbox-state.ts';
import { type Routes, route } from './route.ts';

const reading = { style: 'rpc', scope: 'account_info.read' } as const;

/** Who the account is, and how much it holds. */
export const accountRoutes: Routes = {
  'check/user': route({
    ...reading,
    argument: z.strictObject({ query: z.string().max(500).default('') }),
    answer: ({ query }) => ({ result: { result: query } }),
  }),

  'users/get_current_account': route({
    ...reading,
    argument: z.null(),
    answer: (_, { state }) => ({
      result: {
        account_id: 'dbid:AAEmulatorAccountAAAAAAAAAAAAAAAAAA',
        name: {
          given_name: 'Emma',
          surname: 'Lator',
          familiar_name: 'Emma',
          display_name: 'Emma Lator',
          abbreviated_name: 'EL',
        },
        email: 'emma@example.com',
        email_verified: true,
        disabled: false,
        locale: 'en',
        referral_link: 'https://db.tt/emulator',
        is_paired: false,
        account_type: { '.tag': state.isTeam ? 'business' : 'pro' },
        root_info: state.isTeam
          ? { '.tag': 'team', root_namespace_id: teamNamespace, home_namespace_id: homeNamespace, home_path: '/Emma Lator' }
          : { '.tag': 'user', root_namespace_id: homeNamespace, home_namespace_id: homeNamespace },
      },
    }),
  }),

  'users/get_space_usage': route({
    ...reading,
    argument: z.null(),
    answer: (_, { tree, behaviour }) => ({
      result: { used: tree.usedBytes, allocation: { '.tag': 'individual', allocated: behaviour.quotaBytes } },
    }),
  }),
};
