import type { Want, Wishes } from '@/lib/notices/types'
import { WANT_CHOICES } from '@/lib/notices/words'
import styles from './notices.module.css'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const hourWords = (hour: number) => `${String(hour).padStart(2, '0')}:00`
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** Days ahead a premiere can be told, as a reader would choose them. */
const LEADS: [days: number, words: string][] = [
  [0, 'on the day'],
  [1, 'the day before'],
  [3, '3 days before'],
  [7, 'a week before'],
  [14, 'two weeks before'],
  [30, 'a month before'],
]

/** The boxes of what to be told. */
export function WantBoxes({ wants }: { wants: readonly Want[] }) {
  return (
    <ul className={styles.boxes}>
      {Object.entries(WANT_CHOICES).map(([want, { label, covers }]) => (
        <li key={want}>
          <label>
            <input type="checkbox" name="wants" value={want} defaultChecked={wants.includes(want as Want)} />
            <span>
              <strong>{label}</strong> <span className="quiet">{covers}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  )
}

/** When a premiere is told. `own` is the choice of the account-wide setting, offered for one season. */
export function LeadChoice({ days, own }: { days: number | null; own?: string }) {
  const odd = days !== null && !LEADS.some(([lead]) => lead === days)
  return (
    <label className={styles.field}>
      Tell me of a premiere
      <select name="leadDays" defaultValue={days ?? ''}>
        {own !== undefined && <option value="">{own}</option>}
        {LEADS.map(([lead, words]) => (
          <option key={lead} value={lead}>
            {words}
          </option>
        ))}
        {odd && <option value={days}>{days} days before</option>}
      </select>
    </label>
  )
}

/** At once or gathered. */
export function CadenceChoice({ cadence, own }: { cadence: Wishes['cadence'] | null; own?: string }) {
  return (
    <label className={styles.field}>
      How often
      <select name="cadence" defaultValue={cadence ?? ''}>
        {own !== undefined && <option value="">{own}</option>}
        <option value="now">at once</option>
        <option value="daily">gathered once a day</option>
        <option value="weekly">gathered once a week</option>
      </select>
    </label>
  )
}

function HourChoice({
  name,
  label,
  hour,
  none,
}: {
  name: string
  label: string
  hour: number | null
  none?: string
}) {
  return (
    <label className={styles.field}>
      {label}
      <select name={name} defaultValue={hour ?? ''}>
        {none !== undefined && <option value="">{none}</option>}
        {HOURS.map((one) => (
          <option key={one} value={one}>
            {hourWords(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** All of the account-wide wishes. */
export function WishesFields({ wishes, zones }: { wishes: Wishes; zones: string[] }) {
  return (
    <>
      <fieldset className={styles.group}>
        <legend>What</legend>
        <WantBoxes wants={wishes.wants} />
        <p className="quiet">A correction always comes: it goes to whoever was told something wrong.</p>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>When</legend>
        <div className={styles.fields}>
          <LeadChoice days={wishes.leadDays} />
          <CadenceChoice cadence={wishes.cadence} />
          <HourChoice name="digestHour" label="Gathered news comes at" hour={wishes.digestHour} />
          <label className={styles.field}>
            Weekly on
            <select name="digestWeekday" defaultValue={wishes.digestWeekday}>
              {DAYS.map((day, index) => (
                <option key={day} value={index + 1}>
                  {day}
                </option>
              ))}
            </select>
          </label>
          <HourChoice name="quietFrom" label="Quiet from" hour={wishes.quietFrom} none="never" />
          <HourChoice name="quietTo" label="Quiet until" hour={wishes.quietTo} none="never" />
          <label className={styles.field}>
            Your time zone
            <select name="timeZone" defaultValue={wishes.timeZone}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p className="quiet">Webhooks are for machines: they are told at once, at any hour.</p>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Spoilers</legend>
        <label className={styles.box}>
          <input type="checkbox" name="spoilerSafe" value="yes" defaultChecked={wishes.spoilerSafe} />
          <span>Subjects and lock screens say that something changed, and not what</span>
        </label>
      </fieldset>
    </>
  )
}
