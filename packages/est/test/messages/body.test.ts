import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBase64 } from '@certwright/core/asn1'
import { CertwrightError } from '@certwright/core/errors'
import { CertificationRequest } from '@certwright/core/x509'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  asksForOtherNames,
  decodeCertificates,
  decodeCertificationRequest,
  encodeCertificates,
  encodeCertificationRequest,
} from '../../src/messages/index.js'
import { configWithAttribute, inFolder, makeRequest, runIn, type TestRequest } from '../support/openssl.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

let request: TestRequest
let base64: string
beforeAll(async () => {
  request = await makeRequest('/CN=device-1', { extra: ['-addext', 'subjectAltName=DNS:device-1.example'] })
  base64 = encodeBase64(request.der)
})

describe('body forms of a certification request', () => {
  const wrap = (width: number, end: string): string => base64.replace(new RegExp(`.{${width}}`, 'g'), `$&${end}`)
  const forms: readonly [string, () => string | Uint8Array][] = [
    ['DER', () => request.der],
    ['base64 in one line', () => base64],
    ['base64 with a final line feed', () => `${base64}\n`],
    ['base64 in lines of 64', () => wrap(64, '\n')],
    ['base64 in lines of 76 with CRLF', () => `${wrap(76, '\r\n')}\r\n`],
    ['base64 with tabs and spaces', () => ` \t${wrap(10, ' \t')}\n\n`],
    ['base64 without padding', () => base64.replace(/=+$/, '')],
    ['PEM', () => request.pem],
    ['PEM with CRLF', () => request.pem.replaceAll('\n', '\r\n')],
    ['PEM of the old label', () => request.pem.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')],
    ['PEM joined to one line (curl -d @file)', () => request.pem.replaceAll('\n', '')],
    ['PEM after text (openssl req -text)', () => `Certificate Request:\n    Version: 1 (0x0)\n${request.pem}`],
    ['PEM without a final line feed', () => request.pem.trimEnd()],
  ]
  it.each(forms)('%s', (_, form) => {
    const body = form()
    const decoded = decodeCertificationRequest(typeof body === 'string' ? bytes(body) : body)
    expect(CertificationRequest.encode(decoded)).toEqual(request.der)
  })

  it('survives white space anywhere', () => {
    const space = fc.constantFrom(' ', '\n', '\r\n', '\t', '')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(base64.length), space), { maxLength: 40 }), (inserts) => {
        let text = base64
        for (const [at, blank] of inserts) text = text.slice(0, at) + blank + text.slice(at)
        expect(CertificationRequest.encode(decodeCertificationRequest(bytes(text)))).toEqual(request.der)
      }),
    )
  })

  it('encodes to one line of base64', () => {
    expect(encodeCertificationRequest(request.der)).toBe(base64)
  })
})

describe('bodies that are none', () => {
  const pemOf = (label: string, text = 'AAAA'): string => `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`
  const table: readonly [string, () => string | Uint8Array, string, RegExp][] = [
    ['empty', () => '', 'asn1', /the body is empty/],
    ['white space', () => ' \r\n\t', 'asn1', /the body is empty/],
    ['text', () => 'hello, world', 'asn1', /base64 has a character outside the alphabet at position 5/],
    ['JSON', () => '{"csr":1}', 'asn1', /position 0/],
    ['octets above ASCII', () => Uint8Array.of(0xff, 0xfe, 0x00), 'asn1', /position 0/],
    ['base64 of something else', () => encodeBase64(bytes('hello')), 'asn1', /expected .* found/],
    ['base64 cut in the middle', () => base64.slice(0, 100), 'asn1', /offset/],
    [
      'base64 with one character too many',
      () => `${base64.replace(/=+$/, '').slice(0, 96)}A`,
      'asn1',
      /left over|padding/,
    ],
    ['base64url', () => '-_-_', 'asn1', /position 0/],
    ['DER cut off', () => request.der.subarray(0, 50), 'asn1', /offset/],
    ['DER with trailing octets', () => Uint8Array.of(...request.der, 0), 'asn1', /trailing/],
    ['base64 of DER with trailing octets', () => encodeBase64(Uint8Array.of(...request.der, 1, 2)), 'asn1', /trailing/],
    ['one octet', () => Uint8Array.of(0x30), 'asn1', /offset/],
    ['an indefinite length', () => Uint8Array.of(0x30, 0x80, 0, 0), 'asn1', /length/],
    ['a length of 2 GiB', () => Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff), 'asn1', /offset/],
    [
      'a certificate in PEM',
      () => pemOf('CERTIFICATE'),
      'pem',
      /the PEM block is a CERTIFICATE; a certification request/,
    ],
    ['a private key in PEM', () => pemOf('PRIVATE KEY'), 'pem', /PRIVATE KEY/],
    ['PEM without its end', () => '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n', 'pem', /no matching END/],
    ['PEM with another end', () => request.pem.replace('END CERT', 'END NEW CERT'), 'pem', /do not name the same/],
    ['two PEM blocks', () => request.pem + request.pem, 'pem', /2 PEM blocks/],
    ['PEM of nothing', () => pemOf('CERTIFICATE REQUEST', ''), 'asn1', /offset/],
    ['PEM with headers inside', () => pemOf('CERTIFICATE REQUEST', 'Proc-Type: 4'), 'pem', /no matching END|outside/],
  ]
  it.each(table)('%s', (_, form, code, message) => {
    const body = form()
    expect(() => decodeCertificationRequest(typeof body === 'string' ? bytes(body) : body)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })

  it('any octets are either decoded or refused with an error of ours', () => {
    const mutation = fc.tuple(fc.nat(request.der.length - 1), fc.integer({ min: 0, max: 255 }))
    const mutated = fc.array(mutation, { minLength: 1, maxLength: 5 }).map((list) => {
      const der = request.der.slice()
      for (const [at, value] of list) der[at] = value
      return der
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated, fc.string().map(bytes)), (body) => {
        try {
          decodeCertificationRequest(body)
        } catch (error) {
          expect(error).toBeInstanceOf(CertwrightError)
        }
      }),
    )
  })
})

