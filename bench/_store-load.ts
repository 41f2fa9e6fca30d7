import { createHash, randomBytes } from 'node:crypto'
import type { CertificateStore, IssuanceIntent, Store } from '@certwright/core/ports'

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')
const notBefore = new Date('2030-01-01T00:00:00Z')
const notAfter = new Date('2031-01-01T00:00:00Z')
let requests = 0

/** An intent of the size that a device certificate on P-256 has: a TBSCertificate of 480 octets, two names. */
function makeIntent(): IssuanceIntent {
  const name = `device-${requests++}.example.org`
  const tbsCertificate = new Uint8Array([0x30, 0x82, 0x01, 0xdc, ...randomBytes(476)])
  return {
    issuer: 'acme~devices',
    serial: `1${randomBytes(15).toString('hex')}0`,
    requestId: sha256(name).slice(0, 32),
    requestDigest: sha256(`request ${name}`),
    tbsCertificate,
    profile: 'est-digital-signature',
    requester: `passcode:line-${requests % 7}`,
    subject: `CN=${name},O=Acme,C=DE`,
    subjectDer: new TextEncoder().encode(`0.1.0...U....DE1.0...U....Acme1-0+..U...${name}`),
    publicKeyDigest: sha256(tbsCertificate),
    notBefore,
    notAfter,
    createdAt: new Date(notBefore.getTime() + requests),
    names: [`DNS:${name}`, `CN:${name}`],
  }
}

/** Records an issuance as the CA does: the intent, the certificate, the audit event. */
async function issue({ certificates, audit }: Store): Promise<void> {
  const intent = makeIntent()
  await certificates.reserve(intent)
  const certificate = new Uint8Array([0x30, 0x82, 0x02, 0x34, ...intent.tbsCertificate, ...randomBytes(84)])
  const { issuer, serial, requestId, requester, profile, subject, createdAt } = intent
  const fingerprint = sha256(certificate)
  await certificates.complete(issuer, serial, { certificate, fingerprint, issuedAt: createdAt })
  await audit.record({
    time: createdAt,
    type: 'certificate.issued',
    actor: requester,
    address: '192.0.2.17',
    requestId,
    details: { protocol: 'est', issuer, serial, profile, subject, fingerprint, keyAlgorithm: 'P-256', keyBits: 256 },
  })
}

/** Issuances a second with so many callers at once. */
export function issuanceRate(store: Store, callers: number, count: number): Promise<number> {
  return rate(callers, count, () => issue(store))
}

/** Calls a second with so many callers at once; a tenth of them before the time is taken. */
export async function rate(callers: number, count: number, call: () => Promise<unknown>): Promise<number> {
  const run = async (total: number) => {
    let left = total
    const worker = async () => {
      while (left-- > 0) await call()
    }
    await Promise.all(Array.from({ length: callers }, worker))
  }
  await run(Math.ceil(count / 10))
  const start = process.hrtime.bigint()
  await run(count)
  return (count * 1e9) / Number(process.hrtime.bigint() - start)
}

/** The serial number of the n-th filled row: spread over the index, each once for n up to 2^32. */
export const filledSerial = (n: number): string =>
  `10${((BigInt(n) * 2654435761n) % 4294967296n).toString(16).padStart(30, '0')}`

/** Microseconds of a look-up by issuer and serial, the median of many among so many rows. */
export async function lookupTime(certificates: CertificateStore, rows: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 4000; i++) {
    const serial = filledSerial(1 + Math.floor(Math.random() * rows))
    const start = process.hrtime.bigint()
    const record = await certificates.get('bench~filled', serial)
    times.push(Number(process.hrtime.bigint() - start) / 1000)
    if (record?.status !== 'issued') throw new Error(`there is no row with the serial ${serial}`)
  }
  return times.sort((a, b) => a - b)[times.length / 2] ?? Number.NaN
}
