import type { ErrorCode } from '$lib/bindings';
import { HostError } from '$lib/host';
import { m } from '$lib/i18n';

/** What a person is told of an error: what happened, and what to do next. */
export interface Told {
  code: ErrorCode;
  what: string;
  next: string;
}

/** The words for a code; call it where it is shown, so that it follows the language. */
export function told(code: ErrorCode): Told {
  return { code, what: m[`error.${code}.what`](), next: m[`error.${code}.next`]() };
}

/** Whatever was thrown, as a `HostError`. What is no refusal is a fault of Fristed's own. */
export function asHostError(thrown: unknown): HostError {
  return thrown instanceof HostError ? thrown : new HostError('internal');
}