describe('ChangeSubjectName', () => {
  it('is found among the attributes', async () => {
    const config = configWithAttribute('1.3.6.1.5.5.7.7.36', 'anything')
    const changed = await makeRequest('', { config })
    expect(asksForOtherNames(decodeCertificationRequest(changed.der))).toBe(true)
    expect(asksForOtherNames(decodeCertificationRequest(request.der))).toBe(false)
  })
})

describe('certs-only bodies', () => {
  let certificate: Uint8Array
  beforeAll(async () => {
    certificate = await inFolder(async (dir) => {
      const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'k.pem']
      await runIn(dir, 'openssl', ['req', '-x509', ...key, '-subj', '/CN=a', '-outform', 'DER', '-out', 'c.der'])
      return new Uint8Array(await readFile(join(dir, 'c.der')))
    })
  })

  const sets = (): readonly (readonly Uint8Array[])[] => [
    [],
    [certificate],
    [certificate, certificate.slice()],
    Array.from({ length: 9 }, () => certificate),
  ]

  it('come back as they went, in both layouts', () => {
    for (const set of sets()) {
      expect(decodeCertificates(encodeCertificates(set))).toEqual(set)
      expect(decodeCertificates(encodeCertificates(set, 'openssl'))).toEqual(set)
    }
  })

  it('are one unbroken line by default', () => {
    const text = new TextDecoder().decode(encodeCertificates([certificate, certificate]))
    expect(text).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
  })

  it('come back from DER and PEM too, for servers that answer so', () => {
    const text = new TextDecoder().decode(encodeCertificates([certificate]))
    const der = new Uint8Array(Buffer.from(text, 'base64'))
    expect(decodeCertificates(der)).toEqual([certificate])
    expect(decodeCertificates(bytes(`-----BEGIN PKCS7-----\n${text}\n-----END PKCS7-----\n`))).toEqual([certificate])
  })

  it('in the openssl layout are read by `openssl base64 -d`, with and without -A, and by `base64 -d`', async () => {
    const decoders: readonly (readonly [string, ...string[]])[] = [
      ['openssl', 'base64', '-d', '-in', 'answer'],
      ['openssl', 'base64', '-d', '-A', '-in', 'answer'],
      ['base64', '-d', 'answer'],
    ]
    for (const set of sets()) {
      await inFolder(async (dir) => {
        await writeFile(join(dir, 'answer'), encodeCertificates(set, 'openssl'))
        for (const [program, ...args] of decoders) {
          const output = await new Promise<Buffer>((resolve, reject) =>
            execFile(program, args, { cwd: dir, encoding: 'buffer' }, (error, stdout) =>
              error ? reject(error) : resolve(stdout),
            ),
          )
          expect(decodeCertificates(new Uint8Array(output))).toEqual(set)
        }
      })
    }
  })
})
