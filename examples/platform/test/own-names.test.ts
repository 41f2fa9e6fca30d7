import type { PolicyQuestion } from '@certwright/core/enrollment'
import { extensionOid, parseName, SubjectAlternativeName } from '@certwright/core/x509'
import { expect, it } from 'vitest'
import { keepOwnNames } from '../src/own-names.js'

const asked = (subject: string, ...names: string[]): PolicyQuestion => {
  const dnsNames = names.map((value) => ({ type: 'dNSName' as const, value }))
  const extension = () => {
    const extnValue = SubjectAlternativeName.encode(dnsNames)
    return { extnID: extensionOid.subjectAltName, critical: false, extnValue }
  }
  const extensions = names.length === 0 ? [] : [extension()]
  return { subject: parseName(subject), extensions } as unknown as PolicyQuestion
}
const denied = { denied: expect.stringMatching(/platform/) }

it.each([
  ['the host', asked('CN=d', 'PKI.example')],
  ['the host with a dot at its end', asked('CN=d', 'pki.example.')],
  ['a wildcard over it', asked('CN=d', 'other.example', '*.example')],
  ['localhost', asked('CN=d', 'localhost')],
  ['the host as common name', asked('CN=Pki.Example')],
  ['an address as common name', asked('CN=0:0:0:0:0:0:0:1')],
])('keeps %s', (_, question) => {
  expect(keepOwnNames('pki.example')(question)).toEqual(denied)
})

it.each([
  ['a name', asked('CN=device-1')],
  ['another host', asked('CN=d', 'device.pki.example', '*.pki.example', 'xpki.example')],
])('lets %s pass', (_, question) => {
  expect(keepOwnNames('pki.example')(question)).toBe(true)
})

it('leaves names that cannot be read to the profile', () => {
  const extension = { extnID: extensionOid.subjectAltName, critical: false, extnValue: Uint8Array.of(1, 2) }
  const question = { ...asked('CN=d'), extensions: [extension] }
  expect(keepOwnNames('pki.example')(question)).toBe(true)
})
