import { CaaError } from '@certwright/core/caa'
import { CtError } from '@certwright/core/ct'
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

it.each([
  ['for now', new CtError('the log is at http://10.0.0.1', [], true), 'unavailable'],
  ['for good', new CtError('the log is at http://10.0.0.1', [], false), 'not-allowed'],
  ['at an issuer elsewhere', new CertwrightError('ct', 'no'), 'not-allowed'],
])('too few timestamps %s: the requester hears nothing of the logs', (_, error, code) => {
  expect(rejectionOf(error)).toEqual({ code, reason: 'the certificate could not be logged' })
})
