import { X509Certificate } from 'node:crypto'
import { fixedClock } from '@certwright/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeCertificates } from '../../src/messages/index.js'
import { configWithAttribute, makeRequest } from '../support/openssl.js'
import { get, makeWorld, peerWith, post, type World } from '../support/world.js'

const start = new Date('2026-11-20T12:00:00Z')
const day = 86_400_000

let clock: ReturnType<typeof fixedClock>
let world: World
beforeEach(async () => {
  clock = fixedClock(start)
  world = await makeWorld({ clock })
})

const certificatesOf = async (
  response: Response,
  type = 'application/pkcs7-mime; smime-type=certs-only',
): Promise<readonly Uint8Array[]> => {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  return decodeCertificates(new Uint8Array(await response.arrayBuffer()))
}

/** Enrolls over HTTP Basic and gives the certificate. */
async function first(der: Uint8Array, authorization = world.basic): Promise<Uint8Array> {
  const response = await world.handler(post('simpleenroll', der, { authorization }), peerWith())
  const [certificate] = await certificatesOf(response)
  if (certificate === undefined) throw new Error('no certificate')
  return certificate
}

describe('cacerts', () => {
  it('gives the chain of the issuer to anyone, with and without a label', async () => {
    for (const path of ['cacerts', 'acme/IOT_1/cacerts']) {
      const certificates = await certificatesOf(await world.handler(get(path), peerWith()), 'application/pkcs7-mime')
      expect(new Set(certificates.map((der) => new X509Certificate(der).subject))).toEqual(
        new Set(['CN=Test Issuing', 'CN=Test Root']),
      )
    }
    expect(world.auditEvents.filter(({ type }) => type === 'enrollment.refused')).toEqual([])
  })

  it('answers HEAD like GET', async () => {
    const head = new Request(get('cacerts').url, { method: 'HEAD' })
    const [a, b] = [await world.handler(head, peerWith()), await world.handler(get('cacerts'), peerWith())]
    expect([a.status, a.headers.get('content-length')]).toEqual([b.status, b.headers.get('content-length')])
  })
})

describe('simpleenroll', () => {
  it('gives the issued certificate alone, and its request id', async () => {
    const request = await makeRequest('/CN=device-1', { extra: ['-addext', 'subjectAltName=DNS:device-1.example'] })
    const response = await world.handler(post('simpleenroll', request.der, { authorization: world.basic }), peerWith())
    const requestId = response.headers.get('x-request-id')
    const certificates = await certificatesOf(response)
    expect(certificates).toHaveLength(1)
    const certificate = new X509Certificate(certificates[0] ?? new Uint8Array())
    expect(certificate).toMatchObject({
      subject: 'CN=device-1',
      subjectAltName: 'DNS:device-1.example',
      issuer: 'CN=Test Issuing',
    })
    expect(certificate.verify(new X509Certificate(world.issuing.certificate).publicKey)).toBe(true)
    expect(world.auditEvents.at(-1)).toMatchObject({ type: 'certificate.issued', requestId, actor: 'passcode:line-3' })
  })

  it('takes a request without a content type, with parameters, and as octets', async () => {
    const { der, pem } = await makeRequest()
    for (const type of [null, 'application/pkcs10; charset=x', 'APPLICATION/PKCS10', 'application/octet-stream']) {
      for (const body of [der, pem]) {
        const headers = { authorization: world.basic, 'content-transfer-encoding': 'binary' }
        await certificatesOf(await world.handler(post('simpleenroll', body, headers, type), peerWith()))
      }
    }
  })

  it('ignores a challengePassword', async () => {
    const { der } = await makeRequest('', { config: configWithAttribute('challengePassword', 'secret-from-csr') })
    await first(der)
    expect(JSON.stringify(world.auditEvents)).not.toContain('secret-from-csr')
  })

  it('takes a certificate of the CA in place of a password', async () => {
    const certificate = await first((await makeRequest('/CN=device-1')).der)
    const { der } = await makeRequest('/CN=device-2')
    await certificatesOf(await world.handler(post('simpleenroll', der), peerWith(certificate)))
  })

  it('breaks lines for people with curl, and for nobody else', async () => {
    const textFor = async (agent: Record<string, string>): Promise<string> =>
      (await world.handler(get('cacerts', agent), peerWith())).text()
    expect(await textFor({})).not.toContain('\n')
    expect(await textFor({ 'user-agent': 'libest/3' })).not.toContain('\n')
    expect(await textFor({ 'user-agent': 'curl/8.1' })).toMatch(/\n$/)
    expect(await textFor({ 'user-agent': 'Wget/1.21' })).toMatch(/\n$/)
  })
})

