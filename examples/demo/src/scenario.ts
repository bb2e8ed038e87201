import { contractPdf, largePdf, type NewContract } from '@spotdraft-archive/testkit/emulators';

/** What has to become of a contract. */
export type Expectation = 'archived' | 'refused';

/** One contract of the demo and the way it takes. */
export interface Episode {
  readonly contract: NewContract;
  readonly expected: Expectation;
  /**
   * `signed`: sent, signed, executed. `imported`: uploaded as executed elsewhere. `accepted`: a clickthrough, created and executed in one step.
   * `late`: executed, but its PDF takes some seconds. `historical`: always been there, SpotDraft sends no webhook for it. `draft`, `voided`: not
   * executed, though a signed webhook says so.
   */
  readonly way: 'signed' | 'imported' | 'accepted' | 'late' | 'historical' | 'draft' | 'voided';
}

const megabyte = 1024 * 1024;
const march = (day: number): Date => new Date(Date.UTC(2026, 2, day, 9, 30));

function episode(title: string, more: Partial<NewContract> = {}, way: Episode['way'] = 'signed'): Episode {
  const expected = way === 'draft' || way === 'voided' ? 'refused' : 'archived';
  const counterparties = more.counterparties ?? ['Contoso Limited'];
  const names = counterparties.map((party) => (typeof party === 'string' ? party : party.name));
  const document = (): Promise<Uint8Array> => contractPdf({ title, parties: ['Northwind Trading GmbH', ...names] });
  return { contract: { title, document, executedAt: march(2), ...more, counterparties }, way, expected };
}

/** 25 contracts of all kinds; 23 are executed. */
export const episodes: readonly Episode[] = [
  episode('Mutual Non-Disclosure Agreement', { contractType: 'NDA', counterparties: ['Acme Inc'] }),
  episode('Mutual Non-Disclosure Agreement', { contractType: 'NDA', counterparties: ['Acme Inc'] }),
  episode('mutual non-disclosure agreement', { contractType: 'NDA', counterparties: ['Acme Inc'] }),
  episode('Master Services Agreement', { counterparties: ['Globex Corporation', 'Initech LLC', 'Umbrella SARL'] }),
  episode('Data Processing Agreement', { contractType: 'Data Processing Agreement', kind: 'THIRD_PARTY_CONTRACT' }),
  episode('Statement of Work #12 / Phase 2: Roll-out?', { contractType: 'Statement of Work' }),
  episode('../../../etc/passwd', { contractType: '..', counterparties: ['..'] }),
  episode('CON', { contractType: 'NUL', counterparties: ['aux.'] }),
  episode('Lease 🏢 Berlin – Müllerstraße', { contractType: 'Lease', counterparties: ['Müller & Söhne GmbH'] }),
  episode('业务合作协议', { contractType: 'Partnership', counterparties: ['北京示例科技有限公司'] }),
  episode('اتفاقية عدم إفشاء', { contractType: 'NDA', counterparties: ['شركة المثال'] }),
  episode('Invoice\u202Efdp.exe', { contractType: 'Order Form' }),
  episode('Order Form\twith\u0000control\u0007characters', { contractType: 'Order Form' }),
  episode(`A title that goes on ${'and on '.repeat(60)}`, { contractType: 'Order Form' }),
  episode('   . spaces and dots .   ', { contractType: 'Order Form' }),
  episode('Plan of the new plant', { contractType: 'Construction', document: largePdf({ bytes: 30 * megabyte }) }),
  episode('Reseller Agreement', { contractType: 'Partnership', kind: 'EDITED_TEMPLATE_CONTRACT' }),
  episode('Consulting Agreement', {
    contractType: 'Consulting',
    kind: 'SIGN_CONTRACT',
    counterparties: [{ name: 'Dana Whitfield', isIndividual: true }],
  }),
  episode('Express Order', { contractType: 'Order Form', kind: 'EXPRESS_TEMPLATE_CONTRACT' }),
  episode('Supply Agreement 2019', { contractType: 'Supply', counterparties: ['Old Mill Ltd'] }, 'imported'),
  episode('Terms of Service', { contractType: 'Clickthrough', counterparties: ['Wayfarer Apps'] }, 'accepted'),
  episode('Licence Agreement', { contractType: 'Licence', counterparties: ['Slow Signing SA'] }, 'late'),
  episode('Framework Agreement 2011', { id: 'H-7', contractType: 'Framework', counterparties: ['Heritage plc'] }, 'historical'),
  episode('Draft Partnership Agreement', { contractType: 'Partnership' }, 'draft'),
  episode('Abandoned Purchase Agreement', { contractType: 'Purchase' }, 'voided'),
];
