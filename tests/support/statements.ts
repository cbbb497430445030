/**
 * Finds the SQL statements of the code without running it: where each is asked, the texts PostgreSQL would be sent (all
 * of them, where a condition chooses between fragments), and the row type that stands beside it.
 */
import path from 'node:path'
import { is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as ast from 'typescript/unstable/ast'
import { API, type Checker, type Symbol as Name, type Project, type Type } from 'typescript/unstable/sync'
import { type Code, Composer, everyWay, fileOf, Unreached, unwrapped, within } from './compose-sql'

type Node = ast.Node

/** One place of the code that asks the database. */
export interface Statement {
  /** `lib/ledger/turn.ts:20`. */
  place: string
  /** Every text it can become, parameters as $1, $2 …; empty where `unreached` says why none can be composed. */
  texts: string[]
  unreached: string | null
  /** The type of each column of a row as the code has it; null where the rows keep the type of unknown values. */
  row: ReadonlyMap<string, Type> | null
  /** Whether it is sent by the driver's own tag, and not through drizzle. */
  ofDriver: boolean
}

const isExecute = (node: Node): node is ast.CallExpression =>
  ast.isCallExpression(node) &&
  ast.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === 'execute' &&
  node.arguments.length === 1

/** A value of the tables it names, as a statement of its own. */
function asStatement(value: string): string {
  const tables = [...new Set([...value.matchAll(/("\w+")\."\w+"/g)].map(([, table]) => table))]
  if (/\bexcluded\./.test(value)) tables.push(`${tables[0]} as excluded`)
  return `select ${value} as value${tables.length > 0 ? ` from ${tables.join(', ')}` : ''}`
}

/** The statements of the project's code, read through the TypeScript compiler. */
export class StatementReader implements Code {
  readonly #api: API
  readonly #project: Project
  readonly #tables: Map<string, PgTable>
  readonly #root: string
  readonly checker: Checker
  readonly #composed = new Set<string>()
  #calls: Map<string, ast.CallExpression[]> | undefined

  /** @param schema every module of db/schema, whose tables and columns statements name. */
  constructor(root: string, schema: readonly object[]) {
    this.#root = root
    this.#api = new API({ cwd: root })
    this.#project = this.#api
      .updateSnapshot({ openProjects: [path.join(root, 'tsconfig.json')] })
      .getProjects()[0]!
    this.checker = this.#project.checker
    this.#tables = new Map(
      schema
        .flatMap((module) => Object.entries(module))
        .filter((entry): entry is [string, PgTable] => is(entry[1], PgTable)),
    )
  }

  close(): void {
    this.#api.close()
  }

  /** The files of these folders, as addresses on this machine. */
  files(...folders: string[]): string[] {
    const begin = folders.map((folder) => path.join(this.#root, folder))
    return this.#project.program
      .getSourceFileNames()
      .filter((name) => begin.some((part) => name.startsWith(part)))
  }

  /**
   * Every statement that these files send through drizzle's `execute` or the driver's own tag, then every condition and
   * value written by hand in a typed query, as a statement of the tables it names.
   */
  statements(files: readonly string[]): Statement[] {
    const nodes = files.flatMap((name) => [...within(this.#project.program.getSourceFile(name)!)])
    const whole = nodes.flatMap((node) => this.#statement(node) ?? [])
    const parts = nodes.flatMap((node) => this.#part(node) ?? [])
    return [...whole, ...parts]
  }

  #part(node: Node): Statement | null {
    if (!ast.isTaggedTemplateExpression(node) || this.#composed.has(this.#nameOf(node))) return null
    if (this.checker.getTypeAtLocation(node)?.getSymbol()?.name !== 'SQL') return null
    const [named] = node.typeArguments ?? []
    const type = named && this.checker.getTypeFromTypeNode(named)
    const { texts, unreached } = this.#texts(node, false)
    const row = type ? new Map([['value', type]]) : null
    return { place: this.place(node), row, texts: texts.map(asStatement), unreached, ofDriver: false }
  }

  #nameOf(node: Node): string {
    return `${fileOf(node).fileName} ${node.pos}`
  }

  noteComposed(template: Node): void {
    this.#composed.add(this.#nameOf(template))
  }

  #statement(node: Node): Statement | null {
    const place = this.place(node)
    if (isExecute(node)) {
      const [named] = node.typeArguments ?? []
      const row = named ? this.checker.getTypeFromTypeNode(named) : this.#castRow(node)
      return { place, row: this.#columns(row), ...this.#texts(node.arguments[0]!, false) }
    }
    if (!ast.isTaggedTemplateExpression(node)) return null
    if (!this.#isSent(node)) return null
    const [named] = node.typeArguments ?? []
    const rows = named && this.checker.getTypeFromTypeNode(named)
    return { place, row: this.#columns(rows && this.#element(rows)), ...this.#texts(node, true) }
  }

  #columns(row: Type | null | undefined): Statement['row'] {
    if (!row) return null
    const fields = this.checker.getPropertiesOfType(row)
    return new Map(fields.map((field) => [field.name, this.checker.getTypeOfSymbol(field)!]))
  }

  #texts(text: Node, ofDriver: boolean): Pick<Statement, 'texts' | 'unreached' | 'ofDriver'> {
    try {
      const texts = everyWay((choices) => {
        let parameters = 0
        return new Composer(this, choices, ofDriver)
          .pieces(text)
          .map((piece) => piece ?? `$${++parameters}`)
          .join('')
      })
      return { texts: [...new Set(texts)], unreached: null, ofDriver }
    } catch (error) {
      if (error instanceof Unreached) return { texts: [], unreached: error.message, ofDriver }
      throw error
    }
  }

  /** The row type of `(await execute(…)) as unknown as Row[]`. */
  #castRow(node: Node): Type | null {
    let outermost: Node = node
    while (unwrapped(outermost.parent) === unwrapped(node)) outermost = outermost.parent
    if (!ast.isAsExpression(outermost)) return null
    return this.#element(this.checker.getTypeFromTypeNode(outermost.type)!)
  }

  #element(rows: Type): Type | null {
    return rows.isTypeReference() ? (this.checker.getTypeArguments(rows)[0] ?? null) : null
  }

  /** Whether a tagged template is a query of the driver's own, and not a part of another one. */
  #isSent(node: ast.TaggedTemplateExpression): boolean {
    const type = this.checker.getTypeAtLocation(node)
    if (!type?.getSymbol()?.name.startsWith('PendingQuery')) return false
    for (let up: Node = node.parent; up; up = up.parent) {
      if (ast.isTemplateSpan(up)) return !ast.isTaggedTemplateExpression(up.parent.parent)
      if (ast.isBlock(up) || ast.isSourceFile(up)) return true
    }
    return true
  }

  /** `lib/ledger/turn.ts:20`. */
  place(node: Node): string {
    const file = fileOf(node)
    const line = file.text.slice(0, node.getStart(file)).split('\n').length
    return `${path.relative(this.#root, file.fileName)}:${line}`
  }

  /** What a name was declared as, through imports. */
  symbol(node: Node): Name | undefined {
    const shorthand = ast.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : undefined
    const symbol = shorthand ?? this.checker.getSymbolAtLocation(node)
    const declared = symbol?.declarations[0]?.resolve(this.#project)
    const isImported = declared && (ast.isImportSpecifier(declared) || ast.isExportSpecifier(declared))
    return isImported ? this.checker.getAliasedSymbol(symbol!) : symbol
  }

  declaration(symbol: Name): Node | undefined {
    return symbol.declarations[0]?.resolve(this.#project)
  }

  table(name: string): PgTable | undefined {
    return this.#tables.get(name)
  }

  /** Every call of a function. */
  calls(made: Node): ast.CallExpression[] {
    const name = ast.isVariableDeclaration(made.parent)
      ? made.parent.name
      : (made as ast.FunctionDeclaration).name
    if (!name || !ast.isIdentifier(name)) return []
    this.#calls ??= this.#allCalls()
    const symbol = this.symbol(name)
    const called = this.#calls.get(name.text) ?? []
    return called.filter(({ expression }) => this.symbol(expression)?.id === symbol?.id)
  }

  #allCalls(): Map<string, ast.CallExpression[]> {
    const calls = new Map<string, ast.CallExpression[]>()
    for (const address of this.files('app', 'lib', 'db'))
      for (const node of within(this.#project.program.getSourceFile(address)!))
        if (ast.isCallExpression(node) && ast.isIdentifier(node.expression))
          calls.set(node.expression.text, [...(calls.get(node.expression.text) ?? []), node])
    return calls
  }
}
