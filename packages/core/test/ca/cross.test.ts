import { createOrOpenCa, crossCertify } from '@certwright/core/ca'
import { describe, expect, it } from 'vitest'
import { opensslRequest, opensslText, opensslVerify } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const by = { actor: 'operator', requestId: 'cross' }
const device = opensslRequest('p256', '/CN=device-1')

/** Two hierarchies that do not know each other. */
async function world() {
  const deps = testDeps()
  const { root, issuing } = await testAuthorities(deps)
  const options = {
    id: 'other~root',
    subject: 'CN=Other Root',
    profile: 'basic-ca-root',
    profiles: [{ extends: 'basic-ca-subord', id: 'cross', basicConstraints: { cA: true, pathLenConstraint: 1 } }],
  }
  const other = await createOrOpenCa(deps, { ...options, issueIntermediates: true })
  const order = { ...by, profile: 'cross', certificates: [root.certificate] }
  return { deps, root, issuing, other, options, order }
}

describe('a cross-certificate', () => {
  it('lets those who trust the one CA verify what the other one issues', async () => {
    const { deps, root, issuing, other, order } = await world()
    const { certificate } = await issuing.order(orderOf(device, 'r1'))
    const cross = await crossCertify(deps, other, order)
    expect(opensslVerify(certificate, [other.certificate, cross.certificate, issuing.certificate])).toContain('OK')
    expect(() => opensslVerify(certificate, [other.certificate, issuing.certificate])).toThrow()
    const identifier = (text: string) => /Subject Key Identifier: \n\s+(\S+)/.exec(text)?.[1]
    expect(identifier(opensslText(cross.certificate))).toBe(identifier(opensslText(root.certificate)))
    expect((await crossCertify(deps, other, order)).certificate).toEqual(cross.certificate)
  })

  it('is made for a CA in the middle, too', async () => {
    const { deps, issuing, other, order } = await world()
    const { certificate } = await issuing.order(orderOf(device, 'r1'))
    const cross = await crossCertify(deps, other, { ...order, certificates: await issuing.certificates() })
    expect(opensslVerify(certificate, [other.certificate, cross.certificate])).toContain('OK')
  })

  it('is refused for what is no CA, for a chain that is none, for the CA itself, and by a CA that certifies no CAs', async () => {
    const { deps, root, issuing, other, options, order } = await world()
    const { certificate } = await issuing.order(orderOf(device, 'r1'))
    const cross = (certificates: readonly Uint8Array[]) => crossCertify(deps, other, { ...order, certificates })
    const configuration = { code: 'configuration' }
    await expect(cross([])).rejects.toMatchObject(configuration)
    await expect(cross([certificate, issuing.certificate, root.certificate])).rejects.toMatchObject(configuration)
    await expect(cross([issuing.certificate])).rejects.toMatchObject(configuration)
    await expect(cross([issuing.certificate, other.certificate])).rejects.toMatchObject(configuration)
    await expect(cross([other.certificate])).rejects.toMatchObject({ code: 'profile-violation' })
    const { profiles: _, ...plain } = options
    const meek = await createOrOpenCa(deps, plain)
    await expect(crossCertify(deps, meek, order)).rejects.toMatchObject({ code: 'ca' })
  })
})
