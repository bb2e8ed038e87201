/** Ends a request without an answer: the server destroys the socket, the in-process fetch rejects as `fetch` does. */
export class ConnectionCut extends TypeError {
  constructor(cause: unknown) {
    super('terminated', { cause: typeof cause === 'string' ? new Error(cause) : cause });
    this.name = 'TypeError';
  }
}
