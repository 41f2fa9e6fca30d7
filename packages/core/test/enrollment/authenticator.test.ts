import { type Authenticator, anyOf, createEnrollment } from '@certwright/core/enrollment'
import { expect, it } from 'vitest'
import { enrollmentWorld } from './world.js'

/** What an authenticator of an embedding program without types may answer. */
const answering = (answer: unknown): Authenticator => ({ authenticate: async () => answer }) as unknown as Authenticator

it.each([
  ['null', null],
  ['false', false],
  ['true', true],
  ['a name alone', 'admin'],
  ['an object without a name', {}],
  ['an empty name', { name: '', method: 'passcode' }],
])('recognizes nobody where an authenticator answers %s', async (_, answer) => {
  const { deps, store, issuing, policy, context } = await enrollmentWorld()
  const somebody = { name: 'somebody', method: 'passcode' }
  const ask = async (authenticate: Authenticator) => {
    const policies = { '': { issuer: issuing, profile: policy.profile, authenticate } }
    const enrollment = createEnrollment({ ...deps, audit: store.audit }, policies)
    const found = enrollment.policy('')
    return found && enrollment.authenticate(found, { clientCertificates: [] }, context())
  }
  expect(await ask(answering(answer))).toBeUndefined()
  expect(await ask(anyOf(answering(answer), answering(somebody)))).toEqual(somebody)
})
