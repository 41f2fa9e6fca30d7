import { generalName } from '@certwright/core/pkix'
import { certificateNames, extensionOid, parseName, SubjectAlternativeName } from '@certwright/core/x509'
import { expect, test } from 'vitest'

const alternative = (...names: Parameters<typeof SubjectAlternativeName.encode>[0]) => [
  { extnID: extensionOid.subjectAltName, critical: false, extnValue: SubjectAlternativeName.encode(names) },
]

test('alternative names, then common names, each once', () => {
  const extensions = alternative(
    generalName.dns('A.Example.org'),
    generalName.dns('a.example.org'),
    { type: 'iPAddress', value: new Uint8Array([192, 0, 2, 1]) },
    { type: 'uniformResourceIdentifier', value: 'urn:Device:1' },
  )
  expect(certificateNames({ subject: parseName('CN=Device 1,O=Acme,CN=second'), extensions })).toEqual([
    'DNS:a.example.org',
    'IP:192.0.2.1',
    'URI:urn:Device:1',
    'CN:second',
    'CN:Device 1',
  ])
})

test('without alternative names, with broken ones, and without any name', () => {
  expect(certificateNames({ subject: parseName('CN=only') })).toEqual(['CN:only'])
  const broken = [{ extnID: extensionOid.subjectAltName, critical: false, extnValue: new Uint8Array([0x30, 0x05]) }]
  expect(certificateNames({ subject: parseName('CN=only'), extensions: broken })).toEqual(['CN:only'])
  expect(certificateNames({ subject: [], extensions: [] })).toEqual([])
})
