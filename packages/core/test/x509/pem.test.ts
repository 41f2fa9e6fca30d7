import { CertwrightError } from '@certwright/core/errors'
import { decodePem, encodePem, PemError, pemLabel } from '@certwright/core/x509'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkspace, type Workspace } from './openssl.js'

let work: Workspace
beforeAll(() => {
  work = openWorkspace()
})
afterAll(() => work.remove())

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)
const pem = encodePem('CERTIFICATE', bytes)
const [begin = '', first = '', second = '', third = '', end = ''] = pem.split('\n')

describe('PEM', () => {
  it('goes both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500, size: 'max' }), (octets) => {
        expect(decodePem(encodePem('X509 CRL', octets))).toEqual([{ label: 'X509 CRL', bytes: octets }])
      }),
    )
  })

  it('is what openssl writes', () => {
    work.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'k.pem')
    const written = new TextDecoder().decode(work.read('k.pem'))
    const [block] = decodePem(written, { labels: ['PRIVATE KEY'] })
    expect(encodePem('PRIVATE KEY', block?.bytes ?? new Uint8Array())).toBe(written)
  })

  it.each(Object.values(pemLabel))('has the label %s', (label) => {
    const text = encodePem(label, bytes)
    expect(text.startsWith(`-----BEGIN ${label}-----\n`)).toBe(true)
    expect(text.endsWith(`\n-----END ${label}-----\n`)).toBe(true)
    expect(decodePem(text, { labels: [label] })).toEqual([{ label, bytes }])
  })

  it('has the labels that openssl writes', () => {
    work.openssl('genpkey', '-algorithm', 'ED25519', '-out', 'e.pem')
    work.openssl('pkey', '-in', 'e.pem', '-pubout', '-out', 'pub.pem')
    work.openssl('pkcs8', '-topk8', '-in', 'e.pem', '-passout', 'pass:x', '-out', 'enc.pem')
    work.openssl('req', '-new', '-x509', '-key', 'e.pem', '-subj', '/CN=a', '-out', 'cert.pem')
    work.openssl('req', '-new', '-key', 'e.pem', '-subj', '/CN=a', '-out', 'req.pem')
    work.openssl('crl2pkcs7', '-nocrl', '-certfile', 'cert.pem', '-out', 'p7.pem')
    work.openssl('cms', '-data_create', '-in', 'cert.pem', '-binary', '-outform', 'PEM', '-out', 'cms.pem')
    const files = ['e.pem', 'pub.pem', 'enc.pem', 'cert.pem', 'req.pem', 'p7.pem', 'cms.pem']
    const labels = files.flatMap((file) =>
      decodePem(new TextDecoder().decode(work.read(file))).map(({ label }) => label),
    )
    expect(labels).toEqual([
      pemLabel.privateKey,
      pemLabel.publicKey,
      pemLabel.encryptedPrivateKey,
      pemLabel.certificate,
      pemLabel.certificationRequest,
      pemLabel.pkcs7,
      pemLabel.cms,
    ])
  })

  it.each([
    ['X509 CERTIFICATE', 'CERTIFICATE'],
    ['X.509 CERTIFICATE', 'CERTIFICATE'],
    ['CRL', 'X509 CRL'],
    ['NEW CERTIFICATE REQUEST', 'CERTIFICATE REQUEST'],
    ['CERTIFICATE CHAIN', 'PKCS7'],
  ])('reads the old label %s when lenient, and only then', (old, label) => {
    const text = encodePem(old, bytes)
    expect(decodePem(text, { lenient: true, labels: [label] })).toEqual([{ label, bytes }])
    expect(() => decodePem(text, { labels: [label] })).toThrow(`expected ${label}, found ${old}`)
    expect(decodePem(text)).toEqual([{ label: old, bytes }])
  })

  it('is skipped around: several blocks, text between them', () => {
    const text = `subject=CN\n${pem}\nmore: text\n${encodePem('X509 CRL', Uint8Array.of(1))}\r\nend`
    expect(decodePem(text).map(({ label }) => label)).toEqual(['CERTIFICATE', 'X509 CRL'])
  })

  it.each(['\n', '\r\n', '\r'])('ends lines with %j', (newline) => {
    expect(decodePem(pem.replaceAll('\n', newline))).toEqual([{ label: 'CERTIFICATE', bytes }])
  })

  it.each([
    ['no block', 'hello', 1],
    ['an empty text', '', 1],
    ['no end', [begin, first].join('\n'), 1],
    ['another label at the end', pem.replace('END CERTIFICATE', 'END X509 CRL'), 5],
    ['a block in a block', [begin, first, begin].join('\n'), 3],
    ['a short line', [begin, first.slice(1), second, third, end].join('\n'), 2],
    ['a long line', [begin, first + second, third, end].join('\n'), 2],
    ['a blank line', [begin, first, '', second, third, end].join('\n'), 3],
    ['a space at the end of a line', [begin, `${first} `, second, third, end].join('\n'), 2],
    ['wrong padding', [begin, first, second, third.slice(0, -1), end].join('\n'), 2],
    ['a character outside the alphabet', [begin, first, second, `*${third.slice(1)}`, end].join('\n'), 2],
    ['a header', [begin, 'Comment: x', '', first, second, third, end].join('\n'), 2],
    ['a label with two spaces', pem.replaceAll('CERTIFICATE', 'A  B'), 1],
    ['a label that ends with a hyphen', pem.replaceAll('CERTIFICATE', 'A-'), 1],
  ])('refuses %s', (_what, text, line) => {
    try {
      decodePem(text)
    } catch (error) {
      expect(error).toBeInstanceOf(PemError)
      expect(error).toMatchObject({ code: 'pem', line })
      return
    }
    throw new Error('expected a PemError')
  })

  it('refuses a label that was not asked for', () => {
    expect(() => decodePem(pem, { labels: ['X509 CRL'] })).toThrow('expected X509 CRL, found CERTIFICATE (line 1)')
  })

  it('refuses a text beyond the limit', () => {
    expect(() => decodePem(pem, { maxSize: pem.length - 1 })).toThrow(CertwrightError)
    expect(decodePem(pem, { maxSize: pem.length })).toHaveLength(1)
  })

  it.each([
    ['short lines', [begin, ...(`${first}${second}${third}`.match(/.{1,20}/g) ?? []), end].join('\n')],
    ['one line', [begin, first + second + third, end].join('\n')],
    ['blank lines and spaces', [` ${begin} `, '', `  ${first}\t`, second, '', third, ` ${end}`].join('\n')],
    ['headers', [begin, 'Comment: x', 'Other: y', '', first, second, third, end].join('\n')],
    ['no padding', [begin, first, second, third.replaceAll('=', ''), end].join('\n')],
  ])('reads %s when lenient', (_what, text) => {
    expect(decodePem(text, { lenient: true })).toEqual([{ label: 'CERTIFICATE', bytes }])
  })

  it('says what to do with a block encrypted by RFC 1421', () => {
    const text = [begin, 'Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,00', '', first, end].join('\n')
    expect(() => decodePem(text, { lenient: true })).toThrow('convert it to PKCS #8')
  })

  it('does not write a label that is none', () => {
    expect(() => encodePem('A-----\nB', bytes)).toThrow(PemError)
  })

  it('answers any damage with a typed error', () => {
    fc.assert(
      fc.property(fc.nat({ max: pem.length }), fc.string({ maxLength: 3 }), fc.boolean(), (at, insert, lenient) => {
        try {
          decodePem(pem.slice(0, at) + insert + pem.slice(at + 1), { lenient })
        } catch (error) {
          expect(error).toBeInstanceOf(PemError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
