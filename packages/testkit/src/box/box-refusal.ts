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
    const body = {
      type: 'error',
      status: this.status,
      code: this.code,
      message: `The emulator refuses: ${this.code}`,
      ...(this.contextInfo && { context_info: this.contextInfo }),
      help_url: 'http://developers.box.com/docs/#errors',
      request_id: requestId,
    };
    return Response.json(body, { status: this.status, headers: { ...this.headers, 'box-request-id': requestId } });
  }
}
