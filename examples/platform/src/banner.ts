import { relative } from 'node:path'
import type { Platform } from './platform.js'

/** What the operator sees at the start: addresses, files, and one command a protocol to copy. No secret is in it. */
export function banner({ urls: { http, https }, files }: Platform, cwd: string): string {
  const anchor = shellPath(files.trustAnchor, cwd)
  const demo = shellPath(files.demo, cwd)
  return `
Certwright reference platform, organization demo, CAs root and issuing

  EST             ${https}/.well-known/est
  CRL             ${http}/crl/demo/issuing/crl.crl
  CA certificate  ${http}/ca/demo/issuing.cer
  health          ${http}/health/ready
  metrics         ${http}/metrics
  trust anchor    ${anchor}
  credentials     ${demo}

Enroll a device over EST:

  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k.pem -subj /CN=device-1 -out c.csr
  curl --cacert ${anchor} -u "$(node -p 'const { est } = JSON.parse(fs.readFileSync(process.argv[1])); est.username + ":" + est.password' ${demo})" \\
    -H 'Content-Type: application/pkcs10' --data-binary @c.csr ${https}/.well-known/est/simpleenroll \\
    | openssl base64 -d | openssl pkcs7 -inform DER -print_certs -out device-1.pem

ready
`
}

/** A path that a shell takes as one word: relative to where the operator is, quoted where it must be. */
function shellPath(path: string, cwd: string): string {
  const inside = relative(cwd, path)
  const shown = inside !== '' && !inside.startsWith('..') ? inside : path
  return /^[A-Za-z0-9_./~+-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`
}
