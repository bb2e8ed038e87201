/** Ends a request without an answer: the server destroys the socket, the in-process fetch rejects as `fetch` does. */
export class ConnectionCut extends TypeError {
  constructor(reason: string) {
    super('terminated', { cause: new Error(reason) });
    this.name = 'TypeError';
  }
}
