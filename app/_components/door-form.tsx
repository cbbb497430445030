'use client'

import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './door-form.module.css'

function leave(location: string): 'leaving' {
  const here = window.location.pathname + window.location.search
  if (location === here) window.location.reload()
  else window.location.assign(location)
  return 'leaving'
}

/**
 * A form to one of our doors. Without JavaScript it is a plain form; with it a refusal is said beside the
 * fields, nothing typed is lost, and a double click is one click.
 */
export function DoorForm({
  action,
  children,
  className,
  sendAtOnce = false,
  withFile = false,
  go = leave,
}: {
  action: string
  children: ReactNode
  className?: string
  /** Sends itself when the page opens; the button stays for readers without JavaScript. */
  sendAtOnce?: boolean
  /** The form carries a file, which a plain form sends only when told so. */
  withFile?: boolean
  /** How the reader gets to where the door sends them; by loading that page unless told otherwise. */
  go?: (location: string) => 'leaving' | 'staying'
}) {
  const [problem, setProblem] = useState('')
  const sending = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  const problemId = useId()

  useEffect(() => {
    if (sendAtOnce) form.current?.requestSubmit()
  }, [sendAtOnce])

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (sending.current) return
    sending.current = true
    setProblem('')
    try {
      const answer = await fetch(action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter),
      })
      const said = (await answer.json()) as { location?: string; detail?: string }
      if (answer.ok && said.location) {
        if (go(said.location) === 'leaving') return // still sending: the page is about to go
      } else setProblem(said.detail ?? 'That did not work. Try again.')
    } catch {
      setProblem('Greenlit could not be reached. Check your connection and try again.')
    }
    sending.current = false
  }

  return (
    <form
      ref={form}
      className={className ?? styles.form}
      action={action}
      method="post"
      encType={withFile ? 'multipart/form-data' : undefined}
      onSubmit={send}
      aria-describedby={problem ? problemId : undefined}
    >
      {children}
      <p id={problemId} className={styles.problem} role="alert">
        {problem}
      </p>
    </form>
  )
}
