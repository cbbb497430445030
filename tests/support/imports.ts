/** Which file of app, db and lib imports which, read from their text. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** The root of the repository. */
export const root = join(import.meta.dirname, '../..')

/** Every file of the repository, as its path from the root; what git ignores is left out. */
export const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)))

/** The files that hold code of the site. */
export const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && /^(app|db|lib)\//.test(file))

/** The text of a file. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** That one file imports another, or a package. */
export interface Import {
  file: string
  /** A path from the root without its ending for our own files, else the package's name. */
  target: string
  /** True for `import type`: nothing of it is there when the code runs. */
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g,
  )
  return [...found].map(([, type, named, dynamic]) => {
    const name = (named ?? dynamic)!
    const target = name.startsWith('@/')
      ? name.slice(2)
      : name.startsWith('.')
        ? normalize(join(dirname(file), name))
        : name
    return { file, target: target.replace(/\.(ts|tsx|mjs)$/, ''), typeOnly: Boolean(type) }
  })
}

/** All imports of the site's code. */
export const imports = code.flatMap(importsOf)

/** The room a path lies in: `ledger` for `lib/ledger/turn`; undefined outside lib. */
export const roomOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1]
