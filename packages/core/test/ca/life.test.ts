import { createCertificateLife, createOrOpenCa } from '@certwright/core/ca'
import { generatePrivateKey, memoryStore } from '@certwright/core/defaults'
import {
  Certificate,
  CertificateList,
  decodeExtension,
  extensionOid,
  parseName,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { opensslRequest, opensslVerify } from '../support/openssl.js'
import { orderOf, start, testAuthorities, testDeps } from '../support/world.js'

const request = opensslRequest('p256', '/CN=device-1/O=Certwright', ['-addext', 'subjectAltName=DNS:device-1.example'])
const by = (requestId: string) => ({ actor: 'operator:eve', requestId })

async function world() {
  const deps = testDeps({ store: memoryStore() })
  const cas = await testAuthorities(deps)
  const life = createCertificateLife(deps, cas.issuing)
  const issued = await cas.issuing.order(orderOf(request, 'r1'))
  return { deps, ...cas, life, ...issued, serial: issued.record.serial }
}

const tbsOf = (der: Uint8Array) => Certificate.decode(der).tbsCertificate.value

describe('renewal', () => {
  it('gives the same subject, key and names again, linked to the one before', async () => {
    const { life, root, issuing, certificate, serial, deps } = await world()
    deps.clock.advance(3_600_000)
    const renewed = await life.renew(serial, by('n1'))
    expect(opensslVerify(renewed.certificate, [root.certificate, issuing.certificate])).toContain('OK')
    const [before, after] = [tbsOf(certificate), tbsOf(renewed.certificate)]
    expect(after.subject).toEqual(before.subject)
    expect(after.subjectPublicKeyInfo).toEqual(before.subjectPublicKeyInfo)
    expect(after.serialNumber).not.toEqual(before.serialNumber)
    expect(after.validity.notAfter.getTime()).toBeGreaterThan(before.validity.notAfter.getTime())
    const names = decodeExtension(SubjectAlternativeName, after.extensions ?? [], extensionOid.subjectAltName)
    expect(names).toEqual([{ type: 'dNSName', value: 'device-1.example' }])
    expect(renewed.record).toMatchObject({ previousSerial: serial, status: 'issued' })
    const { items } = await deps.store.certificates.find({ issuer: issuing.id, superseded: true })
    expect(items.map((item) => item.serial)).toEqual([serial])
    expect((await life.renew(serial, by('n1'))).certificate).toEqual(renewed.certificate)
  })

  it('is audited with who asked from where and why', async () => {
    const { life, deps, serial } = await world()
    await life.renew(serial, { ...by('n1'), address: '192.0.2.7', comment: 'ends soon' })
    expect(deps.store.auditEvents.at(-1)).toMatchObject({
      type: 'certificate.issued',
      actor: 'operator:eve',
      address: '192.0.2.7',
      details: { operation: 'renew', comment: 'ends soon', previousSerial: serial },
    })
  })

  it('keeps the subject that a profile built from values nobody has any more, and no other', async () => {
    const { deps, root } = await world()
    const subject = { builder: { type: 'template', template: 'CN=<device>,O=Acme' } } as const
    const built = { id: 'built', extends: 'est-digital-signature', subject } as const
    const ca = await createOrOpenCa(deps, {
      id: 'test~built',
      subject: 'CN=Built',
      profile: 'basic-ca-subord',
      issuer: root,
      profiles: [built],
    })
    const order = { ...orderOf(request, 'b1'), profile: 'built' }
    const { record } = await ca.order({ ...order, variables: [{ type: 'device', value: '7' }] })
    const renewed = await createCertificateLife(deps, ca).renew(record.serial, by('b2'))
    expect(renewed.record).toMatchObject({ subject: 'CN=7,O=Acme', previousSerial: record.serial })
    // Naming a certificate before is no way around the builder.
    const other = ca.order({ ...order, requestId: 'b3', previousSerial: record.serial })
    await expect(other).rejects.toMatchObject({ violations: [{ code: 'subject-variable' }] })
    const unknown = ca.order({ ...order, requestId: 'b4', subject: parseName('CN=7,O=Acme'), previousSerial: '00ff' })
    await expect(unknown).rejects.toMatchObject({ violations: [{ code: 'subject-variable' }] })
  })

  it('rekeys with a new key, and replaces: the one before is revoked as superseded', async () => {
    const { life, deps, issuing, serial } = await world()
    const { publicKey } = await generatePrivateKey('ecdsa-p384')
    const replaced = await life.replace(serial, { ...by('p1'), publicKey })
    expect(replaced.record.previousSerial).toBe(serial)
    expect(await deps.store.certificates.get(issuing.id, serial)).toMatchObject({
      status: 'revoked',
      revocationReason: 'superseded',
    })
    const crl = CertificateList.decode((await issuing.crl()).crl)
    expect(crl.tbsCertList.value.revokedCertificates).toHaveLength(1)
    await expect(life.renew(serial, by('n2'))).rejects.toMatchObject({ code: 'conflict' })
    await expect(life.renew('00ff', by('n3'))).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a replacement', () => {
  it('of an expired certificate, or of one that was revoked meanwhile, is handed out', async () => {
    const { life, issuing, deps, serial, record } = await world()
    const replaced = await life.replace(serial, by('p1'))
    const second = await life.renew(replaced.record.serial, by('p2'))
    await issuing.changeStatus(replaced.record.serial, { to: 'revoked', reason: 'keyCompromise' }, by('k'))
    const again = await life.replace(replaced.record.serial, by('p2'))
    expect(again.certificate).toEqual(second.certificate)
    deps.clock.set(new Date(record.notAfter.getTime() + 1000))
    const third = await life.replace(second.record.serial, by('p3'))
    expect(third.record.previousSerial).toBe(second.record.serial)
    expect((await life.replace(second.record.serial, by('p3'))).certificate).toEqual(third.certificate)
  })
})

describe('revocation', () => {
  it('has a date, an invalidity date and a comment; a date that no list could have is refused and changes nothing', async () => {
    const { issuing, deps, serial } = await world()
    deps.clock.advance(7_200_000)
    const now = deps.clock.now()
    const later = new Date(now.getTime() + 1000)
    const change = { to: 'revoked', reason: 'keyCompromise' } as const
    const tooEarly = new Date('1949-12-31T23:59:59Z')
    const none = new Date(Number.NaN)
    for (const date of [later, tooEarly, new Date(-8.64e15), none]) {
      await expect(issuing.changeStatus(serial, { ...change, at: date }, by('c1'))).rejects.toMatchObject({
        code: 'configuration',
      })
    }
    for (const reason of ['removeFromCRL', 'compromised', '', '__proto__', undefined]) {
      const odd = { to: 'revoked', reason: reason as 'superseded' } as const
      await expect(issuing.changeStatus(serial, odd, by('c1'))).rejects.toMatchObject({ code: 'configuration' })
    }
    for (const dates of [{ invalidityDate: later }, { invalidityDate: tooEarly }, { invalidityDate: none }]) {
      const refused = issuing.changeStatus(serial, { ...change, ...dates }, by('c1'))
      await expect(refused).rejects.toMatchObject({ code: 'configuration' })
    }
    expect(await deps.store.certificates.get(issuing.id, serial)).toMatchObject({ status: 'issued' })
    const at = new Date(start.getTime() + 3_600_000)
    await issuing.changeStatus(serial, { ...change, at, invalidityDate: start }, { ...by('c2'), comment: 'lost' })
    expect(await deps.store.certificates.get(issuing.id, serial)).toMatchObject({
      status: 'revoked',
      revokedAt: at,
      invalidityDate: start,
    })
    expect(deps.store.auditEvents.at(-2)).toMatchObject({ actor: 'operator:eve', details: { comment: 'lost' } })
  })

  it('by reason certificateHold is a hold, which can be released', async () => {
    const { issuing, deps, serial } = await world()
    const status = async () => (await deps.store.certificates.get(issuing.id, serial))?.status
    await issuing.changeStatus(serial, { to: 'revoked', reason: 'certificateHold' }, by('h1'))
    expect(await status()).toBe('held')
    await issuing.changeStatus(serial, { to: 'issued' }, by('h2'))
    expect(await status()).toBe('issued')
  })

  it('in bulk asks for the count first, and makes one CRL', async () => {
    const { life, issuing, deps, serial } = await world()
    for (let index = 0; index < 5; index++) {
      await issuing.order({ ...orderOf(request, `more-${index}`), requester: 'passcode:line-9' })
    }
    await issuing.changeStatus(serial, { to: 'held' }, by('h1'))
    expect(await life.count({})).toBe(6)
    expect(await life.count({ requester: 'passcode:line-9' })).toBe(5)
    const { number } = await issuing.crl()
    const query = { requester: 'passcode:line-9' }
    const order = { ...by('bulk'), query, reason: 'cessationOfOperation', atMost: 4 } as const
    await expect(life.revokeAll(order)).rejects.toMatchObject({ code: 'conflict' })
    expect(await life.count(query)).toBe(5)
    const seen: number[] = []
    expect(await life.revokeAll({ ...order, atMost: 5, progress: (done) => seen.push(done) })).toBe(5)
    expect(seen).toEqual([1, 2, 3, 4, 5])
    const crl = await issuing.crl()
    expect(crl.number).toBe(number + 1)
    expect(CertificateList.decode(crl.crl).tbsCertList.value.revokedCertificates).toHaveLength(6)
    expect(await life.revokeAll({ ...order, atMost: 0 })).toBe(0)
    expect((await issuing.crl()).number).toBe(number + 1)
    const events = deps.store.auditEvents.filter(({ requestId }) => requestId === 'bulk')
    expect(events.map(({ type, details }) => [type, details['found'], details['outcome']])).toEqual([
      ['certificate.bulk-revocation', 5, 'refused'],
      ['certificate.bulk-revocation', 5, 'begun'],
      ...Array.from({ length: 5 }, () => ['certificate.status-changed', undefined, undefined]),
      ['certificate.bulk-revocation', 0, 'begun'],
    ])
    await expect(life.count({ status: 'revoked' })).rejects.toMatchObject({ code: 'configuration' })
  })

  it('in bulk is about what can be revoked: expired ones only where the lists keep them', async () => {
    const { life, deps, issuing, root, record } = await world()
    deps.clock.set(new Date(record.notAfter.getTime() + 1000))
    await issuing.order(orderOf(request, 'r2'))
    const keeping = await createOrOpenCa(deps, {
      id: issuing.id,
      subject: 'CN=Test Issuing,O=Certwright',
      profile: 'basic-ca-subord',
      issuer: root,
      crl: { intervalHours: 24, validityHours: 168, expired: 'keep' },
    })
    expect(await life.count({})).toBe(1)
    expect(await life.count({ validAt: start })).toBe(1)
    expect(await createCertificateLife(deps, keeping).count({})).toBe(2)
    expect(await life.revokeAll({ ...by('bulk'), query: {}, reason: 'superseded', atMost: 1 })).toBe(1)
    expect(deps.store.auditEvents.map(({ type }) => type)).not.toContain('certificate.status-change-failed')
  })

  it('of the certificate of a root stops it', async () => {
    const { root, deps } = await world()
    const record = await root.recordOf(root.certificate)
    await root.changeStatus(record?.serial ?? '', { to: 'revoked', reason: 'cessationOfOperation' }, by('end'))
    deps.clock.advance(1000)
    const order = { ...orderOf(request, 'late'), profile: 'basic-ca-subord' }
    await expect(root.order(order)).rejects.toMatchObject({ code: 'ca', message: /revoked/ })
  })

  it('of a CA certificate stops that CA', async () => {
    const { root, issuing, deps } = await world()
    const record = await root.recordOf(issuing.certificate)
    await root.changeStatus(record?.serial ?? '', { to: 'revoked', reason: 'cACompromise' }, by('ca'))
    deps.clock.advance(1000)
    await expect(issuing.order(orderOf(request, 'late'))).rejects.toMatchObject({ code: 'ca', message: /revoked/ })
    expect((await issuing.crl()).number).toBeGreaterThan(0)
  })
})

describe('the condition of a CA', () => {
  it('offline signs nothing, and what was asked for changes nothing', async () => {
    const { issuing, deps, serial } = await world()
    await issuing.setCondition('offline', { ...by('off'), comment: 'key ceremony' })
    expect(await issuing.condition()).toBe('offline')
    const refusals = [
      issuing.order(orderOf(request, 'r2')),
      issuing.changeStatus(serial, { to: 'held' }, by('h')),
      issuing.crl(),
      issuing.publishCrl(),
    ]
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'ca', message: /offline/ })
    expect(await deps.store.certificates.get(issuing.id, serial)).toMatchObject({ status: 'issued' })
    await issuing.setCondition('online', by('on'))
    await issuing.order(orderOf(request, 'r2'))
    expect(deps.store.auditEvents.filter(({ type }) => type === 'ca.condition-changed')).toMatchObject([
      { details: { condition: 'offline', comment: 'key ceremony' } },
      { details: { condition: 'online' } },
    ])
  })

  it('retired is for good: no certificates, but lists', async () => {
    const { issuing, serial } = await world()
    const token = await issuing.prepare(orderOf(request, 'r2'))
    await issuing.setCondition('retired', by('end'))
    await expect(issuing.issue(token)).rejects.toMatchObject({ code: 'ca', message: /retired/ })
    await issuing.changeStatus(serial, { to: 'revoked', reason: 'unspecified' }, by('rv'))
    expect(CertificateList.decode((await issuing.crl()).crl).tbsCertList.value.revokedCertificates).toHaveLength(1)
    await expect(issuing.setCondition('online', by('back'))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('reaches other nodes within a second, also when their clock runs backwards', async () => {
    const { issuing, deps } = await world()
    const { issuing: other } = await testAuthorities(deps)
    await other.order(orderOf(request, 'o1'))
    await issuing.setCondition('offline', by('off'))
    await other.order(orderOf(request, 'o2'))
    deps.clock.advance(-1000)
    await expect(other.order(orderOf(request, 'o3'))).rejects.toMatchObject({ code: 'ca' })
  })
})
