import { createPrivateKey, generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { CertificateAuthority } from '@certwright/core'
import { parseIpAddress } from '@certwright/core/pkix'
import { encodePem, extensionOid, parseName, SubjectAlternativeName } from '@certwright/core/x509'
import { makePrivateFolder, readIfPresent, writeWhole } from './files.js'
import { serverHosts } from './own-names.js'

/** Key and chain for the TLS server, as PEM. */
export interface ServerCertificate {
  readonly key: string
  readonly chain: string
  /** When the server certificate ends. */
  readonly notAfter: Date
}

/** A certificate with less than this left is replaced. */
const renewBefore = 30 * 86_400_000

/**
 * The platform's own TLS certificate, issued by its own CA like any other: kept in `<data>/tls`, replaced when its end is
 * near, when the host changes or when another CA is in charge.
 */
export async function serverCertificate(
  data: string,
  host: string,
  { issuing, passphrase }: { readonly issuing: CertificateAuthority; readonly passphrase: string },
  now: Date,
): Promise<ServerCertificate> {
  const dir = join(data, 'tls')
  await makePrivateFolder(dir)
  return (await present(dir, host, issuing, passphrase, now)) ?? (await issue(dir, host, issuing, passphrase))
}

async function present(
  dir: string,
  host: string,
  issuing: CertificateAuthority,
  passphrase: string,
  now: Date,
): Promise<ServerCertificate | undefined> {
  const chain = await readIfPresent(join(dir, 'server.pem'))
  const encrypted = await readIfPresent(join(dir, 'server.key.pem'))
  if (chain === undefined || encrypted === undefined) return undefined
  try {
    const leaf = new X509Certificate(chain)
    const key = createPrivateKey({ key: encrypted, passphrase })
    const notAfter = new Date(leaf.validTo)
    const names = isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)
    const record = await issuing.recordOf(new Uint8Array(leaf.raw))
    if (names === undefined || record?.status !== 'issued' || !leaf.checkPrivateKey(key)) return undefined
    if (notAfter.getTime() - now.getTime() < renewBefore) return undefined
    return { key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), chain, notAfter }
  } catch {
    return undefined // damaged, or written under another passphrase: a new one takes its place
  }
}

async function issue(
  dir: string,
  host: string,
  issuing: CertificateAuthority,
  passphrase: string,
): Promise<ServerCertificate> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { record, certificate } = await issuing.order({
    requestId: `tls:${randomUUID()}`,
    profile: 'privatessl-tls-server',
    requester: 'platform',
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    subject: parseName(`CN=${host}`),
    extensions: [{ extnID: extensionOid.subjectAltName, critical: false, extnValue: serverNames(host) }],
  })
  const chain = [certificate, ...(await issuing.certificates()).slice(0, -1)]
  const pem = chain.map((der) => encodePem('CERTIFICATE', der)).join('')
  const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }).toString()
  await writeWhole(join(dir, 'server.key.pem'), encrypted, 0o600)
  await writeWhole(join(dir, 'server.pem'), pem, 0o644)
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { key, chain: pem, notAfter: record.notAfter }
}

function serverNames(host: string): Uint8Array {
  return SubjectAlternativeName.encode(
    serverHosts(host).map((name) =>
      isIP(name) === 0
        ? { type: 'dNSName' as const, value: name }
        : { type: 'iPAddress' as const, value: parseIpAddress(name) },
    ),
  )
}
