import { type CertificateAuthority, createOrOpenCa } from '@certwright/core/ca'
import { catalogue, type ProfileConfig } from '@certwright/core/profile'
import { foreignTest, pkilint, pkilintProgram, zlint, zlintProgram } from '@certwright/testkit/foreign'
import { describe, expect } from 'vitest'
import { sampleOrder, sampleSubject } from '../profile/catalogue/requests.js'
import { opensslRequest } from '../support/openssl.js'
import { orderOf, testAuthorities, testDeps } from '../support/world.js'
import { foreignErrors, type Named } from './foreign-lint.js'

const urls = (name: string) => ({
  crl: [`http://pki.example.com/${name}.crl`],
  ocsp: [`http://pki.example.com/${name}/ocsp`],
  caIssuers: [`http://pki.example.com/${name}.cer`],
})

/** A type of key that fits the usages, as far as there is one. */
const keyFor = ({ lint }: ProfileConfig) =>
  lint?.waive?.['ec-key-usage'] !== undefined && lint.waive['rsa-key-usage'] === undefined ? 'rsa2048' : 'p256'

/** A certificate under every profile of the catalogue. */
async function catalogueCertificates(): Promise<readonly Named[]> {
  const deps = testDeps()
  const of = (...kinds: ProfileConfig['kind'][]) => [...catalogue.values()].filter(({ kind }) => kinds.includes(kind))
  const holders = of('end-entity', 'ocsp-signer', 'tsa', 'ra')
  const ca = (id: string, profile: ProfileConfig | undefined, issuer?: CertificateAuthority, profiles = holders) =>
    createOrOpenCa(deps, {
      id: `test~${id.slice(0, 13)}`,
      subject: profile === undefined ? `CN=Test ${id},O=Certwright` : sampleSubject(profile),
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
    const made = await ca(config.id, config, top)
    certificates.push({ name: config.id, der: made.certificate })
    if (config.id === 'basic-ca-subord') issuing = made
  }
  for (const config of holders) {
    certificates.push({ name: config.id, der: (await issuing.order(sampleOrder(config, keyFor(config)))).certificate })
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
