import 'server-only'
import { lookup } from 'node:dns'
import GitHub from 'next-auth/providers/github'
import { z } from 'zod'
import { fromEnv, type Given } from '@/lib/shared/env'
import { send } from '@/lib/shared/http'
import { allowanceOf } from '@/lib/shared/outbound-address'
import { type GitHubAddress, provenAddress } from './github-rules'

const SECONDS_MAX = 8
const BYTES_MAX = 200_000

const person = z.object({
  id: z.union([z.number().int(), z.string().min(1).max(64)]),
  login: z.string().max(200),
  name: z.string().max(400).nullish(),
})
const addresses = z
  .array(z.object({ email: z.string().max(400), primary: z.boolean(), verified: z.boolean() }))
  .max(1_000)

/** Who GitHub says somebody is. */
export interface GitHubPerson extends Record<string, unknown> {
  id: string
  name: string
  /** One address that GitHub has verified; null where the account has none. */
  email: string | null
  email_verified: boolean
}

/** A GitHub Enterprise Server by `GITHUB_ENTERPRISE_URL`, without a slash at its end; undefined for github.com. */
export function gitHubServer(env: Given = process.env): string | undefined {
  const set = fromEnv('GITHUB_ENTERPRISE_URL', env)
  return set && new URL(set).href.replace(/\/+$/, '')
}

async function ask<T>(shape: z.ZodType<T>, address: string, token: string): Promise<T> {
  const { hostname, port, protocol } = new URL(address)
  const own = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
  const answer = await send(
    address,
    {
      headers: { Accept: 'application/vnd.github+json', Authorization: `Bearer ${token}` },
      timeoutMs: SECONDS_MAX * 1000,
      bytesMax: BYTES_MAX,
    },
    // The operator's own server may stand in their own network.
    { resolve: lookup, allowance: allowanceOf(gitHubServer() ? own : '') },
  )
  if (!answer.ok) throw new Error(`GitHub: ${answer.message}`)
  if (answer.status !== 200) throw new Error(`GitHub answered ${answer.status}.`)
  return shape.parse(JSON.parse(answer.body.toString('utf8')))
}

/** Asks GitHub who holds a token, and which of their addresses it has verified. @throws where it does not say */
export async function askGitHub(token: string): Promise<GitHubPerson> {
  const server = gitHubServer()
  const api = server ? `${server}/api/v3` : 'https://api.github.com'
  const [who, list] = await Promise.all([
    ask(person, `${api}/user`, token),
    ask(addresses, `${api}/user/emails?per_page=100`, token) as Promise<GitHubAddress[]>,
  ])
  const email = provenAddress(list)
  return { id: String(who.id), name: who.name || who.login, email, email_verified: email !== null }
}

/** GitHub for next-auth. Its own provider takes the public or primary address, verified or not. */
export function gitHubProvider() {
  const server = gitHubServer()
  return GitHub({
    ...(server && { enterprise: { baseUrl: server } }),
    userinfo: {
      request: ({ tokens }: { tokens: { access_token?: string } }) => askGitHub(tokens.access_token ?? ''),
    },
    profile: ({ id, name, email }) => ({ id: String(id), name, email, image: null }),
  })
}
