/** The head of a table: a column's name each; columns of numbers are named in `numbers` too, and stand to the right. */
export function ColumnHeads({ names, numbers = [] }: { names: string[]; numbers?: string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col" className={numbers.includes(name) ? 'number' : undefined}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}
