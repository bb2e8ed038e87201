/** Box says no. Thrown by handlers and answered in Box's own form. */
export class BoxRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly contextInfo: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    more: { readonly contextInfo?: Readonly<Record<string, unknown>>; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.contextInfo = more.contextInfo;
    this.headers = more.headers ?? {};
  }

  /** https://developer.box.com/reference/resources/client-error/ */
  toResponse(requestId: string): Response {
    const said = { code: this.code, message: `The emulator refuses: ${this.code}`, request_id: requestId };
    const rest = { type: 'error', status: this.status, help_url: 'http://developers.box.com/docs/#errors' };
    // The metadata service says less than the others.
    const isShort = this.code === 'tuple_already_exists';
    const body = { ...(isShort ? {} : rest), ...said, ...(this.contextInfo && { context_info: this.contextInfo }) };
    return Response.json(body, { status: this.status, headers: { ...this.headers, 'box-request-id': requestId } });
  }
}
