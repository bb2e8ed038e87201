import type { Attributes } from '@opentelemetry/api';
import { type DataPoint, DataPointType, type Histogram, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { onTestFinished } from 'vitest';
import type { Meter } from '../src/index.ts';

class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

export interface Measurement {
  readonly attributes: Attributes;
  /** Of a histogram: how many values were recorded. */
  readonly value: number;
}

/** A meter of OpenTelemetry's own SDK, and what it has measured. */
export function createTestMeter(): { readonly meter: Meter; readonly read: (name: string) => Promise<readonly Measurement[]> } {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => provider.shutdown());
  const read = async (name: string): Promise<readonly Measurement[]> => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) throw errors[0];
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const metric = metrics.find(({ descriptor }) => descriptor.name === name);
    if (metric?.dataPointType === DataPointType.HISTOGRAM) {
      return metric.dataPoints.map(({ attributes, value }: DataPoint<Histogram>) => ({ attributes, value: value.count }));
    }
    return (metric?.dataPoints as readonly DataPoint<number>[] | undefined)?.map(({ attributes, value }) => ({ attributes, value })) ?? [];
  };
  return { meter: provider.getMeter('archive'), read };
}
