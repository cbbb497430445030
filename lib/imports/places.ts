/** A few places and a short queue before them: how much of one kind of work a process does at a time. */
export class Places {
  private free: number
  private readonly waiting: ((release: () => void) => void)[] = []
  private readonly waitingMax: number
  private readonly waitMs: number

  /** @param waitMs how long somebody waits in the queue, at most */
  constructor({ places, waitingMax, waitMs }: { places: number; waitingMax: number; waitMs: number }) {
    this.free = places
    this.waitingMax = waitingMax
    this.waitMs = waitMs
  }

  /** A place, given back by calling what is returned; null where the queue is full or the wait was in vain. */
  async take(): Promise<(() => void) | null> {
    if (this.free > 0) {
      this.free--
      return this.release()
    }
    if (this.waiting.length >= this.waitingMax) return null
    return new Promise((resolve) => {
      const seat = (release: () => void) => {
        clearTimeout(timer)
        resolve(release)
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(seat), 1)
        resolve(null)
      }, this.waitMs)
      this.waiting.push(seat)
    })
  }

  /** Gives a place on, once, to whoever has waited longest. */
  private release(): () => void {
    let given = false
    return () => {
      if (given) return
      given = true
      const next = this.waiting.shift()
      if (next) next(this.release())
      else this.free++
    }
  }
}

// Next may load this module once for pages and once for routes; a process has its places once.
const shared = globalThis as typeof globalThis & { greenlitImportPlaces?: Places }

/** The places of this process for lists being read and looked up: two, and six who wait for at most five seconds. */
export const importPlaces = (): Places => {
  shared.greenlitImportPlaces ??= new Places({ places: 2, waitingMax: 6, waitMs: 5_000 })
  return shared.greenlitImportPlaces
}
