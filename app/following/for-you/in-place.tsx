'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'

/** Stands on a page whose doors answer with it: it changes in place and keeps where its reader is. */
export function StayHere() {
  const router = useRouter()
  useEffect(() => {
    const stay = (event: Event) => {
      event.preventDefault()
      router.replace((event as CustomEvent<string>).detail, { scroll: false })
    }
    document.addEventListener('greenlit:leave', stay)
    return () => document.removeEventListener('greenlit:leave', stay)
  }, [router])
  return null
}

/** A form that asks for this page with other values: with JavaScript at every change, without it by its button. */
export function AskingForm({
  action,
  className,
  children,
}: {
  action: string
  className?: string
  children: ReactNode
}) {
  const router = useRouter()
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])
    router.replace(`${action}?${new URLSearchParams(values)}`, { scroll: false })
  }
  return (
    <form action={action} method="get" className={className} onChange={ask} onSubmit={ask}>
      {children}
    </form>
  )
}

/** What was just done. It takes the focus that went with the card, and leaves the page where it is. */
export function JustSaid({ children }: { children: ReactNode }) {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.focus({ preventScroll: true }), [])
  return (
    <div ref={note} className="notice row" role="status" tabIndex={-1}>
      {children}
    </div>
  )
}
