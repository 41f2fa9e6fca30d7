import { type CertificateAuthority, createOrOpenCa } from '@certwright/core/ca'
import { catalogue, type ProfileConfig } from '@certwright/core/profile'
import { foreignTest, pkilint, pkilintProgram, zlint, zlintProgram } from '@certwright/testkit/foreign'
import { describe, expect } from 'vitest'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'
import { foreignErrors, type Named } from './foreign-lint.js'

/** What differs from the usual request, for profiles that ask for more. */
const requests: { readonly [profile: string]: { readonly subject: string; readonly arguments: readonly string[] } } = {
  'est-digital-signature': {
    subject: '/CN=device-1',
    arguments: ['-addext', 'subjectAltName=DNS:device-1.example.com', '-addext', 'extendedKeyUsage=clientAuth'],
  },
}
const usual = { subject: '/CN=server-1.example.com', arguments: ['-addext', 'subjectAltName=DNS:server-1.example.com'] }

const urls = (name: string) => ({
  crl: [`http://pki.example.com/${name}.crl`],
  caIssuers: [`http://pki.example.com/${name}.cer`],
})

/** A certificate under every profile of the catalogue. */
async function catalogueCertificates(): Promise<readonly Named[]> {
  const deps = testDeps()
  const of = (kind: ProfileConfig['kind']) => [...catalogue.values()].filter((config) => config.kind === kind)
  const ca = (
    id: string,
    profile: ProfileConfig | undefined,
    issuer?: CertificateAuthority,
    profiles = of('end-entity'),
  ) =>
    createOrOpenCa(deps, {
      id: `test~${id}`,
      subject: `CN=Test ${id},O=Certwright`,
      profile: profile ?? 'basic-ca-root',
      urls: urls(id),
      profiles,
      issueIntermediates: profiles.some(({ kind }) => kind === 'intermediate'),
      ...(issuer === undefined ? {} : { issuer }),
    })
  const certificates: Named[] = []
  for (const root of of('root')) {
    const { certificate } = await ca(root.id, root, undefined, of('intermediate'))
    certificates.push({ name: root.id, der: certificate })
  }
  const top = await ca('top', undefined, undefined, of('intermediate'))
  let issuing = top
  for (const config of of('intermediate')) {
    issuing = await ca(config.id, config, top)
    certificates.push({ name: config.id, der: issuing.certificate })
  }
  for (const { id } of of('end-entity')) {
    const { subject, arguments: more } = requests[id] ?? usual
    const order = orderOf(opensslRequest('p256', subject, more), `lint:${id}`)
    certificates.push({ name: id, der: (await issuing.order({ ...order, profile: id })).certificate })
  }
  return certificates
}

describe('zlint and pkilint', () => {
  foreignTest([zlintProgram, pkilintProgram], 'find no error in a certificate of any profile', async () => {
    expect(await foreignErrors(await catalogueCertificates())).toEqual([])
  })

  foreignTest([zlintProgram, pkilintProgram], 'find no error in a CRL, with and without entries', async () => {
    const { issuing } = await testAuthorities(testDeps())
    const empty = await issuing.crl()
    const { record } = await issuing.order(orderOf(opensslRequest('p256', '/CN=device-1'), 'crl'))
    await issuing.changeStatus(
      record.serial,
      { to: 'revoked', reason: 'keyCompromise' },
      { actor: 'a', requestId: 'r' },
    )
    const crls = [empty.crl, (await issuing.crl()).crl]
    const findings = [
      ...(await zlint(crls)),
      ...(await pkilint(crls, 'lint_crl', ['--profile', 'PKIX', '--type', 'CRL'])),
    ]
    expect(findings.flat().filter(({ level }) => level === 'error')).toEqual([])
  })

  foreignTest([zlintProgram, pkilintProgram], 'find the error in a certificate that has one', async () => {
    const errors = await foreignErrors([{ name: 'octets that are no certificate', der: Uint8Array.of(0x30, 0x00) }])
    expect(errors.length).toBe(2)
  })
})
