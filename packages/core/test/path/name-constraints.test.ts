import { utf8String } from '@certwright/core/asn1'
import { nodeCrypto } from '@certwright/core/defaults'
import { findPath, trustAnchor } from '@certwright/core/path'
import { type GeneralName, toOtherName } from '@certwright/core/pkix'
import { attributeOid, extensionOid, NameConstraints } from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'
import { type CertificateSpec, certificate, directory, dns, extension, ip, mail, now, uri } from './hierarchy.js'

const root = certificate({ subject: 'CN=Root', issuer: 'CN=Root', key: 0, signedBy: 0, ca: true })

/** Whether a leaf is accepted below a CA. */
async function accepted(ca: Partial<CertificateSpec>, leaf: Partial<CertificateSpec>): Promise<boolean> {
  const issuing = certificate({ subject: 'CN=CA', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, ...ca })
  const below = certificate({ subject: '', issuer: 'CN=CA', key: 2, signedBy: 1, ...leaf })
  const options = { time: now, revocation: 'none', intermediates: [issuing] } as const
  const result = await findPath({ crypto: nodeCrypto }, below, [trustAnchor(root)], options)
  if (!result.valid) expect(result.failures.map(({ code }) => code)).toEqual(['name-constraints'])
  return result.valid
}

const smtp = (value: string): GeneralName => ({
  type: 'otherName',
  value: toOtherName({ type: 'smtpUTF8Mailbox', value }),
})
const upn = (value: string): GeneralName => ({
  type: 'otherName',
  value: toOtherName({ type: 'userPrincipalName', value }),
})
const registered: GeneralName = { type: 'registeredID', value: '1.2.3' }
const v6 = (...first: readonly number[]): number[] => [...first, ...new Array<number>(16 - first.length).fill(0)]
const prefix32 = v6(255, 255, 255, 255)

type Row = readonly [name: GeneralName, base: GeneralName, permitted: boolean, notExcluded: boolean]

