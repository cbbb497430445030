/**
 * A relay between a client and its server that can be made to fail as networks do: fall silent, refuse, reset, slow
 * down, forget one side. It knows nothing of what it carries.
 */
import net from 'node:net'

/** What a relay does to the bytes that pass; silence and half-open can only be ended by a new connection. */
export type Fault =
  | 'silence' // existing connections say nothing more, in either direction, for good; new ones work
  | 'half-open' // the server's side of existing connections is gone, the client is not told; new ones work
  | 'reset' // existing connections are reset; new ones work
  | 'refuse' // the same, and new ones are turned away until healed
  | 'deaf' // existing connections fall silent, new ones are accepted and never answered until healed
  | 'latency' // answers come 500 ms late until healed
  | 'trickle' // 1 kB/s each way until healed

const LATENCY_MS = 500
const BYTES_PER_SECOND = 1_000
const TICK_MS = 20

/** A running relay. */
export interface Relay {
  /** The port it listens on, on the loopback address. */
  port: number
  /** Begins a fault. */
  fail(fault: Fault): void
  /** Ends what can be ended; what was held back arrives. */
  heal(): void
  /** Connections it has open. */
  count(): number
  close(): Promise<void>
}

/** One direction of a connection. */
class Pipe {
  readonly #waiting: { bytes: Buffer; due: number }[] = []
  #timer: NodeJS.Timeout | undefined
  #allowance = 0
  #flushed = performance.now()
  constructor(
    readonly to: net.Socket,
    readonly limits: { latencyMs: number; bytesPerSecond: number },
    readonly delayed: boolean,
  ) {}

  push(bytes: Buffer): void {
    this.#waiting.push({ bytes, due: performance.now() + (this.delayed ? this.limits.latencyMs : 0) })
    this.flush()
  }

  flush(): void {
    clearTimeout(this.#timer)
    const { latencyMs, bytesPerSecond } = this.limits
    const now = performance.now()
    const earned = Number.isFinite(bytesPerSecond)
      ? (bytesPerSecond * (now - this.#flushed)) / 1_000
      : bytesPerSecond
    this.#flushed = now
    this.#allowance = Math.min(this.#allowance + earned, bytesPerSecond / 10)
    for (let head = this.#waiting[0]; head; head = this.#waiting[0]) {
      if (latencyMs > 0 && head.due > now) break
      const size = Math.min(head.bytes.length, Math.floor(this.#allowance))
      if (size === 0) break
      this.#allowance -= size
      this.to.write(head.bytes.subarray(0, size))
      head.bytes = head.bytes.subarray(size)
      if (head.bytes.length === 0) this.#waiting.shift()
    }
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.flush(), TICK_MS)
  }

  drop(): void {
    clearTimeout(this.#timer)
    this.#waiting.length = 0
  }
}

/** One connection through the relay. */
interface Pair {
  client: net.Socket
  server: net.Socket
  pipes: Pipe[]
  silent: boolean
}

/** Starts a relay to a port of the loopback address. */
export async function startRelay(target: number): Promise<Relay> {
  const limits = { latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY }
  const pairs = new Set<Pair>()
  let gate: 'open' | 'shut' | 'deaf' = 'open'
  // Accepted while deaf: kept, or they would be closed.
  const unheard = new Set<net.Socket>()

  const listener = net.createServer((client) => {
    client.on('error', () => {})
    if (gate === 'shut') return void client.resetAndDestroy()
    if (gate === 'deaf') {
      unheard.add(client)
      client.on('close', () => unheard.delete(client))
      return void client.resume()
    }
    const server = net.connect(target, '127.0.0.1')
    const pipes = [new Pipe(server, limits, false), new Pipe(client, limits, true)]
    const pair: Pair = { client, server, pipes, silent: false }
    pairs.add(pair)
    const end = () => {
      for (const pipe of pair.pipes) pipe.drop()
      client.destroy()
      server.destroy()
      pairs.delete(pair)
    }
    client.setNoDelay(true)
    server.setNoDelay(true)
    server.on('error', () => {})
    client.on('data', (bytes) => pair.silent || pair.pipes[0]!.push(bytes))
    server.on('data', (bytes) => pair.silent || pair.pipes[1]!.push(bytes))
    client.on('close', end)
    server.on('close', () => pair.silent || end())
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))

  const silence = () => {
    for (const pair of pairs) {
      pair.silent = true
      for (const pipe of pair.pipes) pipe.drop()
    }
  }
  const reset = () => {
    for (const { client, server } of pairs) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }
  return {
    port: (listener.address() as net.AddressInfo).port,
    fail(fault) {
      if (fault === 'latency') limits.latencyMs = LATENCY_MS
      if (fault === 'trickle') limits.bytesPerSecond = BYTES_PER_SECOND
      if (fault === 'silence' || fault === 'half-open' || fault === 'deaf') silence()
      if (fault === 'half-open') for (const { server } of pairs) server.destroy()
      if (fault === 'reset' || fault === 'refuse') reset()
      if (fault === 'refuse') gate = 'shut'
      if (fault === 'deaf') gate = 'deaf'
    },
    heal() {
      gate = 'open'
      limits.latencyMs = 0
      limits.bytesPerSecond = Number.POSITIVE_INFINITY
      for (const { pipes } of pairs) for (const pipe of pipes) pipe.flush()
    },
    count: () => pairs.size,
    async close() {
      for (const socket of unheard) socket.destroy()
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
