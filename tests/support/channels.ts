/** Channels of every kind there is, for tests that promise the same of all. */
import { randomUUID } from 'node:crypto'
import type { Follower } from '@/lib/accounts/types'
import { addChannel, listChannels } from '@/lib/notices/channels'
import type { KindOfChannel, Means } from '@/lib/notices/channels/kind'
import { ensureMailChannel } from '@/lib/notices/mail-channel'
import type { ChannelField } from '@/lib/notices/types'
import type { Answer, Sending } from '@/lib/shared/http'
import { newBrowserKeys } from './push'

function goodField(field: ChannelField): string {
  if (field.type === 'choice') return field.choices[0]!.value
  return field.type === 'url' ? `https://far.example/${randomUUID()}` : randomUUID()
}

/** What a reader fills in to add one, each time another; null for a kind that is added by itself. */
export function goodFields(kind: KindOfChannel): Record<string, string> | null {
  if (kind.gathers) return null
  if (kind.entry.form)
    return Object.fromEntries(kind.entry.form.fields.map((field) => [field.name, goodField(field)]))
  const { p256dh, auth } = newBrowserKeys()
  return { endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`, p256dh, auth, label: 'Firefox' }
}

const BAD: Record<ChannelField['type'], string[]> = {
  choice: ['', 'nonsense', '__proto__', 'constructor'],
  text: ['x'.repeat(2_000), '\u202egnp'],
  url: [
    ...[
      '',
      'x',
      'http://far.example/',
      'https://localhost/',
      'https://127.0.0.1/',
      'https://far.example:22/',
    ],
    ...['https://me@far.example/', 'javascript:alert(1)', `https://far.example/${'x'.repeat(1_000)}`],
  ],
}

/** Forms with one thing wrong in each: `wrong` names the field. */
export function badFields(kind: KindOfChannel): { fields: Record<string, string>; wrong: string }[] {
  const good = goodFields(kind)
  if (kind.gathers || !good) return []
  const ofPush: ChannelField[] = [
    { name: 'endpoint', label: '', type: 'url', lengthMax: 0 },
    { name: 'p256dh', label: '', type: 'text', lengthMax: 0 },
    { name: 'auth', label: '', type: 'text', lengthMax: 0 },
  ]
  const asked = kind.entry.form?.fields ?? ofPush
  return asked.flatMap((field) => {
    const isNeeded = field.type === 'text' && !field.isOptional
    const values = [...BAD[field.type], ...(isNeeded ? [''] : [])]
    return values.map((value) => ({ fields: { ...good, [field.name]: value }, wrong: field.name }))
  })
}

/** Gives a reader a channel of a kind. @returns its number */
export async function giveChannel(reader: Follower, kind: KindOfChannel): Promise<number> {
  const fields = goodFields(kind)
  if (fields) {
    const added = await addChannel(reader, kind.kind, fields)
    if (!added.ok) throw new Error(`${kind.kind}: ${added.message}`)
    return added.id
  }
  await ensureMailChannel(reader.id)
  return (await listChannels(reader)).find((line) => line.kind === kind.kind)!.id
}

/** A far side that gives one answer and remembers what it got. */
export function farSide(
  answer: Answer | { status: number; headers?: Record<string, string> },
  now: () => Date = () => new Date('2026-11-25T18:00:00Z'),
) {
  const got: ({ url: string } & Sending)[] = []
  const means: Means = {
    now,
    post: async (url, sending = {}) => {
      got.push({ url, ...sending })
      return 'status' in answer && !('ok' in answer)
        ? { ok: true, headers: {}, body: Buffer.alloc(0), ...answer }
        : answer
    },
  }
  return { got, means }
}
