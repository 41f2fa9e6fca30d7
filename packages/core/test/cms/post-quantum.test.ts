import type { ParameterSetName } from '@certwright/core/algorithms'
import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { toSigned } from '@certwright/core/asn1'
import { createCmsSigner, encodeEnvelope, encodeSignedData, openEnvelope, verifySignedData } from '@certwright/core/cms'
import { generatePrivateKey, nodeCrypto, type PrivateKey, systemRandom } from '@certwright/core/defaults'
import type { Signer } from '@certwright/core/ports'
import {
  Certificate,
  extensionOid,
  parseName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
} from '@certwright/core/x509'
import { describe, expect, it } from 'vitest'

const content = new TextEncoder().encode('for the years to come')
const deps = { crypto: nodeCrypto, random: systemRandom }

/** A certificate for a key, signed by another. */
async function certify(key: PrivateKey, signer: Signer): Promise<Uint8Array> {
  const subject = parseName(`CN=${key.type}`)
  const signature = signatureAlgorithmIdentifier(signer.algorithm)
  const extnValue = SubjectKeyIdentifier.encode((await nodeCrypto.digest('sha256', key.publicKey)).subarray(0, 20))
  const tbsCertificate = toSigned(TBSCertificate, {
    version: 2,
    serialNumber: Uint8Array.of(7),
    signature,
    issuer: subject,
    validity: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') },
    subject,
    subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(key.publicKey),
    extensions: [{ extnID: extensionOid.subjectKeyIdentifier, critical: false, extnValue }],
  })
  const bytes = await signer.sign(tbsCertificate.bytes)
  const signatureValue = { unusedBits: 0, bytes }
  return Certificate.encode({ tbsCertificate, signatureAlgorithm: signature, signatureValue })
}

describe('post-quantum CMS', () => {
  it.each<ParameterSetName>(['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'slh-dsa-sha2-128f', 'slh-dsa-shake-128f'])(
    '%s signs and verifies (RFC 9882, RFC 9814)',
    async (type) => {
      const key = await generatePrivateKey(type)
      const certificate = await certify(key, key.signer())
      const signer = await createCmsSigner(nodeCrypto, { signer: key.signer(), certificate })
      const withAttributes = await encodeSignedData(nodeCrypto, { content, signers: [{ signer }] })
      expect((await verifySignedData(nodeCrypto, withAttributes)).signers).toMatchObject([{ valid: true }])
      const bare = await encodeSignedData(nodeCrypto, { content, signers: [{ signer, withoutSignedAttributes: true }] })
      expect((await verifySignedData(nodeCrypto, bare)).signers).toMatchObject([{ valid: true }])
      const changed = withAttributes.map((octet, i) => (i === withAttributes.length - 100 ? octet ^ 1 : octet))
      expect((await verifySignedData(nodeCrypto, changed)).signers).toMatchObject([{ failure: 'signature' }])
    },
  )

  it.each(['ml-kem-512', 'ml-kem-768', 'ml-kem-1024'] as const)('%s is sent to (RFC 9629, RFC 9936)', async (type) => {
    const key = await generatePrivateKey(type)
    const certificate = await certify(key, (await generatePrivateKey('ecdsa-p256')).signer())
    for (const identifiedBy of ['issuerAndSerialNumber', 'subjectKeyIdentifier'] as const) {
      const sealed = await encodeEnvelope(deps, {
        content,
        recipients: [{ kind: 'certificate', certificate, identifiedBy }],
      })
      const opener = { kind: 'private-key', key: key.decryptionKey(), certificate } as const
      expect((await openEnvelope(deps, sealed, opener)).content).toEqual(content)
      const other = { ...opener, key: (await generatePrivateKey(type)).decryptionKey() }
      await expect(openEnvelope(deps, sealed, other)).rejects.toMatchObject({ code: 'decryption' })
    }
  })
})
