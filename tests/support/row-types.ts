/** Compares what PostgreSQL says about a statement with the row type that the code has beside it. */
import type postgres from 'postgres'
import { type Checker, type Type, TypeFlags } from 'typescript/unstable/sync'
import { isNullIn, type Plan } from './plan'
import type { Statement } from './statements'

/** What the driver makes of a value; all else, exact numbers too, is text, and through drizzle days and times are. */
const KINDS: Record<string, string> = {
  bool: 'boolean',
  bytea: 'bytes',
  date: 'date',
  float4: 'number',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  json: 'json',
  jsonb: 'json',
  oid: 'number',
  timestamp: 'date',
  timestamptz: 'date',
}

/** A type of PostgreSQL, as far as rows are concerned. */
interface ColumnKind {
  kind: string
  isList: boolean
}

/** A column of what a statement answers: `table` and `number` say where its values stand, 0 for none. */
export interface Column {
  name: string
  type: number
  table: number
  number: number
}

const partsOf = (type: Type): readonly Type[] => (type.isUnionType() ? (type.getTypes() ?? []) : [type])

const isNullable = (type: Type) =>
  partsOf(type).some(({ flags }) => (flags & (TypeFlags.Null | TypeFlags.Unknown | TypeFlags.Any)) !== 0)

/** A database that is asked about statements without running them. */
export class RowTypes {
  readonly #sql: postgres.Sql
  readonly #checker: Checker
  readonly #kinds: ReadonlyMap<number, ColumnKind>
  /** The columns that may hold null, as `table number.column number` and as `table.column`. */
  readonly #nullable: ReadonlySet<string>

  private constructor(
    sql: postgres.Sql,
    checker: Checker,
    kinds: ReadonlyMap<number, ColumnKind>,
    nullable: ReadonlySet<string>,
  ) {
    this.#sql = sql
    this.#checker = checker
    this.#kinds = kinds
    this.#nullable = nullable
  }

  /** @param checker the one that read the statements' row types */
  static async of(sql: postgres.Sql, checker: Checker): Promise<RowTypes> {
    // A largest value read from an index no longer says that it is one.
    await sql`select set_config('enable_indexscan', 'off', false), set_config('enable_indexonlyscan', 'off', false)`
    const types = await sql<{ oid: number; name: string; element: string | null }[]>`
      select t.oid, t.typname as name, e.typname as element
      from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'`
    const columns = await sql<{ place: string; name: string }[]>`
      select attrelid || '.' || attnum as place, relname || '.' || attname as name
      from pg_attribute join pg_class on pg_class.oid = attrelid where not attnotnull and attnum > 0`
    return new RowTypes(
      sql,
      checker,
      new Map(
        types.map(({ oid, name, element }) => [
          oid,
          { kind: KINDS[element ?? name] ?? 'text', isList: element !== null },
        ]),
      ),
      new Set(columns.flatMap(({ place, name }) => [place, name])),
    )
  }

  /**
   * What is wrong with a statement, over all its texts, one sentence each: what PostgreSQL refuses, a column the row type
   * does not name, a name without a column, a type that the driver does not give, a null that the type denies.
   */
  async faults({ texts, row, unreached, ofDriver }: Statement): Promise<string[]> {
    if (unreached) return [`cannot be composed: ${unreached}`]
    const found = new Set<string>()
    for (const text of texts) {
      try {
        const { columns } = await this.#sql.unsafe(text).describe()
        if (row)
          for (const fault of await this.#differences(
            { text, row, ofDriver },
            columns as unknown as Column[],
          ))
            found.add(fault)
      } catch (error) {
        found.add((error as Error).message)
      }
    }
    return [...found]
  }

  async #differences(
    { text, row, ofDriver }: { text: string; row: ReadonlyMap<string, Type>; ofDriver: boolean },
    columns: Column[],
  ): Promise<string[]> {
    const named = new Set(columns.map(({ name }) => name))
    const missing = [...row.keys()].filter((name) => !named.has(name)).map((name) => `no column ${name}`)
    // What only the server says about itself (show …) is not planned.
    const plan = /^\s*show\s/.test(text) ? null : await this.#plan(text)
    return [
      ...missing,
      ...columns.flatMap((column, at) => {
        const { name } = column
        const type = row.get(name)
        const kind = this.#kindOf(column.type, ofDriver)
        if (!type || !kind) return [`column ${name} is in no type`]
        const said = this.#checker.typeToString(type)
        if (!this.#fits(type, kind)) return [`${name} is ${kind.kind}${kind.isList ? '[]' : ''}, not ${said}`]
        if (kind.kind === 'json' && column.table === 0) {
          const lost = this.#keysOf(type).filter((key) => !new RegExp(`\\b${key}\\b`).test(text))
          if (lost.length > 0) return [`${name} is built without ${lost.join(', ')}`]
        }
        const canBeNull = plan && !isNullable(type) && isNullIn(plan, at, this.#nullable)
        return canBeNull ? [`${name} can be null, and ${said} cannot`] : []
      }),
    ]
  }

  #kindOf(type: number, ofDriver: boolean): ColumnKind | undefined {
    const kind = this.#kinds.get(type)
    return kind?.kind === 'date' && !ofDriver ? { ...kind, kind: 'text' } : kind
  }

  /** The names in an object that a json value is read as, or in each of a list's objects. */
  #keysOf(type: Type): string[] {
    return partsOf(type).flatMap((part) => {
      if (this.#checker.isArrayLikeType(part))
        return part.isTypeReference()
          ? this.#checker.getTypeArguments(part).flatMap((one) => this.#keysOf(one))
          : []
      if (!part.isObjectType() && !part.isIntersectionType()) return []
      return this.#checker.getPropertiesOfType(part).flatMap((field) => {
        const own = this.#checker.getTypeOfSymbol(field)!
        const isOptional = partsOf(own).some(({ flags }) => flags & TypeFlags.Undefined)
        return isOptional ? [] : [field.name, ...this.#keysOf(own)]
      })
    })
  }

  async #plan(text: string): Promise<Plan> {
    const [row] = await this.#sql
      .unsafe(`explain (generic_plan, verbose, costs off, format json) ${text}`)
      .simple()
    return row!['QUERY PLAN'][0].Plan
  }

  #fits(type: Type, column: ColumnKind): boolean {
    return partsOf(type).some((part) => this.#partFits(part, column))
  }

  #partFits(part: Type, { kind, isList }: ColumnKind): boolean {
    const { flags } = part
    if (flags & (TypeFlags.Unknown | TypeFlags.Any)) return true
    if (isList) {
      const [element] = part.isTypeReference() ? this.#checker.getTypeArguments(part) : []
      return element !== undefined && this.#fits(element, { kind, isList: false })
    }
    // What stands in a json value is not known to PostgreSQL.
    if (kind === 'json') return true
    if (part.isIntersectionType())
      return (part.getTypes() ?? []).some((one) => this.#partFits(one, { kind, isList }))
    if (kind === 'text') return (flags & TypeFlags.StringLike) !== 0
    if (kind === 'number') return (flags & TypeFlags.NumberLike) !== 0
    if (kind === 'boolean') return (flags & TypeFlags.BooleanLike) !== 0
    if (kind === 'date') return part.getSymbol()?.name === 'Date'
    return ['Buffer', 'Uint8Array'].includes(part.getSymbol()?.name ?? '')
  }
}
