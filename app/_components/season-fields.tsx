/** Which season a form is about: fields `show` and `season`. */
export function SeasonFields({ slug, number }: { slug: string; number: number }) {
  return (
    <>
      <input type="hidden" name="show" value={slug} />
      <input type="hidden" name="season" value={number} />
    </>
  )
}
