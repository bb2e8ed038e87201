import { expect, it } from 'vitest';
import { isContractId, parseContractId } from './contract-id.ts';

it('takes an id apart', () => {
  expect(parseContractId('T-19589')).toEqual({ text: 'T-19589', prefix: 'T', number: 19589 });
  expect(parseContractId('H-7')).toEqual({ text: 'H-7', prefix: 'H', number: 7 });
});

it.each(['7', 'T-', 'T-0', 'T-007', 't-7', ' T-7', 'T-7\n', 'X-7', 'T-7.5', 'T--7', 'T-9007199254740993', ''])(
  'does not take %j for one',
  (text) => {
    expect(isContractId(text)).toBe(false);
    expect(() => parseContractId(text)).toThrowError(expect.objectContaining({ code: 'spotdraft.invalid_request' }));
  },
);

it('does not repeat what was given when that may be anything', () => {
  expect(() => parseContractId('Lease of Acme')).toThrowError(expect.objectContaining({ message: expect.not.stringContaining('Acme') }));
});
