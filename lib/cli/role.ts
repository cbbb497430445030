import { setRole } from '@/lib/accounts/commands'
import { CommandError, type Run, UsageError } from './command-line'

const ROLES = ['reader', 'editor', 'operator'] as const

/** `role ADDRESS ROLE`: makes the account of an address a reader, editor or operator. */
export const run: Run = async ({ words: [address, role] }, { out }) => {
  const known = ROLES.find((one) => one === role)
  if (!address || !known) throw new UsageError(`the role is one of ${ROLES.join(', ')}`)
  if (!(await setRole(address, known))) throw new CommandError(`nobody has signed in as ${address}`)
  out(`${address} is ${known}`)
  return 0
}
