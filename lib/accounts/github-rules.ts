/** Which address of a GitHub account may become a reader's; pure. */
import { normaliseAddress } from './rules'

/** An address as GitHub lists it. */
export interface GitHubAddress {
  email: string
  primary: boolean
  verified: boolean
}

/**
 * The address GitHub vouches for: the primary one where it is verified, else the first verified one. An unverified address may be
 * anybody's, and at GitHub's own masks (`…@users.noreply.github.com`) no mail of ours would arrive.
 * @returns null where there is none
 */
export function provenAddress(addresses: GitHubAddress[]): string | null {
  const proven = addresses
    .filter(({ email, verified }) => verified && !/@users\.noreply\./i.test(email))
    .flatMap(({ email, primary }) => {
      const address = normaliseAddress(email)
      return address ? [{ address, primary }] : []
    })
  return (proven.find(({ primary }) => primary) ?? proven[0])?.address ?? null
}
