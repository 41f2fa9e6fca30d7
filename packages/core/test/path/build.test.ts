import { nodeCrypto } from '@certwright/core/defaults'
import {
  findPath,
  type PathOptions,
  type PathResult,
  type TrustAnchor,
  trustAnchor,
  validatePath,
} from '@certwright/core/path'
import { AuthorityInfoAccess, accessMethodOid, extensionOid, parseName } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { certificate, day, extension, key, now, spoiled, uri } from './hierarchy.js'

const ca = (subject: string, issuer: string, own: number, signedBy: number, more = {}) =>
  certificate({ subject: `CN=${subject}`, issuer: `CN=${issuer}`, key: own, signedBy, ca: true, ...more })
const leafOf = (issuer: string, signedBy: number, more = {}) =>
  certificate({ subject: 'CN=leaf', issuer: `CN=${issuer}`, key: 2, signedBy, ...more })

const root = ca('Root', 'Root', 0, 0)
const anchors = [trustAnchor(root)]
const base: PathOptions = { time: now, revocation: 'none' }
const find = (
  leaf: Uint8Array,
  intermediates: readonly Uint8Array[],
  more: Partial<PathOptions> = {},
  from: readonly TrustAnchor[] = anchors,
): Promise<PathResult> => findPath({ crypto: nodeCrypto }, leaf, from, { ...base, ...more, intermediates })
const codes = (result: PathResult): readonly string[] => (result.valid ? [] : result.failures.map(({ code }) => code))

describe('finding a path', () => {
  it('finds it whatever the order of the pool, and always the same', async () => {
    const [a, b] = [ca('A', 'Root', 1, 0), ca('B', 'A', 3, 1)]
    const leaf = leafOf('B', 3)
    for (const pool of [
      [a, b],
      [b, a],
      [root, b, leaf, a],
    ]) {
      expect(await find(leaf, pool)).toMatchObject({ valid: true, path: [leaf, b, a] })
    }
  })

  it('hands out key, anchor and policies', async () => {
    const result = await find(leafOf('Root', 0, { policies: ['1.2.3'] }), [], { policies: ['1.2.3', '1.2.4'] })
    expect(result).toMatchObject({
      valid: true,
      anchor: { certificate: root },
      publicKey: key(2).publicKey,
      policies: [{ policy: '1.2.3', qualifiers: [] }],
      statuses: [{ status: 'unchecked' }],
    })
  })

  it('trusts a name and a key without a certificate', async () => {
    const anchor = { name: parseName('CN=Root'), publicKey: key(0).publicKey }
    expect(await find(leafOf('Root', 0), [], {}, [anchor])).toMatchObject({ valid: true })
    expect(await find(root, [], {}, [anchor])).toMatchObject({ valid: true, path: [root] })
  })

  it('goes round a loop of cross-certificates once', async () => {
    const pool = [ca('A', 'B', 1, 3), ca('B', 'C', 3, 4), ca('C', 'A', 4, 1)]
    const lost = await find(leafOf('A', 1), pool)
    expect(codes(lost)).toEqual(['untrusted'])
    expect(lost.path).toHaveLength(4)
    const found = await find(leafOf('A', 1), [...pool, ca('C', 'Root', 4, 0)])
    expect(found.valid && found.path).toHaveLength(4)
  })

  it('tries other keys of the same name, with and without hints', async () => {
    for (const hints of [true, false]) {
      const pool = [5, 6, 7, 1].map((own) => ca('A', 'Root', own, 0, { hints }))
      const result = await find(leafOf('A', 1, { hints }), pool)
      expect(result.valid).toBe(true)
      // With hints the right one comes first: two signatures, those of the path.
      if (hints) expect(result.work.signatures).toBe(2)
    }
  })

  it('takes hints for hints: a wrong one does not hide the only path', async () => {
    const other = certificate({ subject: 'CN=A', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, hints: false })
    expect((await find(leafOf('A', 1), [other])).valid).toBe(true)
  })

  it('prefers what is valid now, and passes over what is not', async () => {
    const old = { notAfter: new Date(now.getTime() - day) }
    const pool = [ca('A', 'Root', 1, 0, old), ca('A', 'Root', 1, 0), ca('A', 'Root', 1, 0, { pathLength: 5 })]
    const result = await find(leafOf('A', 1), pool)
    expect(result.valid && result.path[1]).toBe(pool[1])
  })

  it('finds the one path that is valid among those that are not', async () => {
    const strict = ca('A', 'Root', 1, 0, { excluded: [{ type: 'dNSName', value: 'a.test' }] })
    const leaf = leafOf('A', 1, { names: [{ type: 'dNSName', value: 'a.test' }] })
    expect(codes(await find(leaf, [strict]))).toEqual(['name-constraints'])
    const result = await find(leaf, [strict, ca('A', 'Other', 1, 9), ca('Other', 'Root', 9, 0)])
    expect(result.valid && result.path).toHaveLength(3)
  })

  it('tells most about the path that came closest', async () => {
    const expired = { notAfter: new Date(now.getTime() - day) }
    const pool = [ca('A', 'Nowhere', 1, 8), ca('A', 'Root', 1, 0, expired)]
    const result = await find(leafOf('A', 1), pool)
    expect(result.valid ? [] : result.failures).toEqual([
      expect.objectContaining({ index: 1, code: 'expired', section: 'RFC 5280 section 6.1.3 (a)(2)' }),
    ])
    const untrusted = await find(leafOf('Unknown', 8, expired), [])
    expect(codes(untrusted)).toEqual(['untrusted', 'expired'])
  })

  it('reports all faults of a path that is given', async () => {
    const bad = ca('A', 'Root', 1, 0, { usage: ['digitalSignature'], notBefore: new Date(now.getTime() + day) })
    const leaf = spoiled(leafOf('A', 1, { purposes: ['1.3.6.1.5.5.7.3.1'] }))
    const options = { ...base, purposes: ['1.3.6.1.5.5.7.3.2'] }
    const result = await validatePath({ crypto: nodeCrypto }, [leaf, bad, root], anchors, options)
    expect(result.valid ? [] : result.failures.map(({ index, code }) => `${index} ${code}`)).toEqual([
      '1 not-yet-valid',
      '1 key-usage',
      '0 signature',
      '0 purpose',
    ])
  })

  it('says when a path has no anchor, or another order', async () => {
    const a = ca('A', 'Root', 1, 0)
    const run = (path: readonly Uint8Array[], from = anchors) =>
      validatePath({ crypto: nodeCrypto }, path, from, base).then(codes)
    expect(await run([leafOf('A', 1), a])).toEqual([])
    expect(await run([leafOf('A', 1)])).toEqual(['untrusted'])
    expect(await run([leafOf('A', 1), a], [])).toEqual(['untrusted'])
    expect(await run([leafOf('B', 1), a])).toEqual(['issuer-name'])
  })
})

