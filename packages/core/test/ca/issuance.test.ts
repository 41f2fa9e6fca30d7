import { toHex } from '@certwright/core/asn1'
import { createOrOpenCa } from '@certwright/core/ca'
import { memoryStore } from '@certwright/core/defaults'
import type { RandomSource, Signer } from '@certwright/core/ports'
import { Certificate } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { type Step, watched } from '../support/faults.js'
import { opensslRequest, opensslText, opensslVerify } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'

const request = opensslRequest('p256', '/CN=device-1/O=Certwright')

async function world() {
  const watch = watched(memoryStore())
  const deps = testDeps({ store: watch.store })
  const cas = await testAuthorities(deps)
  watch.steps.length = 0
  return { ...cas, deps, watch }
}

describe('issuance', () => {
  it('makes a certificate that openssl accepts, with the key identifier of RFC 7093 method 1', async () => {
    const { issuing, root, deps } = await world()
    const { certificate } = await issuing.order(orderOf(request, 'r1'))
    expect(opensslVerify(certificate, [root.certificate, issuing.certificate])).toContain('OK')
    const text = opensslText(certificate)
    expect(text).toMatch(/X509v3 Key Usage: critical\n\s+Digital Signature\n/)
    expect(text).toMatch(/X509v3 Basic Constraints: critical\n\s+CA:FALSE/)
    const { subjectPublicKeyInfo } = Certificate.decode(certificate).tbsCertificate.value
    const hash = await deps.crypto.digest('sha256', subjectPublicKeyInfo.subjectPublicKey.bytes)
    const identifier = toHex(hash.slice(0, 20))
      .toUpperCase()
      .replace(/(..)(?=.)/g, '$1:')
    expect(text).toContain(`X509v3 Subject Key Identifier: \n                ${identifier}`)
  })

  it('records the intent, signs, records the certificate and audits, in that order', async () => {
    const { issuing, watch } = await world()
    await issuing.order(orderOf(request, 'r1'))
    expect(watch.steps).toEqual(['reserve', 'complete', 'audit'])
  })

  const faults: readonly (readonly [Step, 'before' | 'after'])[] = [
    ['reserve', 'before'],
    ['reserve', 'after'],
    ['complete', 'before'],
    ['complete', 'after'],
    ['audit', 'before'],
    ['audit', 'after'],
  ]
  it.each(faults)(
    'hands nothing out when it is cut off at %s, %s; a retry gives one certificate',
    async (step, when) => {
      const { issuing, watch } = await world()
      watch.fail(step, when)
      await expect(issuing.order(orderOf(request, 'r1'))).rejects.toThrow(
        /cut off|the audit trail did not take the event/,
      )
      watch.heal()
      const [first, again] = [await issuing.order(orderOf(request, 'r1')), await issuing.order(orderOf(request, 'r1'))]
      expect(again.certificate).toEqual(first.certificate)
      const { items } = await watch.store.certificates.find({ issuer: issuing.id })
      expect(items.map(({ fingerprint }) => fingerprint)).toEqual([first.record.fingerprint])
    },
  )

  it('gives concurrent requests with one id one certificate', async () => {
    const { issuing, watch } = await world()
    const results = await Promise.all(Array.from({ length: 64 }, () => issuing.order(orderOf(request, 'r1'))))
    expect(new Set(results.map(({ certificate }) => toHex(certificate))).size).toBe(1)
    expect((await watch.store.certificates.find({ issuer: issuing.id })).items).toHaveLength(1)
  })

  it('refuses a request id that comes again for something else', async () => {
    const { issuing } = await world()
    await issuing.order(orderOf(request, 'r1'))
    const other = orderOf(opensslRequest('p256', '/CN=device-2'), 'r1')
    await expect(issuing.order(other)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('draws another serial when one is taken, and gives up on a random source that repeats itself', async () => {
    const repeating = (values: number[]): RandomSource => ({
      bytes: (length) => new Uint8Array(length).fill(values.length > 1 ? (values.shift() ?? 0) : (values[0] ?? 0)),
    })
    const deps = { ...testDeps(), random: repeating([1, 2, 3, 3, 4, 5]) }
    const { issuing } = await testAuthorities(deps)
    const one = await issuing.order(orderOf(request, 'r1'))
    const two = await issuing.order(orderOf(request, 'r2'))
    expect(two.record.serial).not.toBe(one.record.serial)
    await expect(
      Promise.all(['r3', 'r4', 'r5'].map((id) => issuing.order(orderOf(request, id)))),
    ).rejects.toMatchObject({ code: 'ca' })
  })

  it('spends a token once', async () => {
    const { issuing } = await world()
    const token = await issuing.prepare(orderOf(request, 'r1'))
    await issuing.issue(token)
    await expect(issuing.issue(token)).rejects.toMatchObject({ code: 'ca' })
    await expect(issuing.issue({ ...token })).rejects.toMatchObject({ code: 'ca' })
  })

  it('issues nothing when the key signs wrongly', async () => {
    const { deps, root, watch } = await world()
    const broken = {
      ...deps.keys,
      open: async (id: string): Promise<Signer | undefined> => {
        const signer = await deps.keys.open(id)
        return signer && { ...signer, sign: (data: Uint8Array) => signer.sign(data.slice(1)) }
      },
    }
    const issuing = await createOrOpenCa(
      { ...deps, keys: broken },
      { id: 'test~issuing', subject: 'CN=Test Issuing,O=Certwright', profile: 'basic-ca-subord', issuer: root },
    )
    await expect(issuing.order(orderOf(request, 'r1'))).rejects.toMatchObject({ code: 'signature' })
    expect((await watch.store.certificates.find({ issuer: issuing.id })).items).toEqual([])
  })

  it('refuses a profile that is not enabled, and an expired CA', async () => {
    const { issuing, root, deps } = await world()
    await expect(root.order(orderOf(request, 'r1'))).rejects.toMatchObject({ code: 'ca' })
    deps.clock.advance(11 * 365 * 86_400_000)
    await expect(issuing.order(orderOf(request, 'r1'))).rejects.toMatchObject({ code: 'ca' })
  })

  it('does not sign after the end of the CA what was prepared before it', async () => {
    const { issuing, deps, watch } = await world()
    const { notAfter } = Certificate.decode(issuing.certificate).tbsCertificate.value.validity
    deps.clock.set(new Date(notAfter.getTime() - 1000))
    const token = await issuing.prepare(orderOf(request, 'r1'))
    watch.steps.length = 0
    deps.clock.advance(2000)
    await expect(issuing.issue(token)).rejects.toMatchObject({ code: 'ca', message: /its own validity/ })
    expect(watch.steps).toEqual(['audit'])
  })

  it('refuses a request id that comes again with another end of validity', async () => {
    const { issuing, deps } = await world()
    const until = (days: number) => new Date(deps.clock.now().getTime() + days * 86_400_000)
    const issued = await issuing.order({ ...orderOf(request, 'r1'), notAfter: until(3) })
    const again = await issuing.order({ ...orderOf(request, 'r1'), notAfter: until(3) })
    expect(again.certificate).toEqual(issued.certificate)
    const other = issuing.order({ ...orderOf(request, 'r1'), notAfter: until(4) })
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
  })

  it('does not believe a clock that runs backwards', async () => {
    const { issuing, deps, watch } = await world()
    await issuing.order(orderOf(request, 'r1'))
    deps.clock.advance(-240_000)
    await issuing.order(orderOf(request, 'r2'))
    watch.steps.length = 0
    deps.clock.advance(-86_400_000)
    const refusal = { code: 'ca', message: expect.stringContaining('the clock went back by 86640 seconds') }
    await expect(issuing.order(orderOf(request, 'r3'))).rejects.toMatchObject(refusal)
    expect(watch.steps).toEqual(['audit'])
    deps.clock.advance(86_400_000)
    await issuing.order(orderOf(request, 'r3'))
  })

  it('signs nothing that breaks a lint rule: here a CA below a path length of 0', async () => {
    const { deps, root, watch } = await world()
    const issuing = await createOrOpenCa(deps, {
      id: 'test~issuing',
      subject: 'CN=Test Issuing,O=Certwright',
      profile: 'basic-ca-subord',
      issuer: root,
      profiles: ['basic-ca-subord'],
      issueIntermediates: true,
    })
    const order = { ...orderOf(request, 'r1'), profile: 'basic-ca-subord' }
    await expect(issuing.order(order)).rejects.toMatchObject({ code: 'lint', findings: [{ rule: 'path-length' }] })
    expect(watch.steps).toEqual(['audit'])
  })

  it('issues 2000 from 64 tasks without a duplicate', async () => {
    const { issuing, watch } = await world()
    let next = 0
    const serials: string[] = []
    const task = async (): Promise<void> => {
      for (let id = next++; id < 2000; id = next++) {
        serials.push((await issuing.order(orderOf(request, `r${id}`))).record.serial)
      }
    }
    await Promise.all(Array.from({ length: 64 }, task))
    expect(new Set(serials).size).toBe(2000)
    expect(watch.steps.filter((step) => step === 'audit')).toHaveLength(2000)
  })
})
