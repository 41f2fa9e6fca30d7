import { generalName } from '@certwright/core/pkix'
import {
  Certificate,
  decodeExtension,
  ExtendedKeyUsage,
  extensionOid,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const timeStamping = { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true }

describe('an order with wishes of its own', () => {
  it('gets a timestamp certificate from an ordinary profile when it is privileged, and else a refusal', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const order = { ...orderOf(opensslRequest('p256', '/CN=tsa'), 'tsa'), override: { extendedKeyUsage: timeStamping } }
    await expect(issuing.order(order)).rejects.toMatchObject({ violations: [{ code: 'override-not-allowed' }] })
    const { certificate } = await issuing.order({ ...order, privileged: true })
    const { extensions } = Certificate.decode(certificate).tbsCertificate.value
    expect(decodeExtension(ExtendedKeyUsage, extensions, extensionOid.extendedKeyUsage)).toEqual(timeStamping.purposes)
  })

  it('gets the names it gives, and is another order with others', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const order = orderOf(opensslRequest('p256', '/CN=a'), 'names')
    const names = [generalName.ip('192.0.2.1')]
    const { certificate } = await issuing.order({ ...order, names })
    const { extensions } = Certificate.decode(certificate).tbsCertificate.value
    expect(decodeExtension(SubjectAlternativeName, extensions, extensionOid.subjectAltName)).toEqual(names)
    expect((await issuing.order({ ...order, names })).certificate).toEqual(certificate)
    const others = issuing.order({ ...order, names: [generalName.ip('192.0.2.2')] })
    await expect(others).rejects.toMatchObject({ code: 'conflict' })
  })
})