describe('an anchor', () => {
  const own = (more = {}) => certificate({ subject: 'CN=Root', issuer: 'CN=Root', key: 0, signedBy: 0, ...more })

  it('that is no CA is for its own certificate alone, unless that is ignored', async () => {
    for (const no of [own(), own({ ca: true, usage: ['cRLSign'] })]) {
      expect(codes(await find(leafOf('Root', 0), [], {}, [trustAnchor(no)]))).toEqual(['not-a-ca'])
      expect(codes(await find(no, [], {}, [trustAnchor(no)]))).toEqual([])
      expect(codes(await find(leafOf('Root', 0), [], {}, [trustAnchor(no, { constraints: 'ignore' })]))).toEqual([])
    }
    expect(codes(await find(leafOf('Root', 0), [], {}, [trustAnchor(own({ version: 0, hints: false }))]))).toEqual([])
  })

  it('limits path length, time and policies as its certificate says', async () => {
    const check = async (more: object, options: Partial<PathOptions> = {}) =>
      codes(
        await find(leafOf('A', 1, { policies: ['1.2.3'] }), [ca('A', 'Root', 1, 0, { policies: ['1.2.3'] })], options, [
          trustAnchor(own({ ca: true, ...more })),
        ]),
      )
    expect(await check({ pathLength: 0 })).toEqual(['path-length'])
    expect(await check({ pathLength: 1 })).toEqual([])
    expect(await check({ notAfter: new Date(now.getTime() - day) })).toEqual(['expired'])
    expect(await check({ notBefore: new Date(now.getTime() + day) })).toEqual(['not-yet-valid'])
    const explicit = { requireExplicitPolicy: true }
    expect(await check({ policies: ['1.2.3'] }, explicit)).toEqual([])
    expect(await check({ policies: ['1.2.4'] }, explicit)).toEqual(['policy'])
    expect(await check({ policies: ['1.2.3', '1.2.4'] }, { ...explicit, policies: ['1.2.4'] })).toEqual(['policy'])
    expect(await check({ policies: ['1.2.4'], requireExplicitPolicy: 0 })).toEqual(['policy'])
  })
})

