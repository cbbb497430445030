import { providerNamed } from '@/lib/catalogue/stated'
import { hasUnsafeCharacters } from '@/lib/shared/text'
import { UsageError } from './command-line'

const LENGTH_MAX = 100

/** The provider an operator names, as facts call it. @throws UsageError where it can be no name */
export function providerWord(name: string): string {
  const provider = providerNamed(name)
  if (provider === '') throw new UsageError('--provider is empty')
  if (provider.length > LENGTH_MAX || hasUnsafeCharacters(provider) || /[\t\r\n]/.test(provider))
    throw new UsageError(`--provider is no name: one line of at most ${LENGTH_MAX} plain characters`)
  return provider
}