/** A name and the base of a subtree: whether the name passes when only that is permitted, and when that is excluded. */
const rows: readonly Row[] = [
  [dns('host.example.com'), dns('host.example.com'), true, false],
  [dns('www.host.example.com'), dns('host.example.com'), true, false],
  [dns('host1.example.com'), dns('host.example.com'), false, true],
  [dns('badexample.com'), dns('example.com'), false, true],
  [dns('HOST.Example.COM'), dns('example.com'), true, false],
  [dns('example.com'), dns('EXAMPLE.com'), true, false],
  [dns('a.example.com'), dns('.example.com'), true, false],
  [dns('example.com'), dns('.example.com'), false, false],
  [dns('anything.test'), dns(''), true, false],
  [dns('*.example.com'), dns('example.com'), true, false],
  [dns('*.example.com'), dns('a.example.com'), false, false],
  [dns('*.example.com'), dns('b.a.example.com'), false, true],
  [dns('*.example.com'), dns('other.com'), false, true],
  [dns('example.com.'), dns('example.com'), false, false],
  [dns('exa mple.com'), dns('example.org'), false, false],
  [dns(''), dns('example.org'), false, false],
  [dns('a..example.com'), dns('example.com'), false, false],
  [dns('example.com'), dns('*.example.com'), false, false],
  [dns('example.com'), mail('example.com'), true, true],
  [mail('root@example.com'), mail('root@example.com'), true, false],
  [mail('Root@example.com'), mail('root@example.com'), false, true],
  [mail('root@EXAMPLE.com'), mail('root@example.com'), true, false],
  [mail('root@example.com'), mail('example.com'), true, false],
  [mail('root@mail.example.com'), mail('example.com'), false, true],
  [mail('root@mail.example.com'), mail('.example.com'), true, false],
  [mail('root@example.com'), mail('.example.com'), false, true],
  [mail('root'), mail('example.com'), false, false],
  [mail('@example.com'), mail('example.com'), false, false],
  [mail('a@b@example.com'), mail('example.com'), false, false],
  [mail('"a@b"@example.com'), mail('example.com'), true, false],
  [smtp('käse@example.com'), mail('example.com'), true, false],
  [smtp('käse@xn--bcher-kva.example'), mail('xn--bcher-kva.example'), true, false],
  [smtp('käse@bücher.example'), mail('xn--bcher-kva.example'), true, false],
  [smtp('käse@example.org'), mail('example.com'), false, true],
  [smtp('käse@example.org'), smtp('käse@example.org'), false, false],
  [uri('https://host.example.com/path'), uri('host.example.com'), true, false],
  [uri('https://user@HOST.example.com:8443?x'), uri('host.example.com'), true, false],
  [uri('https://a.host.example.com'), uri('host.example.com'), false, true],
  [uri('https://a.host.example.com'), uri('.example.com'), true, false],
  [uri('https://example.com/'), uri('.example.com'), false, true],
  [uri('https://192.0.2.1/'), uri('example.com'), false, false],
  [uri('https://[2001:db8::1]/'), uri('example.com'), false, false],
  [uri('urn:uuid:f81d4fae'), uri('example.com'), false, false],
  [uri('https://evil.test\\@example.com/'), uri('example.com'), false, false],
  [uri('https://evil.test#@example.com/'), uri('example.com'), false, true],
  [ip(192, 0, 2, 7), ip(192, 0, 2, 0, 255, 255, 255, 0), true, false],
  [ip(192, 0, 3, 7), ip(192, 0, 2, 0, 255, 255, 255, 0), false, true],
  [ip(192, 0, 2, 7), ip(0, 0, 0, 0, 0, 0, 0, 0), true, false],
  [ip(192, 0, 2, 7), ip(192, 0, 2, 0, 255, 0, 255, 0), false, false],
  [ip(192, 0, 2, 7), ip(192, 0, 2, 7), false, false],
  [ip(192, 0, 2), ip(192, 0, 2, 0, 255, 255, 255, 0), false, false],
  [ip(...v6(32, 1, 13, 184, 1)), ip(...v6(32, 1, 13, 184), ...prefix32), true, false],
  [ip(...v6(32, 1, 13, 185)), ip(...v6(32, 1, 13, 184), ...prefix32), false, true],
  [ip(...v6(32, 1, 13, 184)), ip(192, 0, 2, 0, 255, 255, 255, 0), false, true],
  [directory('CN=a,O=Acme,C=DE'), directory('O=Acme,C=DE'), true, false],
  [directory('CN=a,O=ACME  ,C=de'), directory('O=Acme,C=DE'), true, false],
  [directory('O=Acme,C=DE'), directory('CN=a,O=Acme,C=DE'), false, true],
  [directory('CN=a,O=Other,C=DE'), directory('O=Acme,C=DE'), false, true],
  [upn('a@example.com'), upn('a@example.com'), false, false],
  [upn('a@example.com'), upn('b@example.com'), false, false],
  [upn('a@example.com'), smtp('b@example.com'), true, true],
  [registered, registered, false, false],
]

