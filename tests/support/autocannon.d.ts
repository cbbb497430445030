declare module 'autocannon' {
  interface Result {
    non2xx: number
    errors: number
    requests: { average: number }
    latency: { p50: number; p99: number }
  }
  export default function autocannon(options: {
    url: string
    connections: number
    duration: number
    headers?: Record<string, string>
    /** Threads that ask, beside the caller's own. */
    workers?: number
    overallRate?: number
  }): Promise<Result>
}
