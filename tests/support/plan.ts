/** Reads out of PostgreSQL's plan of a statement which of its columns can be null. */

/** One step of a plan, as `explain (verbose, format json)` gives it. */
export interface Plan {
  'Parent Relationship'?: 'Outer' | 'Inner' | string
  'Join Type'?: string
  'Relation Name'?: string
  Alias?: string
  Strategy?: string
  Output?: string[]
  Plans?: Plan[]
  [detail: string]: unknown
}

function* stepsOf(plan: Plan): Generator<Plan> {
  yield plan
  for (const step of plan.Plans ?? []) yield* stepsOf(step)
}

/** The names of what stands on the side of an outer join for which there may be no row. */
function lackingIn(plan: Plan): Set<string> {
  const lacking = [...stepsOf(plan)].flatMap((join) => {
    const sides =
      { Left: ['Inner'], Right: ['Outer'], Full: ['Inner', 'Outer'] }[join['Join Type'] ?? ''] ?? []
    return (join.Plans ?? []).filter((side) => sides.includes(side['Parent Relationship'] ?? ''))
  })
  return new Set(lacking.flatMap((side) => [...stepsOf(side)].flatMap(({ Alias }) => Alias ?? [])))
}

/** What may make something of a null, or is made elsewhere: nothing is said of such values. */
const NOT_STRICT =
  /\b(COALESCE|CASE|IS|SubPlan|InitPlan|ARRAY|GREATEST|LEAST|ANY|FILTER)\b|\b(json\w*|array_agg|count|concat)\(/
/** Sums of no rows at all are null. */
const OF_NO_ROWS = /^\(?(min|max|sum|avg|array_agg|json_agg|string_agg)\(/

/** The parts of a condition that all have to hold: `((a) AND (b))`. */
function allOf(condition: string): string[] {
  const inner = condition.slice(1, -1)
  const parts = ['']
  let depth = 0
  for (const word of inner.split(/(\(|\)| AND )/)) {
    if (word === '(') depth++
    if (word === ')') depth--
    if (word === ' AND ' && depth === 0) parts.push('')
    else parts[parts.length - 1] += word
  }
  return parts
}

/** Conditions that no null passes, in words. */
const conditionsOf = (plan: Plan) =>
  [...stepsOf(plan)]
    .flatMap((step) => Object.entries(step).filter(([name]) => /Cond$|Filter$/.test(name)))
    .flatMap(([, condition]) => allOf(String(condition)))
    .filter((condition) => !/COALESCE|IS NULL| OR /.test(condition))
    .join(' ')

/**
 * Whether a column of a statement's answer can be null as far as the plan shows: it stands on the empty side of an outer
 * join, or in a column without `not null` that no condition asks about, or is made of such values by what keeps nulls.
 * The planner turns outer joins that a condition fills into inner ones.
 * @param nullable the columns of the schema that may hold null, as `table.column`
 */
export function isNullIn(plan: Plan, at: number, nullable: ReadonlySet<string>): boolean {
  const made = plan.Output?.[at]
  if (!made) return false
  if (/^\(?CASE\b.*\bELSE NULL::[\w ]+ END\)?$/s.test(made)) return true
  if (plan.Strategy === 'Plain' && OF_NO_ROWS.test(made)) return true
  if (NOT_STRICT.test(made)) return false
  const scans = [...stepsOf(plan)].filter((step) => step['Relation Name'])
  const lacking = lackingIn(plan)
  const asked = conditionsOf(plan)
  const names = made.replaceAll(/'[^']*'/g, '').match(/[a-z_][\w]*(\."?\w+"?)?/g) ?? []
  return names.some((name) => {
    const [alias = '', column] = name.replaceAll('"', '').split('.')
    // A plan of one table names its columns alone.
    const scan = column
      ? scans.find(({ Alias }) => Alias === alias)
      : scans.length === 1
        ? scans[0]
        : undefined
    if (column && lacking.has(alias)) return true
    if (!scan || !nullable.has(`${scan['Relation Name']}.${column ?? alias}`)) return false
    return !new RegExp(`\\b${name}\\b`).test(asked)
  })
}
