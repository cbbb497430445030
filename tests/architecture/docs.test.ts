import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { files, read, root } from '../support/imports'
import { withRooms } from '../support/rooms'

/** Written by people for people: reports of builds and fixtures are neither. */
const documents = files.filter(
  (file) => /(?<!-report)\.md$/.test(file) && !file.startsWith('tests/fixtures/'),
)
const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '')

/** As many words as a newcomer reads in ten minutes, at 240 a minute. */
const WORDS_MAX = 2400

describe('the documents', () => {
  test('ARCHITECTURE.md shows the rooms as the imports have them, each with its purpose', () => {
    const document = read('ARCHITECTURE.md')
    expect(withRooms(document), 'the table is old: npm run docs:rooms').toBe(document)
    expect(document).not.toMatch(/`lib\/[\w-]+` \| \? \|/)
  })

  test('every decision stands in the index, under the number of its file', () => {
    const index = read('docs/decisions/README.md')
    const decisions = documents.filter((file) => /^docs\/decisions\/\d{4}-/.test(file))
    expect(decisions.length).toBeGreaterThan(0)
    for (const file of decisions) {
      const number = Number(file.slice('docs/decisions/'.length, 'docs/decisions/0000'.length))
      expect(read(file), file).toMatch(new RegExp(`^# ${number}\\. `))
      expect(index, file).toMatch(new RegExp(`^\\| ${number} \\|.*\\(${file.split('/').at(-1)}\\)`, 'm'))
    }
  })

  test('every recipe stands in the index', () => {
    const index = read('docs/recipes/README.md')
    for (const file of documents.filter((name) => /^docs\/recipes\/[a-z]/.test(name)))
      expect(index).toContain(`(${file.split('/').at(-1)})`)
  })

  test('links to our own files lead somewhere', () => {
    const dead = documents.flatMap((file) =>
      [...withoutCode(read(file)).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(root, normalize(join(dirname(file), target)))))
        .map((target) => `${file}: ${target}`),
    )
    expect(dead).toEqual([])
  })

  test('paths of our own code that documents name are there', () => {
    const dead = documents
      .filter((file) => !file.startsWith('docs/decisions/') && file !== 'CHANGELOG.md')
      .flatMap((file) =>
        [...read(file).matchAll(/(?<![\w./-])(?:app|db|lib|tests|public|docs)\/[\w./[\]-]*\w/g)]
          .map(([path]) => path)
          .filter((path) => !['', '.ts', '.tsx'].some((ending) => existsSync(join(root, path + ending))))
          .map((path) => `${file}: ${path}`),
      )
    expect(dead).toEqual([])
  })

  test('no document is longer than a newcomer reads in ten minutes, but for what the builder prints', () => {
    const long = documents.filter(
      (file) =>
        !/^db\/starter\/[\w-]*report\.md$/.test(file) &&
        (withoutCode(read(file)).match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? []).length > WORDS_MAX,
    )
    expect(long).toEqual([])
  })

  test('every bench and drill is an npm script with a line in docs/drills.md; documents name no other scripts', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run (?:-s )?([a-z][\w:-]*[a-z])(?![:\w])/g)].map(([, name]) => name!),
    )
    expect([...new Set(named)].filter((name) => !scripts[name])).toEqual([])
    const commands = Object.values(scripts).flatMap(
      (command) => command.match(/tests\/[\w/-]+\.(?:test\.)?ts/g) ?? [],
    )
    expect(commands.filter((file) => !files.includes(file))).toEqual([])
    const benches = files.filter((file) => /^tests\/bench\/.*\.ts$/.test(file))
    expect(benches.filter((file) => !commands.includes(file))).toEqual([])
    const lines = read('docs/drills.md')
    const byHand = Object.keys(scripts).filter((name) => /^(drill|bench):/.test(name))
    expect(byHand.filter((name) => !lines.includes(`\`npm run ${name}\``))).toEqual([])
  })
})
