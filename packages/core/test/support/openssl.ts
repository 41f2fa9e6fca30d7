import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `work` in a folder that is gone afterwards. */
export function inFolder<T>(work: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'certwright-'))
  try {
    return work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Runs openssl and returns what it prints. */
export const openssl = (args: readonly string[], cwd: string): string =>
  execFileSync('openssl', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] })

/** Key generation arguments of `openssl req`. */
export const keyArguments = {
  p256: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
  p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1'],
  p521: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp521r1'],
  rsa1024: ['-newkey', 'rsa:1024'],
  rsa2048: ['-newkey', 'rsa:2048'],
  rsa3072: ['-newkey', 'rsa:3072'],
  ed25519: ['-newkey', 'ed25519'],
  ed448: ['-newkey', 'ed448'],
  secp256k1: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
} as const

/** A PKCS#10 request (DER) that openssl made. */
export function opensslRequest(
  key: keyof typeof keyArguments,
  subject: string,
  extra: readonly string[] = [],
): Uint8Array {
  return inFolder((dir) => {
    const args = ['req', '-new', ...keyArguments[key], '-nodes', '-keyout', 'k.pem', '-outform', 'DER', '-out', 'c.der']
    openssl([...args, '-subj', subject, ...extra], dir)
    return new Uint8Array(readFileSync(join(dir, 'c.der')))
  })
}

/** What `openssl x509 -text` says of a certificate. */
export const opensslText = (certificate: Uint8Array): string =>
  inFolder((dir) => {
    writeFileSync(join(dir, 'c.der'), certificate)
    return openssl(['x509', '-inform', 'DER', '-in', 'c.der', '-noout', '-text'], dir)
  })

/** Whether `openssl verify` accepts a certificate under the others (the first is the trust anchor). */
export const opensslVerify = (
  certificate: Uint8Array,
  [anchor, ...untrusted]: readonly Uint8Array[],
  extra: readonly string[] = [],
): string =>
  inFolder((dir) => {
    const pem = (der: Uint8Array): string => new X509Certificate(der).toString()
    writeFileSync(join(dir, 'leaf.pem'), pem(certificate))
    writeFileSync(join(dir, 'anchor.pem'), anchor === undefined ? '' : pem(anchor))
    writeFileSync(join(dir, 'untrusted.pem'), untrusted.map(pem).join(''))
    const chain = untrusted.length === 0 ? [] : ['-untrusted', 'untrusted.pem']
    return openssl(
      ['verify', '-x509_strict', '-no_check_time', ...extra, '-CAfile', 'anchor.pem', ...chain, 'leaf.pem'],
      dir,
    )
  })
