import { createHash, X509Certificate } from 'node:crypto'
import { type LogEntry, precertificateEntry } from '@certwright/core/ct'
import { nodeCrypto } from '@certwright/core/defaults'

/** A submission that the log does not take. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** What was submitted, once its chain was checked. */
export interface Submission {
  readonly chain: readonly Uint8Array[]
  readonly entry: LogEntry
  /** The same for submissions of the same entry. */
  readonly id: string
}

/**
 * Reads a submission, and checks that each certificate is signed by the next and the last one by an accepted root (RFC 6962
 * section 3.1).
 *
 * @throws Refusal
 */
export async function readSubmission(
  operation: string,
  body: Uint8Array,
  roots: readonly Uint8Array[],
): Promise<Submission> {
  const chain = chainOf(body)
  const certificates = chain.map((der) => new X509Certificate(der))
  const [first] = chain
  const last = certificates.at(-1)
  if (first === undefined || last === undefined) throw new Refusal(400, 'an empty chain')
  for (const [i, certificate] of certificates.entries()) {
    const issuer = certificates[i + 1]
    if (issuer !== undefined && !isIssued(certificate, issuer))
      throw new Refusal(400, 'the chain does not hold together')
  }
  const accepted = roots.map((root) => new X509Certificate(root))
  if (!accepted.some((root) => root.raw.equals(last.raw) || isIssued(last, root))) {
    throw new Refusal(400, 'the chain does not end at an accepted root')
  }
  const entry: LogEntry =
    operation === 'add-chain'
      ? { type: 'x509', certificate: first }
      : await precertificateEntry(nodeCrypto, [...chain, ...roots])
  const about = entry.type === 'x509' ? entry.certificate : entry.tbsCertificate
  return { chain, entry, id: `${entry.type} ${createHash('sha256').update(about).digest('hex')}` }
}

const isIssued = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

function chainOf(body: Uint8Array): readonly Uint8Array[] {
  const { chain }: { readonly chain?: unknown } = JSON.parse(new TextDecoder().decode(body)) ?? {}
  if (!Array.isArray(chain)) throw new Refusal(400, 'no chain')
  return chain.map((text) => new Uint8Array(Buffer.from(String(text), 'base64')))
}
