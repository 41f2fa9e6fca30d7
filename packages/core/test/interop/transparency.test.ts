import { createOrOpenCa } from '@certwright/core/ca'
import { createHttpCtLog } from '@certwright/core/ct'
import { generalName } from '@certwright/core/pkix'
import { encodePem } from '@certwright/core/x509'
import { startTestLog } from '@certwright/testkit'
import { foreignTest, zlint, zlintProgram } from '@certwright/testkit/foreign'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'
import { openWorkspace } from '../x509/openssl.js'

const work = openWorkspace()
const deps = testDeps()
let logs: Awaited<ReturnType<typeof startTestLog>>[] = []
let made: { readonly root: Uint8Array; readonly ca: Uint8Array; readonly pre: Uint8Array; readonly final: Uint8Array }

beforeAll(async () => {
  const { root } = await testAuthorities(deps)
  const roots = [root.certificate]
  const keyTypes = ['ecdsa-p256', 'rsa-2048'] as const
  logs = await Promise.all(keyTypes.map((keyType) => startTestLog({ clock: deps.clock, roots, keyType })))
  const clients = logs.map(({ url, publicKey }) =>
    createHttpCtLog({ ...deps, wait: async () => {} }, { url, publicKey }),
  )
  const urls = { caIssuers: ['http://pki.example/ca.cer'], crl: ['http://pki.example/{list}.crl'] }
  const ca = await createOrOpenCa(deps, {
    id: 'test~web',
    subject: 'CN=Web CA,O=Certwright,C=DE',
    profile: 'basic-ca-subord',
    issuer: root,
    urls,
    profiles: [{ extends: 'webpki-dv-server', id: 'logged', transparency: 'required' }],
    ct: { logs: await Promise.all(clients), policy: { scts: 2 } },
  })
  const { certificate } = await ca.order({
    ...orderOf(opensslRequest('p256', '/CN=www.example.com'), 'one'),
    profile: 'logged',
    names: [generalName.dns('www.example.com')],
  })
  const [pre = new Uint8Array()] = logs[0]?.logged()[0]?.chain ?? []
  made = { root: root.certificate, ca: ca.certificate, pre, final: certificate }
  for (const [name, der] of Object.entries(made)) work.write(`${name}.pem`, encodePem('CERTIFICATE', der))
})
afterAll(async () => {
  work.remove()
  await Promise.all(logs.map((log) => log.close()))
})

const textOf = (name: string) => work.openssl('x509', '-in', `${name}.pem`, '-noout', '-text')

describe('a logged certificate, read by others', () => {
  it('openssl shows the poison of one and the timestamps of the other', () => {
    expect(textOf('pre')).toMatch(/CT Precertificate Poison: critical\s+NULL/)
    expect(textOf('pre')).not.toContain('CT Precertificate SCTs')
    const text = textOf('final')
    expect(text).toMatch(/CT Precertificate SCTs: \n/)
    expect(text.match(/Version +: v1 \(0x0\)/g)).toHaveLength(2)
    expect(text).toContain('Timestamp : Nov 20 12:00:00.000 2026 GMT')
    expect(text).toMatch(/Signature : ecdsa-with-SHA256.*Signature : sha256WithRSAEncryption/s)
    expect(text).not.toContain('Poison')
  })

  it('openssl trusts the certificate, and nobody the precertificate', () => {
    const verify = (name: string) =>
      work.openssl(
        'verify',
        '-attime',
        `${deps.clock.now().getTime() / 1000}`,
        '-CAfile',
        'root.pem',
        '-untrusted',
        'ca.pem',
        `${name}.pem`,
      )
    expect(verify('final')).toContain('final.pem: OK')
    expect(() => verify('pre')).toThrow(/unhandled critical extension/)
  })

  it('pkijs verifies the timestamps', async () => {
    const [certificate, issuer, other] = [made.final, made.ca, made.root].map((der) => pkijs.Certificate.fromBER(der))
    if (certificate === undefined || issuer === undefined || other === undefined) return expect.unreachable()
    const known = logs.map(({ publicKey }, i) => ({
      log_id: logs[i]?.logged()[0]?.answer.id ?? '',
      key: Buffer.from(publicKey).toString('base64'),
    }))
    const verify = (by: pkijs.Certificate) => pkijs.verifySCTsForCertificate(certificate, by, known)
    expect(await verify(issuer)).toEqual([true, true])
    expect(await verify(other)).toEqual([false, false])
  })

  foreignTest([zlintProgram], 'zlint finds nothing wrong with either', async () => {
    const [pre, final] = await zlint([made.pre, made.final])
    const errors = (findings = pre) => findings?.filter(({ level }) => level === 'error')
    expect(errors(pre)).toEqual([])
    expect(errors(final)).toEqual([])
  })
})
