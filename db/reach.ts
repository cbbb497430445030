import postgres from 'postgres'

/** A database address without its password, fit for a terminal or a log. */
export function withoutPassword(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl)
    return `${url.protocol}//${url.username ? `${url.username}@` : ''}${url.host}${url.pathname}`
  } catch {
    return 'the address in DATABASE_URL'
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  CONNECT_TIMEOUT: 'it does not answer',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it closes the connection',
  CONNECTION_CLOSED: 'it closes the connection',
  '28P01': 'it refuses the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no such database',
  '53300': 'it has too many connections already',
  '57P03': 'it is starting up or shutting down',
}

/**
 * Null when a database answers at the address, else one sentence saying which address and why not.
 * @param patienceMs how long to keep trying while it refuses or is starting up.
 * @param variable where the address was set
 */
export async function whyUnreachable(
  databaseUrl: string,
  patienceMs = 0,
  variable = 'DATABASE_URL',
): Promise<string | null> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    return `${variable} must look like postgres://user:password@host:5432/name.`
  }
  const deadline = Date.now() + patienceMs
  for (;;) {
    let sql: postgres.Sql | undefined
    try {
      sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} })
      await sql`select 1`
      return null
    } catch (error) {
      if (Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        continue
      }
      const { code, message } = error as Error & { code?: string }
      const reason = REASONS[code ?? ''] ?? (message || code || 'unknown reason')
      return `The database at ${withoutPassword(databaseUrl)} (${variable}) cannot be used: ${reason}.`
    } finally {
      await sql?.end({ timeout: 1 }).catch(() => {})
    }
  }
}
