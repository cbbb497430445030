import { readFileSync } from 'node:fs'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, describe, expect, test } from 'vitest'
import { asOwner } from '../support/database'
import { RowTypes } from '../support/row-types'
import { type Statement, StatementReader } from '../support/statements'

const root = process.cwd()
const schema = Object.values(
  import.meta.glob<object>(['../../db/schema/*.ts', '!../../db/schema/words.ts'], { eager: true }),
)
const code = new StatementReader(root, schema)
const files = code.files('app', 'lib', 'db').filter((name) => !name.includes('/db/schema/'))
const all = code.statements(files)
/** Its table and columns are those of a table the code knows, as the last test below compares them. */
const isOfAnyTable = ({ place }: Statement) => place.startsWith('db/rows.ts:')
const statements = all.filter((statement) => !isOfAnyTable(statement))
afterAll(() => code.close())

/** What is wrong with statements in this file's database as it is now, `place: fault`. */
const faultsOf = (asked: readonly Statement[]) =>
  asOwner(async (sql) => {
    const rows = await RowTypes.of(sql, code.checker)
    const found: string[] = []
    for (const statement of asked)
      for (const fault of await rows.faults(statement)) found.push(`${statement.place}: ${fault}`)
    return found
  })

/** The faults there are while a change of the schema lasts. */
async function faultsAfter(change: string, back: string): Promise<string[]> {
  await asOwner((sql) => sql.unsafe(change))
  try {
    return await faultsOf(statements)
  } finally {
    await asOwner((sql) => sql.unsafe(back))
  }
}

describe('every SQL statement of the code', () => {
  test('is taken by the migrated database, and answers with the columns its row type names', async () => {
    expect(await faultsOf(statements)).toEqual([])
  })

  test('is found: as many as a search for the word finds, and none behind a type that its caller chooses', () => {
    const written = files.flatMap((name) => [
      ...readFileSync(name, 'utf8').matchAll(/\.execute(?=[<(])|(?<=await )sql(<[^`]*>)?`/g),
    ])
    expect(all.length).toBeGreaterThanOrEqual(written.length)
    expect(statements.filter(({ texts }) => texts.length === 0)).toEqual([])
    const typed = statements.filter(({ row }) => row !== null).length
    const texts = statements.flatMap((statement) => statement.texts).length
    console.log(`statements: ${statements.length} in ${texts} texts, ${typed} beside a row type`)
  })

  test('is noticed when it names a column that was renamed', async () => {
    const faults = await faultsAfter(
      'alter table show rename title to name',
      'alter table show rename name to title',
    )
    const asking = statements.filter(({ texts }) => texts.some((text) => /\bshow"?\."?title\b/.test(text)))
    for (const { place } of asking)
      expect(
        faults.filter((fault) => fault.startsWith(`${place}: `)),
        place,
      ).not.toEqual([])
    expect(asking.length).toBeGreaterThan(10)
  })

  test('is noticed when a column it reads gets another type, or may be empty from now on', async () => {
    const other = await faultsAfter(
      'alter table notice alter attempts type bigint',
      'alter table notice alter attempts type integer',
    )
    expect(other).toContainEqual(
      expect.stringMatching(/^lib\/notices\/items\.ts:\d+: attempts is text, not number$/),
    )
    const empty = await faultsAfter(
      'alter table source alter slug drop not null',
      'alter table source alter slug set not null',
    )
    expect(empty).toContainEqual(
      expect.stringMatching(/^lib\/ledger\/sources\.ts:\d+: slug can be null, and string cannot$/),
    )
  })
})

test('each kind of wrong row type is named', async () => {
  const wrong = code.statements(code.files('tests/fixtures/wrong-row-types.ts'))
  const faults = await faultsOf(wrong)
  expect(faults.map((fault) => fault.replace(/^.*?: /, ''))).toEqual([
    'column "titel" does not exist',
    'column show.titel does not exist',
    'column "seen" does not exist',
    'column "slugg" does not exist',
    'column "titel" of relation "show" does not exist',
    'no column name',
    'column title is in no type',
    'id is number, not string',
    'total is text, not number',
    'at is text, not Date',
    'ids is number[], not string[]',
    'country can be null, and string cannot',
    'held can be null, and string cannot',
    'status can be null, and string cannot',
    'last can be null, and number cannot',
    'show is built without name',
    'day is date, not string',
    'slug is text, not number',
    'column slug is in no type',
    'column excluded.titel does not exist',
  ])
})

test('the tables the code knows are those the migrations make', async () => {
  const known = schema
    .flatMap((module) => Object.values(module))
    .filter((value): value is PgTable => is(value, PgTable))
    .flatMap((table) => {
      const { name, columns } = getTableConfig(table)
      return columns.map((column) => `${name}.${column.name} ${column.getSQLType()} ${column.notNull}`)
    })
  const made = await asOwner(
    (sql) => sql<{ line: string }[]>`
      select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  )
  expect(known.sort()).toEqual(made.map(({ line }) => line).sort())
})