describe('name constraints', () => {
  it.each(rows)('%j below %j', async (name, base, permitted, notExcluded) => {
    expect(await accepted({ permitted: [base] }, { names: [name] })).toBe(permitted)
    expect(await accepted({ excluded: [base] }, { names: [name] })).toBe(notExcluded)
  })

  it('applies directory names to the subject, and mail to the address in it', async () => {
    const permitted = [directory('O=Acme')]
    expect(await accepted({ permitted }, { subject: 'CN=a,O=Acme' })).toBe(true)
    expect(await accepted({ permitted }, { subject: 'CN=a,O=Other' })).toBe(false)
    expect(await accepted({ permitted }, { subject: '', names: [dns('a.test')] })).toBe(true)
    const subject = `CN=a,${attributeOid.emailAddress}=#1608726f6f7440612e78`
    expect(await accepted({ permitted: [mail('a.x')] }, { subject })).toBe(true)
    expect(await accepted({ permitted: [mail('b.x')] }, { subject })).toBe(false)
    expect(await accepted({ excluded: [mail('a.x')] }, { subject, names: [dns('a.test')] })).toBe(false)
  })

  it('lets excluded names win over permitted ones', async () => {
    const ca = { permitted: [dns('example.com')], excluded: [dns('bad.example.com')] }
    expect(await accepted(ca, { names: [dns('good.example.com')] })).toBe(true)
    expect(await accepted(ca, { names: [dns('x.bad.example.com')] })).toBe(false)
    expect(await accepted(ca, { names: [dns('good.example.com'), dns('bad.example.com')] })).toBe(false)
  })

  it('permits what any subtree of a CA permits, and all CAs do', async () => {
    const two = { permitted: [dns('example.com'), dns('example.org')] }
    expect(await accepted(two, { names: [dns('a.example.org'), dns('a.example.com')] })).toBe(true)
    const upper = certificate({ subject: 'CN=Up', issuer: 'CN=Root', key: 3, signedBy: 0, ca: true, ...two })
    const lower = { issuer: 'CN=Up', signedBy: 3, permitted: [dns('example.com'), dns('test')] }
    const check = async (name: string) => {
      const ca = certificate({ subject: 'CN=CA', key: 1, ca: true, ...lower })
      const leaf = certificate({ subject: '', issuer: 'CN=CA', key: 2, signedBy: 1, names: [dns(name)] })
      const options = { time: now, revocation: 'none', intermediates: [ca, upper] } as const
      return (await findPath({ crypto: nodeCrypto }, leaf, [trustAnchor(root)], options)).valid
    }
    expect([await check('a.example.com'), await check('a.test'), await check('a.example.org')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('does not constrain self-issued CAs, but a self-issued leaf', async () => {
    const permitted = [directory('O=Acme')]
    const ca = certificate({ subject: 'CN=CA', issuer: 'CN=Root', key: 1, signedBy: 0, ca: true, permitted })
    const rolled = certificate({ subject: 'CN=CA', issuer: 'CN=CA', key: 4, signedBy: 1, ca: true })
    const leaf = certificate({ subject: 'CN=a,O=Acme', issuer: 'CN=CA', key: 2, signedBy: 4 })
    const options = { time: now, revocation: 'none', intermediates: [ca, rolled] } as const
    const find = (der: Uint8Array) => findPath({ crypto: nodeCrypto }, der, [trustAnchor(root)], options)
    expect(await find(leaf)).toMatchObject({ valid: true })
    expect(await find(rolled)).toMatchObject({ valid: false, failures: [{ code: 'name-constraints', index: 0 }] })
  })

  it('refuses distances, which nobody uses', async () => {
    const value = NameConstraints.encode({ permittedSubtrees: [{ base: dns('example.com'), minimum: 1 }] })
    const more = [extension(extensionOid.nameConstraints, value, true)]
    expect(await accepted({ more }, { names: [dns('a.example.com')] })).toBe(false)
    expect(await accepted({ more }, { names: [uri('https://a.test')] })).toBe(true)
  })

  it('takes those of the caller and of the anchor', async () => {
    const subtree = [{ base: dns('example.com'), minimum: 0 }]
    const leaf = certificate({ subject: '', issuer: 'CN=Root', key: 2, signedBy: 0, names: [dns('a.example.com')] })
    const find = (more: object, anchor = trustAnchor(root)) =>
      findPath({ crypto: nodeCrypto }, leaf, [anchor], { time: now, revocation: 'none', ...more })
    expect(await find({ permittedSubtrees: subtree })).toMatchObject({ valid: true })
    expect(await find({ excludedSubtrees: subtree })).toMatchObject({ valid: false })
    const limited = certificate({
      subject: 'CN=Root',
      issuer: 'CN=Root',
      key: 0,
      signedBy: 0,
      ca: true,
      excluded: [dns('example.com')],
    })
    expect(await find({}, trustAnchor(limited))).toMatchObject({ valid: false })
    expect(await find({}, trustAnchor(limited, { constraints: 'ignore' }))).toMatchObject({ valid: true })
  })

  it('shows no octets of a name that could draw in a log', async () => {
    const bad = {
      type: 'otherName',
      value: { typeId: '1.3.6.1.5.5.7.8.9', value: utf8String.encode('a\n@x.y') },
    } as const
    const ca = certificate({
      subject: 'CN=CA',
      issuer: 'CN=Root',
      key: 1,
      signedBy: 0,
      ca: true,
      permitted: [mail('z.test')],
    })
    const leaf = certificate({ subject: '', issuer: 'CN=CA', key: 2, signedBy: 1, names: [bad] })
    const options = { time: now, revocation: 'none', intermediates: [ca] } as const
    const result = await findPath({ crypto: nodeCrypto }, leaf, [trustAnchor(root)], options)
    expect(result.valid ? '' : result.failures[0]?.message).not.toContain('\n')
  })
})
