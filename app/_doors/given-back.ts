import type { GivenBack } from '@/lib/shared/refusal-page'

/** The fields of a form that somebody types into, each with its label. */
export type Typed = Record<string, string>

const sent = new WeakMap<Request, { form: FormData; typed: Typed }>()

/** Remembers what a request brought, so that a refusal can give it back: nothing typed is lost. */
export function remember(request: Request, form: FormData, typed: Typed): void {
  sent.set(request, { form, typed })
}

/** The form a request brought, as it was filled in; null for a door that does not give its form back. */
export function givenBack(request: Request, wrong: string | null): GivenBack | null {
  const brought = sent.get(request)
  if (!brought) return null
  const fields = [...brought.form].flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value, label: brought.typed[name] }] : [],
  )
  return { action: new URL(request.url).pathname, fields, wrong }
}