describe('fetching issuers', () => {
  const address = 'http://pki.example/a.cer'
  const access = AuthorityInfoAccess.encode([
    { accessMethod: accessMethodOid.caIssuers, accessLocation: uri(address) },
    { accessMethod: accessMethodOid.ocsp, accessLocation: uri('http://pki.example/ocsp') },
  ])
  const leaf = leafOf('A', 1, { more: [extension(extensionOid.authorityInfoAccess, access)] })

  it('asks only a source that is given, and only for what is missing', async () => {
    const asked: string[] = []
    const certificates = {
      fetch: async (wanted: string) => {
        asked.push(wanted)
        return [Uint8Array.of(1), ca('A', 'Root', 1, 0)]
      },
    }
    const run = (intermediates: readonly Uint8Array[]) =>
      findPath({ crypto: nodeCrypto, certificates }, leaf, anchors, { ...base, intermediates })
    expect(codes(await find(leaf, []))).toEqual(['untrusted'])
    expect((await run([ca('A', 'Root', 1, 0)])).valid).toBe(true)
    expect(asked).toEqual([])
    expect((await run([])).valid).toBe(true)
    expect(asked).toEqual([address])
  })

  it('ends where certificates lead to ever new ones', async () => {
    let made = 100
    const endless = (issuer: string, own: number, signedBy: number) =>
      ca(`${issuer}`, `N${made}`, own, signedBy, {
        more: [
          extension(
            extensionOid.authorityInfoAccess,
            AuthorityInfoAccess.encode([
              { accessMethod: accessMethodOid.caIssuers, accessLocation: uri(`http://pki.example/${made}`) },
            ]),
          ),
        ],
      })
    const certificates = {
      fetch: async () => {
        const name = made === 100 ? 'A' : `N${made - 1}`
        const own = made === 100 ? 1 : made
        return [endless(name, own, made++ + 1)]
      },
    }
    const result = await findPath({ crypto: nodeCrypto, certificates }, leaf, anchors, base)
    expect(result.valid).toBe(false)
    expect(result.work.fetches).toBeLessThanOrEqual(20)
    expect(result.path.length).toBeLessThanOrEqual(10)
  })

  it('takes a source that throws for one that has nothing', async () => {
    const fetch = async () => {
      throw new Error('no network')
    }
    const result = await findPath({ crypto: nodeCrypto, certificates: { fetch } }, leaf, anchors, base)
    expect(codes(result)).toEqual(['untrusted'])
  })
})

describe('statuses by another source', () => {
  it('are asked first, and CRLs where they are unknown', async () => {
    const leaf = leafOf('Root', 0)
    const run = (status: 'good' | 'unknown' | 'revoked') =>
      findPath(
        {
          crypto: nodeCrypto,
          statuses: {
            statusOf: async () => {
              if (status === 'good') return { status }
              if (status === 'unknown') return { status, reason: 'silence' }
              return { status, reason: 'keyCompromise', revocationDate: now }
            },
          },
        },
        leaf,
        anchors,
        { ...base, revocation: 'hard-fail' },
      )
    expect(codes(await run('good'))).toEqual([])
    expect(codes(await run('revoked'))).toEqual(['revoked'])
    expect(codes(await run('unknown'))).toEqual(['status-unknown'])
  })
})

describe('options', () => {
  it.each([
    ['an invalid time', { time: new Date(Number.NaN) }],
    ['revocation without a source', { revocation: 'hard-fail' }],
    ['an unknown mode', { revocation: 'maybe' }],
    ['a limit of nothing', { limits: { maxDepth: 0 } }],
    ['a limit that is no number', { limits: { maxSignatures: Number.NaN } }],
  ])('%s', async (_, more) => {
    await expect(find(leafOf('Root', 0), [], more as Partial<PathOptions>)).rejects.toMatchObject({
      code: 'configuration',
    })
  })

  it('refuses anchors that are none, and an empty path', async () => {
    expect(() => trustAnchor(Uint8Array.of(1))).toThrow(expect.objectContaining({ code: 'configuration' }))
    const anchor = { name: parseName('CN=x'), publicKey: Uint8Array.of(1) }
    await expect(find(leafOf('Root', 0), [], {}, [anchor])).rejects.toMatchObject({ code: 'configuration' })
    await expect(validatePath({ crypto: nodeCrypto }, [], anchors, base)).rejects.toMatchObject({
      code: 'configuration',
    })
  })
})
