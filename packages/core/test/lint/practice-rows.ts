import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { ExtendedKeyUsage, PrivateKeyUsagePeriod, parseName } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { dns, issuing, keys, leaf, plain, purposes } from './samples.js'

const device = (...values: string[]) => leaf({ with: { subjectAltName: dns(...values) } })
const period = (notAfter: string) =>
  leaf({ with: { privateKeyUsagePeriod: plain(PrivateKeyUsagePeriod, { notAfter: new Date(notAfter) }) } })

export const practiceRows: readonly Row[] = [
  ['serial-entropy', leaf(), leaf({ serialNumber: fromHex('40'.repeat(7)) })],
  ['rsa-modulus-length', leaf({ subjectPublicKeyInfo: keys.rsa2048 }), leaf({ subjectPublicKeyInfo: keys.rsa1024 })],
  [
    'rsa-public-exponent',
    leaf({ subjectPublicKeyInfo: keys.rsa2048 }),
    leaf({ subjectPublicKeyInfo: keys.rsaExponent3 }),
  ],
  [
    'issuer-key-strength',
    leaf(),
    leaf({
      issuerTbs: issuing({ subjectPublicKeyInfo: keys.rsa2048 }).tbs,
      signature: signatureAlgorithmIdentifier('rsa-pkcs1-sha256'),
    }),
  ],
  [
    'extended-key-usage-unique',
    leaf(),
    leaf({ with: { extendedKeyUsage: plain(ExtendedKeyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.1']) } }),
  ],
  ['alternative-name-unique', device('a.example.com', 'b.example.com'), device('a.example.com', 'a.example.com')],
  ['attribute-whitespace', leaf(), leaf({ subject: parseName('CN=device\\ ') })],
  [
    'attribute-controls',
    leaf(),
    leaf({ subject: parseName('CN=dev\\00ice') }),
    leaf({ subject: parseName('CN=device\u202e1') }),
  ],
  ['multi-valued-rdn', leaf(), leaf({ subject: parseName('CN=device+SERIALNUMBER=1') })],
  ['wildcard-position', device('*.example.com'), device('device.*.example.com'), device('d*.example.com'), device('*')],
  ['private-key-usage-within-validity', period('2026-06-01T00:00:00Z'), period('2030-06-01T00:00:00Z')],
  [
    'ca-extended-key-usage-any',
    issuing(),
    issuing({ with: { extendedKeyUsage: purposes('serverAuth', 'anyExtendedKeyUsage') } }),
  ],
]
