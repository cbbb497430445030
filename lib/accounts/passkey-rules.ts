/** Pure rules of passkeys: what an answer of a browser may look like, how keys are written down, when a counter lies. */
import { z } from 'zod'

/** An authenticator is given this long; after it the challenge is worth nothing. */
export const CHALLENGE_LIFETIME_MS = 5 * 60_000
/** More than anybody has devices; a list that grows without end would only hide a stranger's key. */
export const PASSKEYS_MAX = 20
/**
 * EdDSA, ES256 and RS256 by their COSE numbers (RFC 9053): what every authenticator can do. Said here, because the library would
 * offer more where this process's Node knows more, and another process of the site may not be able to check it then.
 */
export const ALGORITHMS = [-8, -7, -257]

/** An answer is a form's field; a real one has one or two kilobytes. */
export const ANSWER_CHARACTERS_MAX = 12_000
// A credential's id has at most 1,023 bytes (WebAuthn level 3, section 4).
const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(1_364)
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(ANSWER_CHARACTERS_MAX)

const answer = { id, rawId: id, type: z.literal('public-key') }
const registration = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
  }),
})
const authentication = z.object({
  ...answer,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
})
const clientData = z.object({ challenge: id })

/** A browser's answer to a challenge, with the challenge it says it answers. */
export type Answered<T> = T & { challenge: string; clientExtensionResults: Record<string, never> }

function readAnswer<T extends { response: { clientDataJSON: string } }>(
  shape: z.ZodType<T>,
  text: string,
): Answered<T> | null {
  if (text.length > ANSWER_CHARACTERS_MAX) return null
  try {
    const read = shape.parse(JSON.parse(text))
    const said = Buffer.from(read.response.clientDataJSON, 'base64url').toString('utf8')
    // What the browser's extensions say is of no use here.
    return { ...read, challenge: clientData.parse(JSON.parse(said)).challenge, clientExtensionResults: {} }
  } catch {
    return null
  }
}

/** A new passkey as the browser describes it, read from JSON; null for anything else. */
export const readRegistration = (text: string) => readAnswer(registration, text)
/** A proof that somebody holds a passkey, read from JSON; null for anything else. */
export const readAuthentication = (text: string) => readAnswer(authentication, text)

/** How ids and keys are stored: base64 with its padding, as the rows of earlier releases are. */
export const toStored = (data: string | Uint8Array): string =>
  (typeof data === 'string' ? Buffer.from(data, 'base64url') : Buffer.from(data)).toString('base64')

/** The bytes of what is stored, in either alphabet and with or without padding. */
export const fromStored = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'base64'))

/** A stored id as browsers write it: base64url. */
export const idForBrowsers = (stored: string): string => Buffer.from(stored, 'base64').toString('base64url')

/**
 * Whether a signature counter went back or stood still, which means that somebody holds a copy of the key (WebAuthn level 3, section
 * 6.1.1). Authenticators that do not count say 0 for ever.
 */
export function counterWentBack(stored: number, said: number): boolean {
  return (stored > 0 || said > 0) && said <= stored
}
