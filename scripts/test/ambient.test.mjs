import { describe, expect, it } from 'vitest'
import { check } from '../checks/ambient.mjs'
import { withFixture } from './support/fixture.mjs'

/** @type {[code: string, message: RegExp][]} */
const inCore = [
  ['const a = Date.now()', /Date\.now reads the clock/],
  ['const a = globalThis.Date.now()', /Date\.now reads the clock/],
  ['const now = Date.now', /Date\.now reads the clock/],
  ['const a = new Date()', /new Date\(\)/],
  ['const a = Date()', /Date\(\) reads/],
  ['const a = performance.now()', /performance\.now/],
  ['const a = Math.random()', /Math\.random/],
  ['crypto.getRandomValues(new Uint8Array(1))', /getRandomValues/],
  ["import { randomBytes as r } from 'node:crypto'", /randomBytes/],
  ['const id = crypto.randomUUID()', /randomUUID/],
  ['const a = Buffer.from([])', /Buffer is a global/],
  ['export type A = Buffer', /Buffer is a global/],
  ["const a = process.env['A']", /process is a global/],
  ['const a = globalThis', /globalThis is a global/],
  ['setTimeout(() => {}, 1)', /setTimeout is a clock/],
]

const harmless = `
export const start = (clock: { now(): Date }, process: () => void) => { process(); return clock.now() }
export const parsed = new Date(0).getTime() + new Date('2030-01-01').getTime() + Date.UTC(2030, 0)
export const names = { process: 1, Buffer: 2, setTimeout: 3 }
export const used = names.process + names.Buffer
// Date.now() and Math.random() in a comment; 'Buffer' in a text
`

describe('ambient', () => {
  it.each(inCore)('refuses in core and the protocols: %s', async (code, message) => {
    for (const path of ['packages/core/src/ca/a.ts', 'packages/est/src/service/a.ts']) {
      await withFixture({ [path]: `\n${code}` }, (root) => {
        const found = check({ root })
        expect(found).toContainEqual(expect.stringMatching(message))
        expect(found[0]).toMatch(`${path}:2: `)
      })
    }
  })

  it('refuses a clock in an adapter, but not a timer or a Buffer', () =>
    withFixture({ 'packages/store-sql/src/a.ts': 'setTimeout(f, 1)\nBuffer.from([])\nDate.now()' }, (root) => {
      expect(check({ root })).toEqual([expect.stringMatching(/a\.ts:3: Date\.now/)])
    }))

  it('refuses a clock in what converts to the values of Node, but not a Buffer', () =>
    withFixture(
      {
        'packages/core/src/interop/node/a.ts': 'Buffer.from([])\nDate.now()',
        'packages/core/src/interop/pkijs/a.ts': 'Buffer.from([])',
      },
      (root) => {
        expect(check({ root })).toEqual([
          expect.stringMatching(/node\/a\.ts:2: Date\.now/),
          expect.stringMatching(/pkijs\/a\.ts:1: Buffer/),
        ])
      },
    ))

  it('accepts arguments of the same names, fixed dates and comments', () =>
    withFixture({ 'packages/core/src/ca/a.ts': harmless }, (root) => expect(check({ root })).toEqual([])))

  it.each([
    'packages/core/src/defaults/system.ts',
    'packages/node/src/serve.ts',
    'packages/testkit/src/postgres/server.ts',
    'examples/platform/src/main.ts',
  ])('leaves %s alone', (path) =>
    withFixture({ [path]: 'Date.now(); Math.random()' }, (root) => expect(check({ root })).toEqual([])),
  )
})
