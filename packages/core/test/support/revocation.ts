import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CertificateAuthority } from '@certwright/core/ca'
import { encodePem } from '@certwright/core/x509'
import { inFolder } from './openssl.js'

/** What `openssl verify` is given beside the certificate. */
export interface Check {
  readonly root: CertificateAuthority
  /** DER certificates between the certificate and the root. */
  readonly untrusted: readonly Uint8Array[]
  /** DER CRLs. */
  readonly crls: readonly Uint8Array[]
  readonly at: Date
  readonly flags?: readonly string[]
}

/** What `openssl verify -crl_check_all` says of a certificate: `ok`, or its errors. */
export const opensslStatus = (
  certificate: Uint8Array,
  { root, untrusted, crls, at, flags = ['-crl_check_all'] }: Check,
): string =>
  inFolder((dir) => {
    const write = (name: string, label: 'CERTIFICATE' | 'X509 CRL', list: readonly Uint8Array[]) =>
      writeFileSync(join(dir, name), list.map((der) => encodePem(label, der)).join(''))
    write('root.pem', 'CERTIFICATE', [root.certificate])
    write('untrusted.pem', 'CERTIFICATE', untrusted)
    write('crls.pem', 'X509 CRL', crls)
    write('certificate.pem', 'CERTIFICATE', [certificate])
    const files = ['-CAfile', 'root.pem', '-untrusted', 'untrusted.pem', '-CRLfile', 'crls.pem']
    const moment = ['-attime', `${Math.floor(at.getTime() / 1000)}`]
    const { status, stdout, stderr } = spawnSync(
      'openssl',
      ['verify', ...moment, ...flags, ...files, 'certificate.pem'],
      {
        cwd: dir,
        encoding: 'utf8',
      },
    )
    if (status === 0 && stdout.includes('certificate.pem: OK')) return 'ok'
    return [...stderr.matchAll(/error \d+ at \d+ depth lookup: (.*)/g)].map(([, text]) => text).join('; ') || stderr
  })
