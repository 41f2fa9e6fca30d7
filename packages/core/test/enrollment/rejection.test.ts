import { CaaError } from '@certwright/core/caa'
import { CertwrightError } from '@certwright/core/errors'
import { expect, it } from 'vitest'
import { rejectionOf } from '../../src/enrollment/rejection.js'

const finding = (outcome: 'forbidden' | 'failed') => ({ name: 'a.example', outcome, reason: 'because' })
const caa = (...outcomes: ('forbidden' | 'failed')[]) =>
  new CaaError({ allowed: false, findings: outcomes.map(finding), reports: [] })

it.each([
  ['a forbidden name', caa('forbidden'), 'not-allowed'],
  ['a name that cannot be looked up', caa('failed'), 'unavailable'],
  ['both', caa('failed', 'forbidden'), 'not-allowed'],
  ['an issuer elsewhere', new CertwrightError('caa', 'no'), 'not-allowed'],
])('CAA: %s', (_, error, code) => {
  expect(rejectionOf(error)).toEqual({ code, reason: error.message })
})
