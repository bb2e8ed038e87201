import { z } from 'zod';
import { ConfigurationError } from '../errors/configuration-error.ts';

/** What an option has to be, if it is given at all. */
export type OptionRule = z.ZodType;

export interface WholeNumberRange {
  /** @default 1 */
  readonly least?: number | undefined;
  /** @default the largest number of milliseconds that a timer takes */
  readonly most?: number | undefined;
  /** @default 1 */
  readonly multipleOf?: number | undefined;
}

/** Rules for the usual kinds of options. */
export interface OptionRules {
  readonly yesOrNo: OptionRule;
  /** Any text but the empty one. */
  readonly text: OptionRule;
  readonly callback: OptionRule;
  readonly wholeNumber: (range?: WholeNumberRange) => OptionRule;
  readonly oneOf: (choices: readonly string[]) => OptionRule;
  /** A text of a form that the remedy describes. */
  readonly pattern: (form: RegExp, remedy: string) => OptionRule;
  /** Whatever passes the test. The remedy is a sentence that tells what to pass. */
  readonly passing: (test: (value: unknown) => boolean, remedy: string) => OptionRule;
  /** An object that has these methods, such as a clock. */
  readonly methods: (names: readonly string[]) => OptionRule;
  /** An object with these members and no others. */
  readonly members: (rules: Readonly<Record<string, OptionRule>>) => OptionRule;
}

// More milliseconds than this fit into no timer.
const longestTimerMs = 2_147_483_647;

const orDefault = 'or leave it out for the default.';

const passing: OptionRules['passing'] = (test, remedy) => z.custom(test, remedy).optional();

export const optionRules: OptionRules = {
  yesOrNo: z.boolean(`Pass true or false, ${orDefault}`).optional(),
  text: z.string(`Pass a text, ${orDefault}`).min(1, `Pass a text that is not empty, ${orDefault}`).optional(),
  callback: passing((value) => typeof value === 'function', `Pass a function, ${orDefault}`),
  wholeNumber({ least = 1, most = longestTimerMs, multipleOf = 1 } = {}) {
    const remedy = `Pass a ${multipleOf === 1 ? 'whole number' : `multiple of ${multipleOf}`} from ${least} to ${most}, ${orDefault}`;
    return z.int(remedy).min(least, remedy).max(most, remedy).multipleOf(multipleOf, remedy).optional();
  },
  oneOf: (choices) => z.enum(choices, `Pass one of ${choices.join(', ')}, ${orDefault}`).optional(),
  pattern: (form, remedy) => z.string(remedy).regex(form, remedy).optional(),
  passing,
  methods: (names) => passing((value) => hasMethods(value, names), `Pass an object with ${names.join(', ')}, ${orDefault}`),
  members: (rules) => z.strictObject(rules, `Pass an object with ${Object.keys(rules).join(', ')}, ${orDefault}`).optional(),
};

export interface CheckOptionsInput {
  /** Who was given the options; begins the message. */
  readonly owner: string;
  readonly rules: Readonly<Record<string, OptionRule>>;
}

/**
 * Refuses what an option cannot be, for callers without a compiler and for values that types do not tell apart, such as a time below zero.
 *
 * Throws `ConfigurationError` that names the owner, the option and the remedy. Options without a rule are not looked at.
 */
export function checkOptions(options: object, { owner, rules }: CheckOptionsInput): void {
  for (const [name, rule] of Object.entries(rules)) {
    const issue = rule.safeParse(Reflect.get(options, name)).error?.issues[0];
    if (issue === undefined) continue;
    const unknownMember = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const option = [name, ...issue.path, ...unknownMember].join('.');
    throw new ConfigurationError(`${owner}: "${option}" is not usable. ${issue.message}`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: issue.message,
      details: { option },
    });
  }
}

/** Whether something has these methods, whatever it was made by. */
export function hasMethods(value: unknown, names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function');
}
