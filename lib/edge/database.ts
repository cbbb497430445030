/** The edge's own connections: few, and none that a database which hangs could hold up the site by. */
import postgres from 'postgres'

const CONNECT_SECONDS = 2
const IDLE_SECONDS = 60

/**
 * Opens connections under a name that the database lists.
 * @param isKept they stay open for as long as the process lives, as one that listens has to; else they go when idle
 */
export const openDatabase = (
  url: string,
  name: string,
  { max, statementTimeoutMs, isKept = false }: { max: number; statementTimeoutMs: number; isKept?: boolean },
) =>
  postgres(url, {
    max,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: isKept ? 0 : IDLE_SECONDS,
    ...(isKept ? { max_lifetime: null } : {}),
    onnotice: () => {},
    connection: { application_name: name, statement_timeout: statementTimeoutMs },
  })
