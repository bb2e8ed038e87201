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

/** What is read of a webhook's body, named as on the wire. */
export const wireEvent = z.object({
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

export type WireEvent = z.output<typeof wireEvent>;
