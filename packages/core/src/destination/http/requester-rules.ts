import { type OptionRule, optionRules } from '../../options/option-rules.ts';

const { callback, members, methods, pattern, wholeNumber } = optionRules;

/** What the options of a requester have to be, those included that adapters hand on as they were given. */
export const requesterRules: Readonly<Record<string, OptionRule>> = {
  timeoutMs: wholeNumber(),
  retry: members({
    budgetMs: wholeNumber({ least: 0 }),
    maxTries: wholeNumber(),
    firstDelayMs: wholeNumber({ least: 0 }),
    maxDelayMs: wholeNumber({ least: 0 }),
  }),
  fetch: callback,
  onEvent: callback,
  clock: methods(['now', 'wait', 'random']),
  userAgent: pattern(/^[\x20-\x7E]+$/, 'Pass a text of ASCII characters in one line, or leave it out for the default.'),
  maxAnswerBytes: wholeNumber(),
};
