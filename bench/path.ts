import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { nodeCrypto } from '@certwright/core/defaults'
import { findPath, trustAnchor } from '@certwright/core/path'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  extensionOid,
  KeyUsage,
  parseName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  signedStructure,
  TBSCertificate,
} from '@certwright/core/x509'
import { measureAsync, type Row, round } from './_measure.js'

const algorithm = { algorithm: '1.2.840.10045.4.3.2' }
const time = new Date('2026-06-01T00:00:00Z')

interface Entity {
  readonly name: string
  readonly id: Uint8Array
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
}

function entity(name: string, id: number): Entity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  return { name, id: new Uint8Array(20).fill(id), privateKey, publicKey: der }
}

/** A certificate as public CAs make them, with the extensions that validation reads. */
function certificate(subject: Entity, issuer: Entity, ca: boolean): Uint8Array {
  const extension = (extnID: string, extnValue: Uint8Array, critical = false) => ({ extnID, critical, extnValue })
  const usage = ca ? (['keyCertSign', 'cRLSign'] as const) : (['digitalSignature'] as const)
  const tbs = TBSCertificate.encode({
    version: 2,
    serialNumber: new Uint8Array(16).fill(0x42),
    signature: algorithm,
    issuer: parseName(issuer.name),
    validity: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') },
    subject: parseName(subject.name),
    subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(subject.publicKey),
    extensions: [
      extension(extensionOid.subjectKeyIdentifier, SubjectKeyIdentifier.encode(subject.id)),
      extension(extensionOid.authorityKeyIdentifier, AuthorityKeyIdentifier.encode({ keyIdentifier: issuer.id })),
      extension(extensionOid.keyUsage, KeyUsage.encode(new Set(usage)), true),
      extension(extensionOid.basicConstraints, BasicConstraints.encode({ cA: ca }), true),
      extension(
        extensionOid.subjectAltName,
        SubjectAlternativeName.encode([{ type: 'dNSName', value: 'device.example.org' }]),
      ),
    ],
  })
  return signedStructure(tbs, algorithm, new Uint8Array(sign('sha256', tbs, issuer.privateKey)))
}

/** A leaf below two CAs below an anchor, as TLS servers and devices send it: three signatures. */
export async function run(): Promise<readonly Row[]> {
  const [root, upper, lower, device] = [
    entity('CN=Root,O=Acme,C=DE', 1),
    entity('CN=Upper,O=Acme,C=DE', 2),
    entity('CN=Lower,O=Acme,C=DE', 3),
    entity('CN=device-1,O=Acme,C=DE', 4),
  ]
  const anchors = [trustAnchor(certificate(root, root, true))]
  const leaf = certificate(device, lower, false)
  const intermediates = [certificate(lower, upper, true), certificate(upper, root, true)]
  const options = { time, revocation: 'none', intermediates } as const
  const signed = [leaf, ...intermediates].map((der, index) => {
    const { tbsCertificate, signatureValue } = Certificate.decode(der)
    const { publicKey } = [lower, upper, root][index] ?? root
    return { bytes: tbsCertificate.bytes, signature: signatureValue.bytes, publicKey }
  })
  const us = await measureAsync({
    ours: { run: () => findPath({ crypto: nodeCrypto }, leaf, anchors, options), times: 500 },
    floor: {
      run: async () => {
        for (const { bytes, signature, publicKey } of signed) {
          if (!(await nodeCrypto.verify('ecdsa-sha256', publicKey, bytes, signature)))
            throw new Error('does not verify')
        }
      },
      times: 500,
    },
  })
  const { valid } = await findPath({ crypto: nodeCrypto }, leaf, anchors, options)
  if (!valid) throw new Error('the path of the bench is not valid')
  return [
    {
      id: 'path.vs_floor',
      value: round(us.ours / us.floor),
      unit: 'x',
      what: `${round(us.ours)} us to find and validate a path of three certificates; its three P-256 verifications alone take ${round(us.floor)} us`,
    },
  ]
}
