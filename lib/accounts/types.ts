/** Whoever is asking. */
export interface Viewer {
  id: string
  email: string
  role: 'reader' | 'editor' | 'operator'
}

/** Whoever works at the machine itself, on the command line: they have its database in their hands anyway. */
export interface AtTheMachine {
  role: 'operator'
  at: 'the machine'
}

/** Who may ask for what is an operator's: a reader of that role, or the command line; null for nobody. */
export type Asker = Pick<Viewer, 'role'> | AtTheMachine | null

/** A viewer with the session they came with. */
export interface SignedIn extends Viewer {
  session: { id: string; createdAt: Date }
}

/** A session as its owner sees it. The id is the stored hash: it names the session and opens nothing. */
export interface SessionLine {
  id: string
  device: string
  createdAt: string
  lastSeenAt: string
  current: boolean
}

/** A passkey as its owner sees it. */
export interface PasskeyLine {
  id: string
  createdAt: string
  /** True where it is kept on more than one device (a synced passkey). */
  synced: boolean
}

/** What a mailed link can do in the browser that opened it. */
export type LinkState =
  | { state: 'confirm'; email: string }
  /** Another browser than the one that asked: it is shown the code to type there, as `ABCD-EFGH`. */
  | { state: 'code'; code: string }
  | { state: 'gone' }

/** A fresh session and where its owner wanted to go. */
export interface FreshSession {
  ok: true
  /** For the cookie; stored only as a hash. */
  sessionToken: string
  readerId: string
  returnTo: string
}

/** Whoever follows: a reader with an account, or a basket, which has no address. */
export interface Follower {
  id: string
  email: string | null
}
