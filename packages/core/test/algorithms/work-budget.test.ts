import { createWorkBudget, type DerivationLimits } from '@certwright/core/algorithms'
import { expect, it } from 'vitest'

const derivation = {
  kind: 'pbkdf2',
  hash: 'sha256',
  salt: new Uint8Array(8),
  iterations: 10_000_000,
  length: 32,
} as const
const work = { kind: 'pbmac1', derivation, hash: 'sha256' } as const

it.each([
  ['no limits', {}],
  ['limits that are there and undefined', { maxIterations: undefined } as unknown as DerivationLimits],
])('refuses the fifth largest derivation with %s', (_, limits) => {
  const budget = createWorkBudget(limits)
  for (let count = 0; count < 4; count++) budget.spend(work)
  expect(() => budget.spend(work)).toThrow(expect.objectContaining({ code: 'limit' }))
})