describe('simplereenroll', () => {
  const again = (der: Uint8Array, certificate?: Uint8Array, headers = {}): Promise<Response> =>
    world.handler(post('simplereenroll', der, headers), certificate === undefined ? peerWith() : peerWith(certificate))

  const refusal = async (response: Promise<Response>): Promise<readonly [number, string]> => {
    const { status } = await response
    return [status, await (await response).text()]
  }

  it('renews and rekeys with the certificate as TLS client', async () => {
    const names = { extra: ['-addext', 'subjectAltName=DNS:device-1.example'] }
    const request = await makeRequest('/CN=device-1', names)
    const old = await first(request.der)
    clock.advance(10 * day)
    for (const der of [request.der, (await makeRequest('/CN=device-1', names)).der]) {
      const [renewed = new Uint8Array()] = await certificatesOf(await again(der, old))
      const [a, b] = [new X509Certificate(old), new X509Certificate(renewed)]
      expect([b.subject, b.subjectAltName]).toEqual([a.subject, a.subjectAltName])
      expect(b.serialNumber).not.toBe(a.serialNumber)
      expect(Date.parse(b.validTo) - Date.parse(a.validTo)).toBe(10 * day)
    }
  })

  it('renews the newest certificate of a requester who has only a password', async () => {
    const { der } = await makeRequest()
    await first(der)
    await certificatesOf(await again(der, undefined, { authorization: world.basic }))
  })

  it('refuses another password the certificates of the first', async () => {
    const { der } = await makeRequest()
    await first(der)
    const [status, text] = await refusal(again(der, undefined, { authorization: world.otherBasic }))
    expect([status, text]).toEqual([403, expect.stringMatching(/no certificate with this subject/)])
  })

  it('refuses another subject, other alternative names, and fewer', async () => {
    const names = { extra: ['-addext', 'subjectAltName=DNS:device-1.example'] }
    const old = await first((await makeRequest('/CN=device-1', names)).der)
    const others = [
      await makeRequest('/CN=device-2', names),
      await makeRequest('/CN=device-1', { extra: ['-addext', 'subjectAltName=DNS:other.example'] }),
      await makeRequest('/CN=device-1'),
    ]
    for (const { der } of others) {
      const before = world.auditEvents.length
      expect(await refusal(again(der, old))).toEqual([
        400,
        expect.stringMatching(/differs from that of the certificate/),
      ])
      expect(world.auditEvents.slice(before)).toMatchObject([
        { type: 'enrollment.refused', details: { code: 'bad-request' } },
      ])
    }
  })

  it('refuses ChangeSubjectName and says what to do', async () => {
    const old = await first((await makeRequest('/CN=device-1')).der)
    const { der } = await makeRequest('', { config: configWithAttribute('1.3.6.1.5.5.7.7.36', 'anything') })
    const before = world.auditEvents.length
    expect(await refusal(again(der, old))).toEqual([403, expect.stringMatching(/ChangeSubjectName/)])
    expect(world.auditEvents.slice(before)).toMatchObject([{ details: { code: 'not-allowed' } }])
  })

  it('refuses a revoked, an expired and a foreign certificate with a challenge', async () => {
    const { der } = await makeRequest()
    const expired = await first(der)
    clock.advance(366 * day)
    expect((await again(der, expired)).status).toBe(401)
    const revoked = await first(der)
    const serial = new X509Certificate(revoked).serialNumber.toLowerCase()
    const by = { actor: 'test', requestId: 'revocation' }
    await world.issuing.changeStatus(serial, { to: 'revoked', reason: 'keyCompromise' }, by)
    const response = await again(der, revoked)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)])
    const foreign = await makeWorld({ clock })
    expect((await foreign.handler(post('simplereenroll', der), peerWith(revoked))).status).toBe(401)
  })
})

describe('decisions of the policy', () => {
  it('a request that waits for approval is answered with 202 and Retry-After', async () => {
    const waiting = await makeWorld({ clock, policy: { approve: () => ({ retryAfter: 120 }) } })
    const { der } = await makeRequest()
    const response = await waiting.handler(post('simpleenroll', der, { authorization: waiting.basic }), peerWith())
    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '120'])
    expect(await response.text()).toMatch(/waits for approval/)
    expect(waiting.auditEvents.at(-1)).toMatchObject({ type: 'enrollment.pending' })
  })

  it('a request that is not authorized is answered with 403, the reason, and one audit event', async () => {
    const strict = await makeWorld({ clock, policy: { authorize: () => ({ denied: 'line 3 makes no routers' }) } })
    const before = strict.auditEvents.length
    const { der } = await makeRequest()
    const response = await strict.handler(post('simpleenroll', der, { authorization: strict.basic }), peerWith())
    expect([response.status, await response.text()]).toEqual([403, 'line 3 makes no routers\n'])
    expect(strict.auditEvents.slice(before)).toMatchObject([{ details: { code: 'not-authorized' } }])
  })

  it('an endpoint that does not renew says so', async () => {
    const firstOnly = await makeWorld({ clock, policy: { renewal: 'refused' } })
    const { der } = await makeRequest()
    const response = await firstOnly.handler(
      post('simplereenroll', der, { authorization: firstOnly.basic }),
      peerWith(),
    )
    expect([response.status, await response.text()]).toEqual([403, 'this endpoint does not renew certificates\n'])
  })
})
