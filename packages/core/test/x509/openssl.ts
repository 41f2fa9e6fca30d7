import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for files that openssl reads and writes. */
export interface Workspace {
  readonly path: (name: string) => string
  /** Runs openssl in the folder and returns what it prints. */
  readonly openssl: (...args: readonly string[]) => string
  readonly read: (name: string) => Uint8Array
  readonly write: (name: string, content: string | Uint8Array) => void
  readonly remove: () => void
}

export function openWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'certwright-'))
  const path = (name: string): string => join(folder, name)
  return {
    path,
    openssl: (...args) =>
      execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    read: (name) => new Uint8Array(readFileSync(path(name))),
    write: (name, content) => writeFileSync(path(name), content),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Arguments of `openssl genpkey` by key type. */
export const keyTypes: Readonly<Record<string, readonly string[]>> = {
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  'RSA 2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'RSA 3072': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  'RSA 4096': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
  Ed25519: ['-algorithm', 'ED25519'],
  Ed448: ['-algorithm', 'ED448'],
}

/** A configuration with every extension that `openssl req -x509` can write. */
export const everyExtension = `
[req]
distinguished_name = dn
prompt = no
x509_extensions = ext
req_extensions = ext
[dn]
C = DE
ST = Bayern
L = München
0.O = Acme + Söhne, GmbH
1.OU = Research
2.OU = Devices
CN = device-1
serialNumber = 12345
emailAddress = a@example.org
DC = example
[ext]
basicConstraints = critical, CA:true, pathlen:3
keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, keyCertSign, cRLSign, decipherOnly
extendedKeyUsage = serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning, 1.3.6.1.4.1.311.20.2.2
subjectKeyIdentifier = hash
subjectAltName = @alt
issuerAltName = email:ca@example.org
crlDistributionPoints = first, second
freshestCRL = first
authorityInfoAccess = OCSP;URI:http://ocsp.example.org/, caIssuers;URI:http://example.org/ca.cer
subjectInfoAccess = 1.3.6.1.5.5.7.48.5;URI:http://example.org/repository
certificatePolicies = 1.2.3.4, 1.5.6.7.8, @policy
policyConstraints = requireExplicitPolicy:3, inhibitPolicyMapping:0
policyMappings = 1.2.3.4:1.2.3.5
inhibitAnyPolicy = 2
nameConstraints = critical, permitted;DNS:.example.org, permitted;IP:10.0.0.0/255.0.0.0, excluded;email:.example.com
tlsfeature = status_request
noCheck = ignored
[alt]
DNS.1 = device-1.example.org
DNS.2 = *.example.org
IP.1 = 10.0.0.1
IP.2 = 2001:db8::1
email = device@example.org
URI = urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
RID = 1.2.3.4
otherName.1 = 1.3.6.1.4.1.311.20.2.3;UTF8:device@corp.example
dirName = dir
[dir]
CN = other
[first]
fullname = URI:http://example.org/a.crl, URI:ldap://example.org/cn=a
[second]
fullname = URI:http://example.org/b.crl
CRLissuer = dirName:dir
reasons = keyCompromise, CACompromise
[policy]
policyIdentifier = 1.3.5.8
CPS.1 = http://example.org/cps
userNotice.1 = @notice
[notice]
explicitText = Explicit text
organization = Acme
noticeNumbers = 1, 2, 3
`
