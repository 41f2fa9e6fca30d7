import 'reflect-metadata'
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  webcrypto,
} from 'node:crypto'
import { catalogue, memoryKeys, memoryStore, openCa } from '@certwright/core'
import { signatureSchemeOf } from '@certwright/core/algorithms'
import { nodeCrypto } from '@certwright/core/defaults'
import { CertificationRequest, requestedExtensions, SubjectPublicKeyInfo } from '@certwright/core/x509'
import * as x509 from '@peculiar/x509'
import { measureAsync, type Row, round } from './_measure.js'

x509.cryptoProvider.set(webcrypto as unknown as NonNullable<ReturnType<typeof x509.cryptoProvider.get>>)
/** What every certificate says. */
const urls = { crl: ['http://example.org/ca.crl'], caIssuers: ['http://example.org/ca.cer'] }
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** Requests of devices, each with a key of its own: no key is imported twice. */
async function makeRequests(count: number): Promise<readonly Uint8Array[]> {
  const requests: Uint8Array[] = []
  for (let index = 0; index < count; index++) {
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: `CN=device-${index},O=Acme`,
      keys,
      signingAlgorithm: algorithm,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: `device-${index}.example.org` }])],
    })
    requests.push(new Uint8Array(request.rawData))
  }
  return requests
}

/** A CSR in, a certificate out: parse, proof of possession, evaluate, lint, record, sign, self-check, record, audit. */
async function ourPipeline() {
  const keys = memoryKeys()
  const profile = catalogue.get('est-digital-signature')
  if (profile === undefined) throw new Error('the catalogue has no est-digital-signature')
  const ca = await openCa(
    { store: memoryStore(), keys },
    { id: 'bench~issuing', subject: 'CN=Bench CA,O=Acme', profile: 'basic-ca-root', profiles: [profile], urls },
  )
  let count = 0
  return async (der: Uint8Array): Promise<Uint8Array> => {
    const { certificationRequestInfo, signatureAlgorithm, signature } = CertificationRequest.decode(der)
    const { subject, subjectPKInfo } = certificationRequestInfo.value
    const publicKey = SubjectPublicKeyInfo.encode(subjectPKInfo)
    const { name } = signatureSchemeOf(signatureAlgorithm)
    if (!(await nodeCrypto.verify(name, publicKey, certificationRequestInfo.bytes, signature.bytes))) {
      throw new Error('the request does not verify')
    }
    count += 1
    const { certificate } = await ca.order({
      requestId: `r${count}`,
      profile: profile.id,
      requester: 'bench',
      publicKey,
      subject,
      extensions: requestedExtensions(certificationRequestInfo.value),
    })
    return certificate
  }
}

/** The cryptography alone, by the fastest calls there are: import, verify, sign, verify our own, and four hashes. */
function floor() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const tbs = new Uint8Array(450)
  return (der: Uint8Array): Uint8Array => {
    const { certificationRequestInfo, signature } = CertificationRequest.decode(der)
    const spki = SubjectPublicKeyInfo.encode(certificationRequestInfo.value.subjectPKInfo)
    const requester = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    verify('sha256', certificationRequestInfo.bytes, requester, signature.bytes)
    const made = sign('sha256', tbs, key)
    verify('sha256', tbs, publicKey, made)
    for (const data of [spki, spki, tbs, der]) createHash('sha256').update(data).digest()
    return made
  }
}

/** The same certificate with `@peculiar/x509`, without profile, lint or store. */
async function peculiarPipeline() {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  return async (der: Uint8Array): Promise<ArrayBuffer> => {
    const request = new x509.Pkcs10CertificateRequest(der)
    if (!(await request.verify())) throw new Error('the request does not verify')
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: `1${randomBytes(16).toString('hex')}`.slice(0, 32),
      subject: request.subject,
      issuer: 'CN=Bench CA,O=Acme',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      publicKey: request.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.SubjectKeyIdentifierExtension.create(request.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ...request.extensions.filter(({ type }) => type === '2.5.29.17'),
        new x509.CRLDistributionPointsExtension(urls.crl),
        new x509.AuthorityInfoAccessExtension({ caIssuers: urls.caIssuers }),
      ],
    })
    if (!(await certificate.verify({ publicKey: keys.publicKey, signatureOnly: true })))
      throw new Error('bad signature')
    await certificate.getThumbprint('SHA-256')
    return certificate.rawData
  }
}

/** Requests of a server under load: what one of them does between two waits is done for all of them in a row. */
const tasks = 64

/**
 * Issuance against the cryptography in it and against the other library of JavaScript, in one run. The cryptography alone has
 * the processor's caches for itself; one issuance after another finds them cold.
 */
export async function run(): Promise<readonly Row[]> {
  const requests = await makeRequests(2000)
  const next = <T>(pipeline: (der: Uint8Array) => T) => {
    let index = 0
    return () => pipeline(requests[index++ % requests.length] as Uint8Array)
  }
  const [ours, alone, other] = [next(await ourPipeline()), next(floor()), next(await peculiarPipeline())]
  const us = await measureAsync({
    single: { run: ours, times: 1000 },
    ours: { run: ours, times: 1000, tasks },
    floor: { run: alone, times: 1000 },
    peculiar: { run: other, times: 128, tasks },
  })
  const together = `${tasks} requests under way at a time`
  return [
    row(
      'issue.us',
      us.ours,
      'us',
      `a P-256 request in, a certificate out, recorded in memory and audited; ${together}`,
    ),
    row('issue.single_us', us.single, 'us', 'the same, one after another'),
    row('issue.vs_floor', us.floor / us.ours, 'x', `its cryptographic operations alone take ${round(us.floor)} us`),
    row('issue.single_vs_floor', us.floor / us.single, 'x', 'the same, one after another'),
    row('issue.vs_peculiar', us.peculiar / us.ours, 'x', `@peculiar/x509 takes ${round(us.peculiar)} us; ${together}`),
  ]
}

const row = (id: string, value: number, unit: string, what: string): Row => ({ id, value: round(value), unit, what })
