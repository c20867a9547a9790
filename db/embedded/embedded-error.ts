// The embedded database cannot be used, for a reason a person can mend; the message says what to do.

export class EmbeddedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedError';
  }
}
