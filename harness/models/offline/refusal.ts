/** A request that an offline endpoint cannot serve: answered with an HTTP status and a body that says why. */
export class OfflineRefusal extends Error {
  override name = 'OfflineRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
