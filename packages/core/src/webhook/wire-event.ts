import { z } from 'zod';

// Only what is needed to act is demanded. Any other field that is missing, null or of another type counts as absent: a webhook is a hint, and refusing
// it too often makes SpotDraft pause the address.
const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const text = lenient(z.string().min(1));
const wholeNumber = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);
const jsonObject = z.record(z.string(), z.unknown());

// "2021-08-22T03:48:52.370635Z". A time without a zone is taken as UTC; `new Date` would read it in the zone of this machine.
const moment = lenient(
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT/)
    .transform((value) => new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`))
    .refine((date) => !Number.isNaN(date.getTime())),
);

const person = lenient(z.object({ name: text, email: text }));
const addresses = z.array(z.string()).catch([]);

const counterparty = z.object({
  type: text,
  organization_name: text,
  poc_name: text,
  poc_email: text,
  counterparty_id: lenient(wholeNumber),
});

export interface WirePerson {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface WireCounterparty {
  readonly type?: string | undefined;
  readonly organization_name?: string | undefined;
  readonly poc_name?: string | undefined;
  readonly poc_email?: string | undefined;
  readonly counterparty_id?: number | undefined;
}

export interface WireActivityData {
  readonly performed_by?: WirePerson | undefined;
  readonly timestamp?: Date | undefined;
  readonly counterparty_email_recipients?: { readonly to_recipients: string[]; readonly cc_recipients: string[] } | undefined;
  readonly signatory?: WirePerson | undefined;
  readonly email_event_data?:
    | {
        readonly recipient_email?: string | undefined;
        readonly email_mode?: string | undefined;
        readonly occured_at?: Date | undefined;
        readonly occurred_at?: Date | undefined;
      }
    | undefined;
}

/** What is read of a webhook's body, named as on the wire. */
export interface WireEvent {
  readonly activity: string;
  readonly activity_data?: WireActivityData | undefined;
  readonly contract_id?: number | undefined;
  readonly contract_title?: string | undefined;
  readonly contract_status?: string | undefined;
  readonly contract_kind?: string | undefined;
  readonly contract_type?: string | undefined;
  readonly contract_type_name?: string | undefined;
  readonly contract_type_id?: number | undefined;
  readonly contract_template_id?: number | undefined;
  readonly contract_reference_id?: string | undefined;
  readonly created_at?: Date | undefined;
  readonly business_user?: WirePerson | undefined;
  readonly legal_user?: WirePerson | undefined;
  readonly counterparties: (WireCounterparty | undefined)[];
  readonly entity?:
    | {
        readonly reference_id?: string | undefined;
        readonly name?: string | undefined;
        readonly jurisdiction?: string | undefined;
        readonly type?: string | undefined;
      }
    | undefined;
  readonly external_metadata?: Record<string, unknown> | undefined;
}

export const wireEvent: z.ZodType<WireEvent> = z.object({
  activity: z.string().min(1),
  activity_data: lenient(
    z.object({
      performed_by: person,
      timestamp: moment,
      counterparty_email_recipients: lenient(z.object({ to_recipients: addresses, cc_recipients: addresses })),
      signatory: person,
      email_event_data: lenient(z.object({ recipient_email: text, email_mode: text, occured_at: moment, occurred_at: moment })),
    }),
  ),
  contract_id: lenient(wholeNumber),
  contract_title: text,
  contract_status: text,
  contract_kind: text,
  contract_type: text,
  contract_type_name: text,
  contract_type_id: lenient(wholeNumber),
  contract_template_id: lenient(wholeNumber),
  contract_reference_id: text,
  created_at: moment,
  business_user: person,
  legal_user: person,
  counterparties: z.array(lenient(counterparty)).catch([]),
  entity: lenient(z.object({ reference_id: text, name: text, jurisdiction: text, type: text })),
  external_metadata: lenient(jsonObject),
});
