/** A code or a number that a gate does not take; *reason* is from the closed lists of the server, which has the sentences. */
export class Refused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}
