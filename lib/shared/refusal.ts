/**
 * Every reason for which a command refuses what a person asked, with the HTTP status a door answers it with (RFC 9110)
 * and the field of the form that has to be mended, where it is always the same one.
 */
export const REFUSALS = {
  address: { status: 422, field: 'email' },
  answer: { status: 422 },
  browser: { status: 403 },
  channel: { status: 422, field: 'url' },
  code: { status: 422, field: 'code' },
  file: { status: 422 },
  full: { status: 409 },
  gone: { status: 410 },
  here: { status: 409, field: 'words' },
  identity: { status: 409 },
  limit: { status: 429 },
  'no-channel': { status: 404 },
  'no-passkey': { status: 404 },
  'not-followed': { status: 404 },
  'not-named': { status: 404 },
  operators: { status: 403 },
  pair: { status: 422, field: 'reason' },
  passkey: { status: 422 },
  recent: { status: 403 },
  'signed-out': { status: 401 },
  suspended: { status: 403 },
  unavailable: { status: 503 },
  unconfirmed: { status: 403 },
  undelivered: { status: 422 },
  'unknown-import': { status: 404 },
  'unknown-pair': { status: 404 },
  'unknown-season': { status: 404 },
  'unknown-show': { status: 404 },
  wish: { status: 422, field: 'words' },
  wishes: { status: 422 },
} as const satisfies Record<string, { status: number; field?: string }>

export type RefusalReason = keyof typeof REFUSALS

/** Why a command did not do what was asked; nothing was changed. */
export interface Refusal<Reason extends RefusalReason = RefusalReason> {
  ok: false
  reason: Reason
  /** A sentence for the person who asked. */
  message: string
  /** The field of the form that has to be mended, where it is one. */
  field?: string
  retryAfterSeconds?: number
}

/** A refusal with its sentence. */
export const refusal = <Reason extends RefusalReason>(reason: Reason, message: string): Refusal<Reason> => ({
  ok: false,
  reason,
  message,
})
