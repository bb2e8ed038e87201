/** What a measurement is about: plain names and values. */
export type MetricAttributes = Readonly<Record<string, string | number>>;

export interface InstrumentOptions {
  readonly description: string;
  /** In UCUM, such as `s` and `{request}`. https://opentelemetry.io/docs/specs/semconv/general/metrics/#instrument-units */
  readonly unit: string;
}

export interface Counter {
  add(value: number, attributes: MetricAttributes): void;
}

export interface Histogram {
  record(value: number, attributes: MetricAttributes): void;
}

export interface GaugeReading {
  observe(value: number, attributes: MetricAttributes): void;
}

export interface ObservableGauge {
  addCallback(read: (reading: GaugeReading) => Promise<void>): void;
  removeCallback(read: (reading: GaugeReading) => Promise<void>): void;
}

/** The part of an OpenTelemetry meter that this library uses: `metrics.getMeter('archive')` of `@opentelemetry/api` fits as it is. */
export interface Meter {
  createCounter(name: string, options: InstrumentOptions): Counter;
  createHistogram(name: string, options: InstrumentOptions): Histogram;
  createObservableGauge(name: string, options: InstrumentOptions): ObservableGauge;
}
