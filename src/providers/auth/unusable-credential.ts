/** A secret that is there and is no credential: its provider cannot be used, others can. Never repeats the secret. */
export class UnusableCredential extends Error {
  /** @param reason a half sentence after the provider's name */
  constructor(readonly reason: string) {
    super(reason);
  }
}
