/**
 * Composes the texts an SQL template can become, from the source alone: constants and fragments are followed through
 * variables, functions, arguments and imports, both sides of a condition are taken, all else is a parameter.
 */
import { is } from 'drizzle-orm'
import { getTableConfig, PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import * as ast from 'typescript/unstable/ast'
import { type Checker, type Symbol as Name, type Type, TypeFlags } from 'typescript/unstable/sync'

type Node = ast.Node

/** What composing asks about the code around a template. */
export interface Code {
  checker: Checker
  /** What a name was declared as, through imports. */
  symbol(node: Node): Name | undefined
  declaration(symbol: Name): Node | undefined
  /** A table of db/schema by the name the code has for it. */
  table(name: string): PgTable | undefined
  /** Every call of a function. */
  calls(made: Node): ast.CallExpression[]
  /** `lib/ledger/turn.ts:20`. */
  place(node: Node): string
  /** Hears of every template that became part of a statement. */
  noteComposed(template: Node): void
}

/** Says of an expression that nothing but a run of the program knows what it becomes. */
export class Unreached extends Error {}

/** What a parameter or a variable stands for, and what the names in that expression stand for in turn. */
interface Bound {
  node: Node
  names: Names
}
type Names = ReadonlyMap<number, Bound>
const NOTHING_BOUND: Names = new Map()

/** A text with holes: each `null` is a parameter. */
type Pieces = (string | null)[]

/** A text differs from the first one in so many choices at most: any two conditions are seen together each way. */
const DEVIATIONS_MAX = 2

/** The branches taken in one composing of a statement; the next composing takes another one. */
class Choices {
  readonly taken: { option: number; of: number }[] = []
  readonly #known = new Map<string, number>()
  constructor(readonly planned: readonly number[]) {}

  /** The branch to take; the same condition is answered the same way all through a statement. */
  of(count: number, condition: string): number {
    const known = this.#known.get(condition)
    if (known !== undefined) return known
    const option = this.planned[this.taken.length] ?? 0
    this.taken.push({ option, of: count })
    this.#known.set(condition, option)
    return option
  }
}

/** Runs `compose` once for every way its choices can fall, as far as the ways differ from the first in few choices. */
export function everyWay<T>(compose: (choices: Choices) => T): T[] {
  const found: T[] = []
  const plans: number[][] = [[]]
  for (let plan = plans.pop(); plan; plan = plans.pop()) {
    const choices = new Choices(plan)
    found.push(compose(choices))
    if (plan.filter((option) => option > 0).length >= DEVIATIONS_MAX) continue
    const taken = choices.taken.map(({ option }) => option)
    for (let at = plan.length; at < taken.length; at++)
      for (let option = 1; option < choices.taken[at]!.of; option++)
        plans.push([...taken.slice(0, at), option])
  }
  return found
}

/** An expression without parentheses, types and `await` around it. */
export const unwrapped = (node: Node): Node =>
  ast.isParenthesizedExpression(node) ||
  ast.isAsExpression(node) ||
  ast.isSatisfiesExpression(node) ||
  ast.isNonNullExpression(node) ||
  ast.isAwaitExpression(node)
    ? unwrapped(node.expression)
    : node

/** The file a node stands in. */
export const fileOf = (node: Node): ast.SourceFile => (ast.isSourceFile(node) ? node : fileOf(node.parent))

/** All that stands in a node, outermost first. */
export function* within(node: Node): Generator<Node> {
  const children: Node[] = []
  node.forEachChild((child) => void children.push(child))
  for (const child of children) {
    yield child
    yield* within(child)
  }
}

/** Whether a node is a function that gives something back. */
export const isFunction = (
  node: Node,
): node is ast.ArrowFunction | ast.FunctionDeclaration | ast.FunctionExpression =>
  ast.isArrowFunction(node) || ast.isFunctionDeclaration(node) || ast.isFunctionExpression(node)

const isAnd = (node: Node): node is ast.BinaryExpression =>
  ast.isBinaryExpression(node) && node.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken

/** What a function gives back where it gives something: its expression, or that of each of its returns. */
function results(body: Node): Node[] {
  if (!ast.isBlock(body)) return [body]
  const found: Node[] = []
  const look = (node: Node): void => {
    if (isFunction(node)) return
    if (ast.isReturnStatement(node) && node.expression && node.expression.kind !== ast.SyntaxKind.NullKeyword)
      found.push(node.expression)
    node.forEachChild((child) => void look(child))
  }
  look(body)
  return found
}

const quoted = (name: string) => `"${name}"`

/** The fragments of SQL that drizzle and the driver know, as their types are named. */
const FRAGMENTS = new Set(['SQL', 'PendingQuery', 'PgColumn', 'PgTable', 'PgTableWithColumns'])

/** Composes one text of a statement. */
export class Composer {
  readonly #code: Code
  readonly #choices: Choices
  /** The driver's own tag takes a list as one parameter; drizzle's makes (a, b) of it. */
  readonly #ofDriver: boolean

  constructor(code: Code, choices: Choices, ofDriver: boolean) {
    this.#code = code
    this.#choices = choices
    this.#ofDriver = ofDriver
  }

  /** The text of an expression that stands in a statement. @throws Unreached */
  pieces(wrapped: Node, names: Names = NOTHING_BOUND): Pieces {
    const node = unwrapped(wrapped)
    if (ast.isTaggedTemplateExpression(node)) {
      this.#code.noteComposed(node)
      return this.#template(node, names)
    }
    if (ast.isConditionalExpression(node)) return this.pieces(this.#branch(node), names)
    if (isAnd(node)) return this.#choose(node.left, 2, names) === 0 ? this.pieces(node.right, names) : []
    if (ast.isArrayLiteralExpression(node) && !this.#ofDriver) return this.#list(node.elements, names)
    if (ast.isCallExpression(node)) return this.#call(node, names)
    if (ast.isIdentifier(node) && node.text === 'undefined') return []
    const schema = this.#schemaName(node)
    if (schema) return [schema]
    if (!this.#isFragment(node)) return this.#parameter(node)
    const bound = this.#bound(node, names)
    if (!bound) throw this.#unreached(node)
    return this.pieces(bound.node, bound.names)
  }

  #unreached(node: Node): Unreached {
    return new Unreached(`${node.getText(fileOf(node)).slice(0, 60)} at ${this.#code.place(node)}`)
  }

  #template({ template }: ast.TaggedTemplateExpression, names: Names): Pieces {
    if (ast.isNoSubstitutionTemplateLiteral(template)) return [template.text]
    const spans = template.templateSpans.map(({ expression, literal }) => [
      ...this.pieces(expression, names),
      literal.text,
    ])
    return [template.head.text, ...spans.flat()]
  }

  #branch(node: ast.ConditionalExpression): Node {
    return this.#choose(node.condition, 2) === 0 ? node.whenTrue : node.whenFalse
  }

  /** The side of a condition. What is there under a condition is asked for by that condition. */
  #choose(condition: Node, count: number, names: Names = NOTHING_BOUND): number {
    const bound = ast.isIdentifier(condition) ? this.#bound(condition, names) : null
    const given = bound && unwrapped(bound.node)
    return this.#choices.of(
      count,
      (given && isAnd(given) ? given.left : condition).getText(fileOf(condition)),
    )
  }

  #list(elements: readonly Node[], names: Names): Pieces {
    return [
      '(',
      ...elements.flatMap((element, i) => [i > 0 ? ', ' : '', ...this.pieces(element, names)]),
      ')',
    ]
  }

  #kinds(node: Node): string[] {
    const type = this.#code.checker.getTypeAtLocation(node)
    return type ? this.#kindsOf(type) : []
  }

  #kindsOf(type: Type): string[] {
    if (type.isUnionType()) return (type.getTypes() ?? []).flatMap((part) => this.#kindsOf(part))
    if (type.flags & TypeFlags.Any) return ['any']
    const name = type.getSymbol()?.name ?? ''
    if (name !== 'Promise' || !type.isTypeReference()) return [name]
    return this.#code.checker.getTypeArguments(type).flatMap((part) => this.#kindsOf(part))
  }

  #isFragment(node: Node): boolean {
    return this.#kinds(node).some((kind) => FRAGMENTS.has(kind))
  }

  #parameter(node: Node): Pieces {
    const kinds = this.#kinds(node)
    if (kinds.includes('any')) throw this.#unreached(node)
    const isList = !this.#ofDriver && kinds.some((kind) => kind === 'Array' || kind === 'ReadonlyArray')
    return isList ? ['(', null, ', ', null, ')'] : [null]
  }

  /** The name in the database of a table or a column of db/schema. */
  #schemaName(node: Node): string | null {
    const isColumn = ast.isPropertyAccessExpression(node)
    const owner = isColumn ? node.expression : node
    if (!ast.isIdentifier(owner)) return null
    const symbol = this.#code.symbol(owner)
    const declared = symbol && this.#code.declaration(symbol)
    if (!declared || !fileOf(declared).fileName.includes('/db/schema/')) return null
    const table = this.#code.table(symbol.name)
    if (!table) return null
    const name = quoted(getTableConfig(table).name)
    if (!isColumn) return name
    const column: unknown = table[node.name.text as keyof PgTable]
    return is(column, PgColumn) ? `${name}.${quoted(column.name)}` : null
  }

  #call(node: ast.CallExpression, names: Names): Pieces {
    const called = node.expression
    const [first, second] = node.arguments
    if (
      first &&
      ast.isPropertyAccessExpression(called) &&
      called.expression.getText(fileOf(node)) === 'sql'
    ) {
      if (called.name.text === 'raw') return [String(this.#value(first, names))]
      if (called.name.text === 'identifier') return [quoted(String(this.#value(first, names)))]
      if (called.name.text === 'param') return [null]
      if (called.name.text === 'join') {
        const between = second ? this.pieces(second, names) : []
        return this.#elements(first, names).flatMap((part, i) => (i > 0 ? [...between, ...part] : part))
      }
    }
    // The driver's own sql('name'); the names there are of databases, on which no statement's columns depend.
    if (this.#ofDriver && ast.isIdentifier(called) && called.text === 'sql') return [quoted('a name')]
    if (!this.#isFragment(node)) return this.#parameter(node)
    const body = this.#body(node, names)
    if (!body) throw this.#unreached(node)
    return this.pieces(body.node, body.names)
  }

  /** What a called function gives back, its parameters standing for the arguments. */
  #body(node: ast.CallExpression, names: Names): Bound | null {
    const called = this.#made(node.expression, names)
    if (!called || !isFunction(called.node) || !called.node.body) return null
    const bound = new Map([...names, ...called.names])
    called.node.parameters.forEach((parameter, i) => {
      const given = node.arguments[i] ?? parameter.initializer
      const own = ast.isIdentifier(parameter.name) && this.#code.symbol(parameter.name)
      if (given && own) bound.set(own.id, { node: given, names })
    })
    const given = results(called.node.body)
    const taken = given.length > 1 ? this.#choices.of(given.length, this.#code.place(called.node)) : 0
    return given[taken] ? { node: given[taken], names: bound } : null
  }

  /** The function or the object that an expression names. */
  #made(wrapped: Node, names: Names): Bound | null {
    const node = unwrapped(wrapped)
    if (isFunction(node) || ast.isObjectLiteralExpression(node)) return { node, names }
    if (ast.isConditionalExpression(node))
      return this.#made(node.whenTrue, names) ?? this.#made(node.whenFalse, names)
    if (ast.isCallExpression(node)) {
      const body = this.#body(node, names)
      return body && this.#made(body.node, body.names)
    }
    const symbol = ast.isIdentifier(node) ? this.#code.symbol(node) : undefined
    const declared = symbol && this.#code.declaration(symbol)
    if (declared && ast.isFunctionDeclaration(declared)) return { node: declared, names: NOTHING_BOUND }
    const bound = this.#bound(node, names)
    return bound && this.#made(bound.node, bound.names)
  }

  /** What a name, `object.name` or `object[name]` stands for. */
  #bound(node: Node, names: Names): Bound | null {
    if (ast.isElementAccessExpression(node)) return this.#member(node.expression, null, names)
    if (ast.isPropertyAccessExpression(node)) return this.#member(node.expression, node.name.text, names)
    if (!ast.isIdentifier(node)) return null
    const symbol = this.#code.symbol(node)
    const known = symbol && names.get(symbol.id)
    if (!symbol || known) return known ?? null
    const declared = this.#code.declaration(symbol)
    if (!declared) return null
    if (ast.isParameterDeclaration(declared)) return this.#given(declared)
    if (ast.isBindingElement(declared)) {
      const whole = declared.parent.parent
      if (!ast.isVariableDeclaration(whole) || !whole.initializer) return null
      const member = declared.propertyName ?? declared.name
      return member && ast.isIdentifier(member) ? this.#member(whole.initializer, member.text, names) : null
    }
    if (!ast.isVariableDeclaration(declared)) return null
    if (declared.initializer) return { node: declared.initializer, names }
    const loop = declared.parent.parent
    return ast.isForOfStatement(loop) ? this.#oneOf(loop.expression, names) : null
  }

  /** One of the elements of a list that is written out. */
  #oneOf(list: Node, names: Names): Bound | null {
    const node = unwrapped(list)
    if (!ast.isArrayLiteralExpression(node)) return null
    const taken = this.#choices.of(node.elements.length, this.#code.place(node))
    return { node: node.elements[taken]!, names }
  }

  /** A property of an object that is written out; any of them where the name is not known. */
  #member(object: Node, name: string | null, names: Names): Bound | null {
    const made = this.#made(object, names)
    if (!made || !ast.isObjectLiteralExpression(made.node)) return null
    const all = made.node.properties.filter((property) => ast.isPropertyAssignment(property))
    const named = all.filter((property) => name === null || property.name.getText(fileOf(property)) === name)
    if (named.length === 0) return null
    const taken = named.length > 1 ? this.#choices.of(named.length, this.#code.place(object)) : 0
    return { node: named[taken]!.initializer, names: made.names }
  }

  /** What the callers of a function give for one of its parameters: all of them are of the same call. */
  #given(parameter: ast.ParameterDeclaration): Bound | null {
    const made = parameter.parent
    if (!isFunction(made)) return null
    const calls = this.#code.calls(made)
    if (calls.length === 0) return null
    const call = calls[this.#choices.of(calls.length, this.#code.place(made))]!
    const given = call.arguments[made.parameters.indexOf(parameter)] ?? parameter.initializer
    return given ? { node: given, names: NOTHING_BOUND } : null
  }

  /** The fragments of a list: written out, made by `map`, or put into it one by one (then all of them). */
  #elements(wrapped: Node, names: Names): Pieces[] {
    const node = unwrapped(wrapped)
    if (ast.isConditionalExpression(node)) return this.#elements(this.#branch(node), names)
    if (ast.isArrayLiteralExpression(node))
      return node.elements.flatMap((element) =>
        ast.isSpreadElement(element)
          ? this.#elements(element.expression, names)
          : [this.pieces(element, names)],
      )
    if (ast.isCallExpression(node)) {
      const called = node.expression
      if (ast.isPropertyAccessExpression(called)) {
        const [made] = node.arguments
        if (called.name.text === 'filter' || called.name.text === 'values')
          return this.#elements(called.expression, names)
        if (called.name.text === 'map' && made && isFunction(made) && made.body) {
          const [given] = results(made.body)
          const isPassedOn = ast.isIdentifier(given!) && !this.#bound(given, names)
          return isPassedOn ? this.#elements(called.expression, names) : [this.pieces(given!, names)]
        }
      }
      const body = this.#body(node, names)
      if (body) return this.#elements(body.node, body.names)
    }
    if (ast.isNewExpression(node)) return []
    const bound = this.#bound(node, names)
    if (!bound) throw this.#unreached(node)
    return [...this.#elements(bound.node, bound.names), ...this.#put(node, names)]
  }

  /** What is put into a list by `push` or into a map by `set`, in the function that makes it. */
  #put(list: Node, names: Names): Pieces[] {
    const symbol = this.#code.symbol(list)
    const declared = symbol && this.#code.declaration(symbol)
    if (!declared || !ast.isVariableDeclaration(declared)) return []
    return [...within(functionOf(declared))].flatMap((node) => {
      if (!ast.isCallExpression(node) || !ast.isPropertyAccessExpression(node.expression)) return []
      const { expression, name } = node.expression
      if (!ast.isIdentifier(expression) || expression.text !== symbol.name) return []
      const last = node.arguments.at(-1)
      return last && (name.text === 'push' || name.text === 'set') ? [this.pieces(last, names)] : []
    })
  }

  /** The value of an expression that names only constants: it is run, with their values. */
  #value(wrapped: Node, names: Names): unknown {
    const node = unwrapped(wrapped)
    if (ast.isStringLiteral(node) || ast.isNoSubstitutionTemplateLiteral(node)) return node.text
    if (ast.isConditionalExpression(node)) return this.#value(this.#branch(node), names)
    const bound = this.#bound(node, names)
    if (bound) return this.#value(bound.node, bound.names)
    const type = this.#code.checker.getTypeAtLocation(node)
    const words = type?.isUnionType() ? (type.getTypes() ?? []) : type ? [type] : []
    const literals = words.flatMap((word) => (word.isStringLiteralType() ? [word.value] : []))
    if (literals.length > 0 && literals.length === words.length)
      return literals[this.#choices.of(words.length, node.getText(fileOf(node)))]
    return this.#run(node, names)
  }

  #run(node: Node, names: Names): unknown {
    const free = new Map<string, unknown>()
    const inner = [node, ...within(node)]
    for (const name of inner) {
      if (!ast.isIdentifier(name) || free.has(name.text) || inner.some((part) => isTypeOf(part, name)))
        continue
      if (ast.isPropertyAccessExpression(name.parent) && name.parent.name === name) continue
      const symbol = this.#code.symbol(name)
      const declared = symbol && this.#code.declaration(symbol)
      if (!declared || inner.includes(declared) || fileOf(declared).isDeclarationFile) continue
      if (name === node) throw this.#unreached(node)
      free.set(name.text, isFunction(declared) ? this.#run(declared, names) : this.#value(name, names))
    }
    return new Function(...free.keys(), `return (${untyped(node)})`)(...free.values())
  }
}

const isTypeOf = (type: Node, name: Node): boolean =>
  ast.isTypeNode(type) && name.pos >= type.pos && name.end <= type.end && fileOf(type) === fileOf(name)

function functionOf(node: Node): Node {
  return ast.isSourceFile(node) || isFunction(node) ? node : functionOf(node.parent)
}

/** The source of an expression or a function without its types. */
function untyped(node: Node): string {
  const file = fileOf(node)
  const cuts: [number, number][] = []
  for (const part of [node, ...within(node)]) {
    if (ast.isAsExpression(part) || ast.isSatisfiesExpression(part) || ast.isNonNullExpression(part))
      cuts.push([part.expression.end, part.end])
    else if (
      (ast.isParameterDeclaration(part) || ast.isVariableDeclaration(part) || isFunction(part)) &&
      part.type
    )
      cuts.push([part.type.pos - 1, part.type.end])
    else if (part.kind === ast.SyntaxKind.ExportKeyword) cuts.push([part.pos, part.end])
  }
  const begin = node.getStart(file)
  return cuts
    .sort(([a], [b]) => b - a)
    .reduce(
      (text, [from, to]) => text.slice(0, Math.max(0, from - begin)) + text.slice(to - begin),
      node.getText(file),
    )
}
