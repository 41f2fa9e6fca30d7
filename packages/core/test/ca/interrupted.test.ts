import { createCertificateLife } from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import { CertwrightError } from '@certwright/core/errors'
import { CertificateList } from '@certwright/core/x509'
import { expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const request = opensslRequest('p256', '/CN=device-1/O=Certwright')
const bulk = { actor: 'operator:eve', requestId: 'bulk', query: {}, reason: 'superseded' } as const

/** Four certificates, in a store that refuses changes of status after some. */
async function world(changes: number) {
  const store = memoryStore()
  let left = changes
  const certificates: typeof store.certificates = {
    ...store.certificates,
    async changeStatus(...change) {
      if (left-- === 0) throw new CertwrightError('store', 'the disk is full')
      return store.certificates.changeStatus(...change)
    },
  }
  const deps = testDeps({ store: { ...store, certificates } })
  const { issuing } = await testAuthorities(deps)
  for (let index = 0; index < 4; index++) await issuing.order(orderOf(request, `r${index}`))
  return { store, life: createCertificateLife(deps, issuing) }
}

it('a bulk revocation that fails on the way lists what it has revoked', async () => {
  const { store, life } = await world(2)
  await expect(life.revokeAll({ ...bulk, atMost: 4 })).rejects.toMatchObject({ code: 'store' })
  const latest = await store.certificates.latestCrl('test~issuing')
  const listed = CertificateList.decode(latest?.crl ?? new Uint8Array()).tbsCertList.value.revokedCertificates
  expect(listed).toHaveLength(2)
})

it.each([3, Number.NaN, -1])('a bulk revocation of four revokes nothing when %s were agreed to', async (atMost) => {
  const { life } = await world(4)
  await expect(life.revokeAll({ ...bulk, atMost })).rejects.toMatchObject({ code: 'conflict' })
  expect(await life.count({})).toBe(4)
})
