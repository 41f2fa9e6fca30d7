import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRoute } from '../../src/routes.js'

const at = (rest: string): ReturnType<typeof parseRoute> => parseRoute(`/.well-known/est/${rest}`)

describe('EST paths', () => {
  it.each([
    ['cacerts', '', 'cacerts'],
    ['devices/cacerts', 'devices', 'cacerts'],
    ['a/b/c/simpleenroll', 'a/b/c', 'simpleenroll'],
    ['cacerts/cacerts', 'cacerts', 'cacerts'],
    ['caf%C3%A9/cacerts', 'café', 'cacerts'],
    ['a%20b/cacerts', 'a b', 'cacerts'],
    ['__proto__/constructor', '__proto__', 'constructor'],
    ['%63acerts', '', 'cacerts'],
  ])('%s', (rest, label, operation) => {
    expect(at(rest)).toEqual({ label, operation })
  })

  it.each([
    '',
    '/',
    'cacerts/',
    '/cacerts',
    'a//cacerts',
    'a%2Fb/cacerts',
    'a%5Cb/cacerts',
    'a%00/cacerts',
    '%zz/cacerts',
    '%C3/cacerts',
  ])('%j is none', (rest) => {
    expect(at(rest)).toBeUndefined()
  })

  it('has an end: seventeen segments are too many', () => {
    expect(at(`${'a/'.repeat(15)}cacerts`)).toBeDefined()
    expect(at(`${'a/'.repeat(16)}cacerts`)).toBeUndefined()
  })

  it('takes nothing outside /.well-known/est/', () => {
    for (const path of ['/', '/est/cacerts', '/.well-known/est', '/.well-known/estx/cacerts']) {
      expect(parseRoute(path)).toBeUndefined()
    }
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.webPath(), fc.string(), (path, rest) => void [at(path), at(rest)]))
  })
})
