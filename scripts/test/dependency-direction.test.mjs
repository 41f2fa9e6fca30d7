import { describe, expect, it } from 'vitest'
import { check } from '../checks/dependency-direction.mjs'
import { withFixture } from './support/fixture.mjs'

/** @type {[string, Record<string, string>, RegExp][]} */
const violations = [
  [
    'a protocol imports its sibling',
    { 'packages/est/src/client.ts': `import '@certwright/cmp'` },
    /client\.ts:1: imports its sibling @certwright\/cmp/,
  ],
  [
    'an adapter imports a protocol',
    { 'packages/node/src/a.ts': `import type { X } from '@certwright/est'` },
    /imports its sibling/,
  ],
  [
    'a package imports itself by name',
    { 'packages/est/src/client.ts': `import '@certwright/est'` },
    /imports its own package by name/,
  ],
  [
    'a package reaches into another',
    { 'packages/est/src/client.ts': `import '../../core/src/ca/index.js'` },
    /outside of its package/,
  ],
  [
    'core imports node:*',
    { 'packages/core/src/ca/a.ts': `\nimport { x } from 'node:crypto'` },
    /a\.ts:2: imports node:crypto/,
  ],
  ['a dynamic import of node:*', { 'packages/core/src/ca/a.ts': `await import('node:fs')` }, /imports node:fs/],
  [
    'a protocol imports node:*',
    { 'packages/est/src/handler.ts': `export { x } from 'node:http'` },
    /imports node:http/,
  ],
  [
    'asn1 imports upwards',
    { 'packages/core/src/asn1/a.ts': `import type { N } from '../x509/index.js'` },
    /core\/asn1 imports core\/x509; it may import nothing and errors/,
  ],
  [
    'a type in import()',
    { 'packages/core/src/asn1/a.ts': `export type A = import('../ca/index.js').A` },
    /core\/asn1 imports core\/ca/,
  ],
  [
    'ca imports enrollment',
    { 'packages/core/src/ca/a.ts': `export * from '../enrollment/index.js'` },
    /core\/ca imports core\/enrollment/,
  ],
  [
    'a room imports the defaults',
    { 'packages/core/src/ca/a.ts': `import '../defaults/index.js'` },
    /only core\/index\.ts may/,
  ],
  [
    'a room imports the whole package',
    { 'packages/core/src/ca/a.ts': `import '../index.js'` },
    /imports the package's own index/,
  ],
  [
    'errors import something',
    { 'packages/core/src/errors.ts': `import './asn1/index.js'` },
    /core\/errors imports nothing/,
  ],
  ['an unknown room of core', { 'packages/core/src/misc/a.ts': `import '../asn1/index.js'` }, /room misc is not in/],
  [
    'an unknown room of a protocol',
    { 'packages/est/src/misc.ts': `import './messages/index.js'` },
    /room misc is not in/,
  ],
  [
    'messages import the door',
    { 'packages/est/src/messages/a.ts': `import '@certwright/core/enrollment'` },
    /messages imports @certwright\/core\/enrollment/,
  ],
  [
    'messages import the service',
    { 'packages/est/src/messages/a.ts': `import '../service/a.js'` },
    /messages imports service/,
  ],
  [
    'a service knows HTTP',
    { 'packages/est/src/service/a.ts': `import '@certwright/core/http'` },
    /service imports @certwright\/core\/http/,
  ],
  [
    'a handler decides by profile',
    { 'packages/est/src/handler.ts': `import '@certwright/core/profile'` },
    /handler imports @certwright\/core\/profile/,
  ],
  ['a protocol imports all of core', { 'packages/est/src/client.ts': `import '@certwright/core'` }, /all of core/],
  ['a port with a value', { 'packages/core/src/ports/a.ts': `export const a = 1` }, /interfaces and types only/],
  [
    'a port that imports a value',
    { 'packages/core/src/ports/a.ts': `import { a } from '../algorithms/a.js'` },
    /interfaces and types only/,
  ],
  [
    "the package's index imports the interop room",
    { 'packages/core/src/index.ts': `export * from './interop/node/index.js'` },
    /core\/index imports core\/interop, whose libraries users may do without/,
  ],
  [
    'a room imports the interop room',
    { 'packages/core/src/ca/a.ts': `import type { A } from '../interop/pkijs/index.js'` },
    /core\/ca imports core\/interop/,
  ],
  [
    'an optional library outside of its folder',
    { 'packages/core/src/cms/a.ts': `import type { SignedData } from 'pkijs'` },
    /imports pkijs, which users may do without; only core\/interop\/pkijs\/ may/,
  ],
  [
    'an optional library in the folder of another',
    { 'packages/core/src/interop/node/a.ts': `import '@peculiar/x509'` },
    /imports @peculiar\/x509, .* only core\/interop\/peculiar\/ may/,
  ],
  [
    'node:* in another folder of the interop room',
    { 'packages/core/src/interop/pkijs/a.ts': `import 'node:crypto'` },
    /imports node:crypto; only core\/defaults, core\/interop\/node/,
  ],
  [
    'the interop room imports more than structures',
    { 'packages/core/src/interop/node/a.ts': `import '../../ca/index.js'` },
    /core\/interop imports core\/ca/,
  ],
  [
    'files in a circle',
    { 'packages/core/src/ca/a.ts': `import './b.js'`, 'packages/core/src/ca/b.ts': `import './a.js'` },
    /ca\/a\.ts -> .*ca\/b\.ts -> .*ca\/a\.ts: files import each other in a circle/,
  ],
]

const allowed = {
  'packages/core/src/index.ts': `export * from './defaults/index.js'\nexport * from './ca/index.js'`,
  'packages/core/src/defaults/index.ts': `import 'node:crypto'\nimport type { P } from '../ports/index.js'`,
  'packages/core/src/ports/index.ts': `import type { H } from '../algorithms/names.js'\nexport interface P { readonly h: H }\nexport type * from './a.js'`,
  'packages/core/src/ca/index.ts': `import '../errors.js'\nimport '../profile/index.js'\nimport type { B } from './b.js'`,
  'packages/core/src/ca/b.ts': `import './index.js'`,
  'packages/core/src/interop/read-by.ts': `import '../errors.js'`,
  'packages/core/src/interop/node/index.ts': `import 'node:crypto'\nimport '../../x509/index.js'\nimport '../read-by.js'`,
  'packages/core/src/interop/pkijs/index.ts': `import 'pkijs'\nimport '../../cms/index.js'`,
  'packages/est/src/create-est.ts': `import '@certwright/core/defaults'\nimport './handler.js'`,
  'packages/est/src/handler.ts': `import '@certwright/core/http'\nimport './service/enroll.js'`,
  'packages/est/src/service/enroll.ts': `import '../messages/index.js'\nimport '@certwright/core/enrollment'`,
  'packages/node/src/index.ts': `import 'node:https'\nimport '@certwright/core/http'`,
  'examples/platform/src/main.ts': `import '@certwright/est'\nimport 'node:fs'`,
}

describe('dependency-direction', () => {
  it('accepts the house', () => withFixture(allowed, (root) => expect(check({ root })).toEqual([])))

  it.each(violations)('refuses: %s', (_, files, message) =>
    withFixture(files, (root) => expect(check({ root })).toEqual([expect.stringMatching(message)])),
  )
})
