/**
 * Asks for one page at a steady rate, and says how long answers took: an open loop, so a slow answer does not slow the
 * next question down, and a question that had to wait for a free connection has waited (Tene's coordinated omission).
 * autocannon and wrk ask in bursts when they are given a rate, and then measure their own bursts.
 *   node --import tsx tests/bench/paced.ts URL RATE_PER_S SECONDS   → {"asked", "p50", "p99", "max"} in ms
 */
import { connect, type Socket } from 'node:net'

const CONNECTIONS = 16
const [address, rate, seconds] = [new URL(process.argv[2]!), Number(process.argv[3]), Number(process.argv[4])]
const question = `GET ${address.pathname} HTTP/1.1\r\nhost: ${address.host}\r\naccept-encoding: identity\r\n\r\n`
const latenciesMs: number[] = []

interface Line {
  socket: Socket
  dueAt: number[]
  left: number
}

/** One connection: the questions that are due on it, one under way at a time. */
function line(): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.hostname, port: Number(address.port) || 80, noDelay: true })
    const one: Line = { socket, dueAt: [], left: 0 }
    socket.once('error', reject)
    socket.once('connect', () => resolve(one))
    socket.on('data', (chunk) => {
      if (one.left === 0) {
        const ends = chunk.indexOf('\r\n\r\n')
        const head = chunk.toString('latin1', 0, ends)
        if (!head.startsWith('HTTP/1.1 200')) throw new Error(head.split('\r\n')[0])
        one.left = Number(/content-length: (\d+)/i.exec(head)![1]) + ends + 4
      }
      one.left -= chunk.length
      if (one.left > 0) return
      latenciesMs.push(performance.now() - one.dueAt.shift()!)
      if (one.dueAt.length > 0) socket.write(question)
    })
  })
}

const lines = await Promise.all(Array.from({ length: CONNECTIONS }, line))
const beganAt = performance.now()
let asked = 0
await new Promise<void>((resolve) => {
  const turn = () => {
    const now = performance.now()
    for (; asked < rate * seconds; asked++) {
      const dueAt = beganAt + (asked * 1000) / rate
      if (dueAt > now) break
      const one = lines[asked % CONNECTIONS]!
      one.dueAt.push(dueAt)
      if (one.dueAt.length === 1) one.socket.write(question)
    }
    if (latenciesMs.length >= rate * seconds) resolve()
    else setImmediate(turn)
  }
  turn()
})
for (const one of lines) one.socket.destroy()
const sorted = latenciesMs.toSorted((a, b) => a - b)
const at = (share: number) =>
  Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2))
console.log(JSON.stringify({ asked, p50: at(0.5), p99: at(0.99), max: at(1) }))
