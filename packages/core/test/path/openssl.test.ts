import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeCrypto } from '@certwright/core/defaults'
import { findPath, trustAnchor } from '@certwright/core/path'
import { encodePem, policyOid } from '@certwright/core/x509'
import { foreign, foreignTest } from '@certwright/testkit/foreign'
import fc from 'fast-check'
import { expect } from 'vitest'
import { inFolder } from '../support/openssl.js'
import { type CertificateSpec, certificate, day, dns, now } from './hierarchy.js'

const openssl = foreign('openssl', { debianPackage: 'openssl' })
const root = certificate({ subject: 'CN=L0', issuer: 'CN=L0', key: 0, signedBy: 0, ca: true })
const wanted = '1.2.3.1'

/** Mostly what is valid, so that the rare faults decide. */
const rarely = <T>(value: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value })
const name = fc.constantFrom('a.test', 'x.a.test', 'b.test', 'y.x.a.test')
const policy = fc.constantFrom(wanted, '1.2.3.2', '1.2.3.3', policyOid.anyPolicy)
const mapped = fc.constantFrom(wanted, '1.2.3.2', '1.2.3.3')
const policies = fc.oneof(
  { weight: 4, arbitrary: fc.constant([wanted, '1.2.3.2']) },
  { weight: 2, arbitrary: fc.uniqueArray(policy, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
)

const caSpec = fc.record({
  ca: fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  pathLength: rarely(fc.nat(2), 2),
  usage: rarely(fc.constantFrom(['cRLSign'], ['keyCertSign', 'digitalSignature'])),
  permitted: rarely(fc.array(name.map(dns), { minLength: 1, maxLength: 2 }), 2),
  excluded: rarely(fc.array(name.map(dns), { minLength: 1, maxLength: 2 }), 2),
  policies,
  mappings: rarely(fc.array(fc.tuple(mapped, mapped), { minLength: 1, maxLength: 2 }), 2),
  requireExplicitPolicy: rarely(fc.nat(2)),
  inhibitPolicyMapping: rarely(fc.nat(2)),
  inhibitAnyPolicy: rarely(fc.nat(2)),
  expired: fc.integer({ min: 0, max: 30 }).map((value) => value === 0),
  selfIssued: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
})

const hierarchy = fc.record({
  cas: fc.array(caSpec, { minLength: 1, maxLength: 4 }),
  names: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
  policies,
  explicit: fc.boolean(),
})

type Hierarchy = typeof hierarchy extends fc.Arbitrary<infer T> ? T : never

function make({ cas, names, policies: ofLeaf }: Hierarchy): readonly Uint8Array[] {
  let above = 'CN=L0'
  const path: Uint8Array[] = []
  for (const [index, { expired, selfIssued, ...given }] of cas.entries()) {
    const subject = selfIssued ? above : `CN=L${index + 1}`
    const spec = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const more: Partial<CertificateSpec> = expired ? { notAfter: new Date(now.getTime() - day) } : {}
    path.unshift(
      certificate({ subject, issuer: above, key: index + 10, signedBy: index === 0 ? 0 : index + 9, ...spec, ...more }),
    )
    above = subject
  }
  const leaf = { subject: 'CN=leaf', issuer: above, key: 2, signedBy: cas.length + 9, names: names.map(dns) }
  return [certificate({ ...leaf, ...(ofLeaf && { policies: ofLeaf }) }), ...path]
}

function opensslAccepts([leaf = new Uint8Array(), ...others]: readonly Uint8Array[], explicit: boolean): string {
  return inFolder((dir) => {
    const write = (file: string, list: readonly Uint8Array[]) =>
      writeFileSync(join(dir, file), list.map((der) => encodePem('CERTIFICATE', der)).join(''))
    write('root.pem', [root])
    write('untrusted.pem', others)
    write('leaf.pem', [leaf])
    const policy = ['-policy_check', '-policy', wanted, ...(explicit ? ['-explicit_policy'] : [])]
    const moment = ['-attime', `${now.getTime() / 1000}`]
    const files = ['-CAfile', 'root.pem', '-untrusted', 'untrusted.pem', 'leaf.pem']
    const { status, stderr } = spawnSync('openssl', ['verify', ...moment, ...policy, ...files], {
      cwd: dir,
      encoding: 'utf8',
    })
    return status === 0 ? '' : stderr
  })
}

foreignTest([openssl], 'openssl verify decides as findPath does about random hierarchies', async () => {
  const decided = { valid: 0, invalid: 0 }
  await fc.assert(
    fc.asyncProperty(hierarchy, async (given) => {
      const path = make(given)
      const [leaf = new Uint8Array(), ...intermediates] = path
      const result = await findPath({ crypto: nodeCrypto }, leaf, [trustAnchor(root)], {
        time: now,
        revocation: 'none',
        intermediates,
        policies: [wanted],
        requireExplicitPolicy: given.explicit,
      })
      const refused = opensslAccepts(path, given.explicit)
      decided[result.valid ? 'valid' : 'invalid']++
      expect(result.valid, `${refused} / ${JSON.stringify(result.valid ? [] : result.failures)}`).toBe(refused === '')
    }),
    { numRuns: 200 },
  )
  // A comparison of refusals alone would say little.
  expect(decided.valid).toBeGreaterThan(20)
  expect(decided.invalid).toBeGreaterThan(20)
})
