/** The part of an OpenTelemetry span that this library uses. */
export interface Span {
  setAttribute(name: string, value: string | number | boolean): unknown;
  recordException(error: Error): void;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** The part of an OpenTelemetry tracer that this library uses: `trace.getTracer('archive')` of `@opentelemetry/api` fits as it is. */
export interface Tracer {
  startActiveSpan<Result>(name: string, work: (span: Span) => Result): Result;
}

// https://opentelemetry.io/docs/specs/otel/trace/api/#set-status
const statusError = 2;

export interface TracedOptions {
  readonly tracer: Tracer | undefined;
  /** Name of the span, such as `archive contract`. */
  readonly name: string;
  /** Ids and sizes; never a link, a credential, or the name of a party. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Runs `work` inside a span when there is a tracer, and just runs it when there is none. */
export async function traced<Result>({ tracer, name, attributes }: TracedOptions, work: () => Promise<Result>): Promise<Result> {
  if (!tracer) return work();
  return tracer.startActiveSpan(name, async (span) => {
    for (const [attribute, value] of Object.entries(attributes)) span.setAttribute(attribute, value);
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error) span.recordException(error);
      span.setStatus({ code: statusError });
      throw error;
    } finally {
      span.end();
    }
  });
}
