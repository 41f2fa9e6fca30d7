import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { signatureAlgorithmIdentifier } from '@certwright/core/algorithms'
import { toSigned } from '@certwright/core/asn1'
import { createCmsSigner, encodeEnvelope, encodeSignedData, openEnvelope, verifySignedData } from '@certwright/core/cms'
import { nodeCrypto, openPrivateKey, systemRandom } from '@certwright/core/defaults'
import { Certificate, parseName, SubjectPublicKeyInfo, TBSCertificate } from '@certwright/core/x509'
import { measureAsync, type Row, round } from './_measure.js'

const content = new TextEncoder().encode('a message of a device, as SCEP and CMP carry it\n'.repeat(20))

/** A signer with a self-signed certificate, and the same key for the bare signature. */
async function makeSigner(der: Uint8Array) {
  const key = await openPrivateKey(der)
  const signer = key.signer()
  const signature = signatureAlgorithmIdentifier(signer.algorithm)
  const subject = parseName('CN=signer,O=Acme')
  const tbsCertificate = toSigned(TBSCertificate, {
    version: 2,
    serialNumber: Uint8Array.of(1),
    signature,
    issuer: subject,
    validity: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') },
    subject,
    subjectPublicKeyInfo: SubjectPublicKeyInfo.decode(key.publicKey),
  })
  const bytes = await signer.sign(tbsCertificate.bytes)
  const signatureValue = { unusedBits: 0, bytes }
  const certificate = Certificate.encode({ tbsCertificate, signatureAlgorithm: signature, signatureValue })
  const keyObject = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  return { signer: await createCmsSigner(nodeCrypto, { signer, certificate }), keyObject }
}

/** Signing in the thread pool, as our RSA signer does. */
const signInPool = (data: Uint8Array, key: ReturnType<typeof createPrivateKey>) =>
  new Promise((resolve, reject) => {
    sign('sha256', data, key, (error, signature) => (error === null ? resolve(signature) : reject(error)))
  })

/** SignedData against the bare signature, in one run. */
export async function run(): Promise<readonly Row[]> {
  const pkcs8 = { type: 'pkcs8', format: 'der' } as const
  const ec = await makeSigner(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8))
  const rsa = await makeSigner(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pkcs8))
  const message = (signer: typeof ec.signer) => encodeSignedData(nodeCrypto, { content, signers: [{ signer }] })
  const made = await message(ec.signer)
  const us = await measureAsync({
    p256: { run: () => message(ec.signer), times: 2000 },
    p256Bare: { run: () => sign('sha256', content, ec.keyObject), times: 2000 },
    rsa: { run: () => message(rsa.signer), times: 200 },
    rsaBare: { run: () => signInPool(content, rsa.keyObject), times: 200 },
    verify: { run: () => verifySignedData(nodeCrypto, made), times: 1000 },
  })
  const large = new Uint8Array(2 * 1024 * 1024)
  const deps = { crypto: nodeCrypto, random: systemRandom }
  const kek = { kind: 'key', keyIdentifier: Uint8Array.of(1), key: new Uint8Array(32) } as const
  const seal = () => encodeEnvelope(deps, { content: large, recipients: [kek], cipher: 'aes-256-cbc' })
  const sealed = await seal()
  const ms = await measureAsync({
    seal: { run: seal, times: 10 },
    open: { run: () => openEnvelope(deps, sealed, kek), times: 10 },
  })
  return [
    row('cms.seal.2mb_ms', ms.seal / 1000, 'ms', 'EnvelopedData of 2 MB, AES-256-CBC'),
    row('cms.open.2mb_ms', ms.open / 1000, 'ms', 'and open it'),
    row('cms.sign.p256_us', us.p256, 'us', `SignedData of ${made.length} octets, P-256, four signed attributes`),
    row('cms.sign.p256_vs_bare', us.p256Bare / us.p256, 'x', `the bare signature takes ${round(us.p256Bare)} us`),
    row('cms.sign.rsa2048_us', us.rsa, 'us', 'the same with RSA-2048'),
    row('cms.sign.rsa2048_vs_bare', us.rsaBare / us.rsa, 'x', `the bare signature takes ${round(us.rsaBare)} us`),
    row('cms.verify.p256_us', us.verify, 'us', 'read and verify the first'),
  ]
}

const row = (id: string, value: number, unit: string, what: string): Row => ({ id, value: round(value), unit, what })
