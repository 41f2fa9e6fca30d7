import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { RsassaPssParams } from '@certwright/core/x509'
import type { Row } from './rules.js'
import { bare, issuing, keys, leaf, root, usage } from './samples.js'

type Usages = Parameters<typeof usage>
const keyOf = (name: keyof typeof keys, ...bits: Usages) =>
  bare({ subjectPublicKeyInfo: keys[name], with: { keyUsage: usage(...bits) } })
const signedBy = (
  name: keyof typeof keys,
  algorithm: Parameters<typeof signatureAlgorithmIdentifier>[0],
  change = {},
) =>
  leaf({
    issuerTbs: issuing({ subjectPublicKeyInfo: keys[name] }).tbs,
    signature: { ...signatureAlgorithmIdentifier(algorithm), ...change },
  })
const nullParameters = { parameters: fromHex('0500') }

/** RSASSA-PSS with SHA-256 and a salt of another length. */
function withSalt(saltLength: number) {
  const { algorithm, parameters = new Uint8Array() } = signatureAlgorithmIdentifier('rsa-pss-sha256')
  return { algorithm, parameters: RsassaPssParams.encode({ ...RsassaPssParams.decode(parameters), saltLength }) }
}

export const algorithmRows: readonly Row[] = [
  [
    'public-key-form',
    leaf(),
    leaf({ subjectPublicKeyInfo: { ...keys.p256, algorithm: { algorithm: '1.2.840.10045.2.1' } } }),
    leaf({ subjectPublicKeyInfo: { ...keys.ed25519, algorithm: { algorithm: '1.3.101.112', ...nullParameters } } }),
    leaf({ subjectPublicKeyInfo: { ...keys.p256, subjectPublicKey: { unusedBits: 0, bytes: fromHex('0203') } } }),
  ],
  [
    'signature-known',
    leaf(),
    leaf({ signature: { algorithm: '1.2.840.113549.1.1.5', ...nullParameters } }),
    leaf({ signature: { algorithm: '1.2.3.4' } }),
  ],
  [
    'signature-fits-key',
    leaf(),
    leaf({ signature: signatureAlgorithmIdentifier('rsa-pkcs1-sha256') }),
    root({ subjectPublicKeyInfo: keys.ed25519 }),
  ],
  [
    'rsa-signature-null',
    signedBy('rsa2048', 'rsa-pkcs1-sha256'),
    leaf({
      issuerTbs: issuing({ subjectPublicKeyInfo: keys.rsa2048 }).tbs,
      signature: { algorithm: '1.2.840.113549.1.1.11' },
    }),
  ],
  [
    'rsa-pss-signature-salt',
    signedBy('rsa2048', 'rsa-pss-sha256'),
    signedBy('rsa2048', 'rsa-pss-sha256', withSalt(20)),
  ],
  ['ecdsa-signature-parameters', leaf(), leaf({ signature: { ...leaf().tbs.signature, ...nullParameters } })],
  ['eddsa-signature-parameters', signedBy('ed25519', 'ed25519'), signedBy('ed25519', 'ed25519', nullParameters)],
  ['ml-dsa-signature-parameters', signedBy('mlDsa44', 'ml-dsa-44'), signedBy('mlDsa44', 'ml-dsa-44', nullParameters)],
  [
    'slh-dsa-signature-parameters',
    signedBy('slhDsa', 'slh-dsa-sha2-128s'),
    signedBy('slhDsa', 'slh-dsa-sha2-128s', nullParameters),
  ],
  ['rsa-key-null', leaf({ subjectPublicKeyInfo: keys.rsa2048 }), leaf({ subjectPublicKeyInfo: keys.rsaNoNull })],
  ['rsa-key-usage', keyOf('rsa2048', 'keyEncipherment'), keyOf('rsa2048', 'keyAgreement')],
  [
    'rsa-ca-key-usage',
    root({ subjectPublicKeyInfo: keys.rsa2048, signature: signatureAlgorithmIdentifier('rsa-pkcs1-sha256') }),
    root({ subjectPublicKeyInfo: keys.rsa2048, with: { keyUsage: usage('keyCertSign', 'keyEncipherment') } }),
  ],
  ['rsa-pss-key-usage', keyOf('rsaPss', 'digitalSignature'), keyOf('rsaPss', 'keyEncipherment')],
  ['ec-key-usage', keyOf('p256', 'digitalSignature', 'keyAgreement'), keyOf('p256', 'keyEncipherment')],
  ['eddsa-key-usage', keyOf('ed25519', 'digitalSignature'), keyOf('ed25519', 'digitalSignature', 'keyAgreement')],
  [
    'x25519-key-usage',
    keyOf('x25519', 'keyAgreement'),
    keyOf('x25519', 'keyAgreement', 'digitalSignature'),
    keyOf('x25519', 'encipherOnly'),
  ],
  ['ml-dsa-key-usage', keyOf('mlDsa44', 'digitalSignature'), keyOf('mlDsa44', 'keyEncipherment')],
  ['slh-dsa-key-usage', keyOf('slhDsa', 'digitalSignature'), keyOf('slhDsa', 'keyAgreement')],
  ['ml-kem-key-usage', keyOf('mlKem512', 'keyEncipherment'), keyOf('mlKem512', 'keyEncipherment', 'dataEncipherment')],
]
