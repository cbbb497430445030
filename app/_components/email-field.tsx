/** The address of somebody without an account, in a form that goes to a door as `email`. */
export function EmailField({ id }: { id: string }) {
  return (
    <>
      <label htmlFor={id}>E-mail address</label>
      <input
        id={id}
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        required
      />
    </>
  )
}
