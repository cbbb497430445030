import { DoorForm } from './door-form'
import { EmailField } from './email-field'
import { SeasonFields } from './season-fields'
import { ZoneField } from './zone-field'

/** Asks to be told by mail without an account: of one season, or of all in this browser's list. */
export function MailFollowForm({
  season,
  className,
}: {
  season: { slug: string; number: number } | null
  className?: string
}) {
  return (
    <DoorForm action="/api/follow-by-mail" className={className}>
      {season ? (
        <SeasonFields slug={season.slug} number={season.number} />
      ) : (
        <input type="hidden" name="all" value="yes" />
      )}
      <ZoneField />
      <EmailField id="follow-email" />
      <button type="submit">Tell me by mail</button>
    </DoorForm>
  )
}
