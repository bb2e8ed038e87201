export interface MeasuredTask {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly contractId: string;
  readonly directory: string;
}

export interface Measurement {
  /** Peak resident memory of the run above that of the process before it, in bytes. */
  readonly aboveIdleBytes: number;
  readonly durationMs: number;
  /** Of the document, as the receipt tells it, in bytes. */
  readonly size: number;
}
