/** The demo cannot begin with what was asked for. The message is fit to be shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
