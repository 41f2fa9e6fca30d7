import { createOrOpenCa } from '@certwright/core/ca'
import { lint } from '@certwright/core/lint'
import { catalogue, compileProfile } from '@certwright/core/profile'
import { Certificate, TBSCertificate } from '@certwright/core/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { catalogueWaivers } from '../../../src/profile/catalogue/waivers.js'
import { opensslText } from '../../support/openssl.js'
import { testDeps } from '../../support/world.js'
import { sampleOrder, sampleSubject } from './requests.js'

const urls = { crl: ['http://pki.test/c.crl'], ocsp: ['http://pki.test/ocsp'], caIssuers: ['http://pki.test/c.cer'] }
const all = [...catalogue.values()]
const holders = all.filter(({ kind }) => kind !== 'root' && kind !== 'intermediate')

async function makeCas() {
  const deps = testDeps()
  const intermediates = all.filter(({ kind }) => kind === 'intermediate')
  const options = { subject: 'CN=Root,O=Acme,C=DE', profile: 'basic-ca-root', issueIntermediates: true, urls }
  const root = await createOrOpenCa(deps, { ...options, id: 'test~root', profiles: intermediates })
  const below = { subject: 'CN=Issuing,O=Acme,C=DE', profile: 'basic-ca-subord', profiles: holders, issuer: root, urls }
  return { deps, root, issuing: await createOrOpenCa(deps, { ...below, id: 'test~issuing' }) }
}
let cas: Awaited<ReturnType<typeof makeCas>>
beforeAll(async () => {
  cas = await makeCas()
})

describe('catalogue', () => {
  it.each(holders)('issues under $id', async (config) => {
    const { certificate } = await cas.issuing.order(sampleOrder(config))
    expect(opensslText(certificate)).toContain('Signature Algorithm')
  })

  it.each(all.filter(({ kind }) => kind === 'root' || kind === 'intermediate'))(
    'makes a CA under $id',
    async (config) => {
      const subject = sampleSubject(config)
      const issuer = config.kind === 'root' ? {} : { issuer: cas.root }
      const id = `test~${config.id.slice(0, 13)}`
      const { certificate } = await createOrOpenCa(cas.deps, { id, subject, profile: config, urls, ...issuer })
      expect(opensslText(certificate)).toContain('CA:TRUE')
    },
  )

  it('waives no other rules than those of its one visible list, and each waiver is needed', async () => {
    const used = new Set<string>()
    for (const config of holders) {
      for (const [rule, reason] of Object.entries(config.lint?.waive ?? {})) {
        expect(Object.entries(catalogueWaivers)).toContainEqual([rule, reason])
        const order = sampleOrder(config, rule === 'ec-key-usage' ? 'p256' : 'rsa2048')
        const { certificate } = await cas.issuing.order(order)
        const { bytes } = Certificate.decode(certificate).tbsCertificate
        const issuer = Certificate.decode(cas.issuing.certificate).tbsCertificate.value
        const findings = lint({ tbs: TBSCertificate.decode(bytes), bytes, issuer }, config.lint)
        expect(findings.map(({ rule: id, waived }) => [id, waived])).toContainEqual([rule, reason])
        used.add(rule)
      }
    }
    expect([...used].sort()).toEqual(Object.keys(catalogueWaivers).sort())
  })

  it('is plain JSON: what is written and read again compiles to the same', () => {
    for (const config of all) expect(compileProfile(JSON.parse(JSON.stringify(config))).config).toEqual(config)
  })
})
