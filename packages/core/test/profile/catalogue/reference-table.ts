/** The profiles of the system that Certwright replaces, typed from its reference: section 3 of its profile tables. */
export interface ReferenceRow {
  readonly id: string
  /** Letters of key usage: dS, nR, kE, dE, kA; certificates of CAs have `CA`. */
  readonly keyUsage: string
  readonly purposes: readonly string[]
  /** Whether the request may name purposes. */
  readonly purposesFromRequest: boolean
  /** The extensions that a request may bring. */
  readonly set: 'R7' | 'R6' | 'R2' | 'R1' | 'RSC' | 'R0'
  readonly years: number
  readonly p12?: boolean
  readonly policy?: string
  readonly fillsSan?: boolean
}

const client = '1.3.6.1.5.5.7.3.2'
const server = '1.3.6.1.5.5.7.3.1'
const email = '1.3.6.1.5.5.7.3.4'
const codeSigning = '1.3.6.1.5.5.7.3.3'
const any = '2.5.29.37.0'
const logon = '1.3.6.1.4.1.311.20.2.2'

/** One line: id, key usage, purposes, "req" where the request may name purposes, set, years, other. */
const table = `
wstep-digital-signature | dS | | req | R7 | 1
wstep-digital-signature-key-encipherment | dS+kE | | req | R7 | 1
wstep-key-encipherment | kE | | req | R7 | 1
wstep-non-repudiation | dS+nR | | req | R7 | 1
wstep-non-repudiation-key-encipherment | dS+nR+kE | | req | R7 | 1
cmp-digital-signature | dS | | req | R7 | 1
cmp-digital-signature-key-encipherment | dS+kE | | req | R7 | 1
cmp-key-encipherment | kE | | req | R7 | 1
cmp-non-repudiation | dS+nR | | req | R7 | 1
est-digital-signature | dS | | req | R7 | 1
est-digital-signature-key-encipherment | dS+kE | | req | R7 | 1
est-key-encipherment | kE | | req | R7 | 1
est-non-repudiation | dS+nR | | req | R7 | 1
scep-digital-signature | dS | | req | R7 | 1
scep-digital-signature-key-encipherment | dS+kE | | req | R7 | 1
scep-key-encipherment | kE | | req | R7 | 1
scep-non-repudiation | dS+nR | | req | R7 | 1
intune-digital-signature | dS | | req | R6 | 1
intune-digital-signature-key-encipherment | dS+kE | | req | R6 | 1
intune-digital-signature-key-encipherment-clientauth | dS+kE | client | | R6 | 1
intune-key-encipherment | kE | | req | R6 | 1
intune-non-repudiation | dS+nR | | req | R6 | 1
mdmws-digital-signature | dS | | req | R6 | 1
mdmws-digital-signature-key-encipherment | dS+kE | | req | R6 | 1
mdmws-digital-signature-key-encipherment-clientauth | dS+kE | client | | R6 | 1
mdmws-key-encipherment | kE | | req | R6 | 1
mdmws-non-repudiation | dS+nR | | req | R6 | 1
mdmws-p12-digital-signature | dS | | req | R6 | 1 | p12
mdmws-p12-digital-signature-key-encipherment | dS+kE | | req | R6 | 1 | p12
mdmws-p12-digital-signature-key-encipherment-clientauth | dS+kE | client | | R6 | 1 | p12
mdmws-p12-key-encipherment | kE | | req | R6 | 1 | p12
mdmws-p12-non-repudiation | dS+nR | | req | R6 | 1 | p12
mobile-device-p12-digital-signature-client-authentication | dS | client | | R0 | 1 | p12
multiuse-p12-client | dS+kA | client | | R2 | 1 | p12
multiuse-p12-client-server | dS+kA | client server | | R2 | 1 | p12
multiuse-p12-custom | dS+kA | | req | R2 | 1 | p12
multiuse-p12-key-data-encipherment-non-repudiation-client | dS+nR+kE+dE | client | | R2 | 1 | p12
multiuse-p12-key-data-encipherment-non-repudiation-client-server | dS+nR+kE+dE | client server | | R2 | 1 | p12
multiuse-p12-key-encipherment-client | dS+kA+kE | client | | R2 | 1 | p12
multiuse-p12-key-encipherment-client-server | dS+kA+kE | client server | | R2 | 1 | p12
multiuse-p12-key-encipherment-custom | dS+kA+kE | | req | R2 | 1 | p12
multiuse-p12-key-encipherment-non-repudiation-client | dS+kA+kE+nR | client | | R2 | 1 | p12
multiuse-p12-key-encipherment-non-repudiation-client-server | dS+kA+kE+nR | client server | | R2 | 1 | p12
multiuse-p12-key-encipherment-non-repudiation-custom | dS+kA+kE+nR | | req | R2 | 1 | p12
multiuse-p12-key-encipherment-non-repudiation-server | dS+kA+kE+nR | server | | R2 | 1 | p12
multiuse-p12-key-encipherment-server | dS+kA+kE | server | | R2 | 1 | p12
multiuse-p12-non-repudiation-client | dS+kA+nR | client | | R2 | 1 | p12
multiuse-p12-non-repudiation-client-server | dS+kA+nR | client server | | R2 | 1 | p12
multiuse-p12-non-repudiation-custom | dS+kA+nR | | req | R2 | 1 | p12
multiuse-p12-non-repudiation-server | dS+kA+nR | server | | R2 | 1 | p12
multiuse-p12-server | dS+kA | server | | R2 | 1 | p12
privatessl-tls-client | dS | client | | R2 | 1
privatessl-tls-client-server | dS | client server | | R2 | 1
privatessl-tls-client-server-data-encipherment | dS+dE | client server | | R2 | 1
privatessl-tls-client-server-supply-san | dS | client server | | R2 | 1 | fill
privatessl-tls-server | dS | server | | R2 | 1
privatessl-tls-server-supply-san | dS | server | | R2 | 1 | fill
smime-digital-signature-key-encipherment | dS+kE | client email | | R0 | 1
smime-key-encipherment | kE | email | | R0 | 1
smime-non-repudiation | dS+nR | email | | R0 | 1
codesigning-digital-signature | dS | codeSigning | | R0 | 1
esim-delivery-auth | dS | | | R0 | 3 | 2.23.146.1.2.1.4
esim-delivery-binding | dS | | | R0 | 3 | 2.23.146.1.2.1.5
esim-delivery-tls-server | dS | server | | R0 | 3 | 2.23.146.1.2.1.3
esim-discovery-auth | dS | | | R0 | 3 | 2.23.146.1.2.1.7
esim-discovery-tls-server | dS | server | | R0 | 3 | 2.23.146.1.2.1.6
smartcard-card-authentication | dS | | req | RSC | 1
smartcard-digital-signature | dS+nR | | req | RSC | 1
smartcard-domain-controller | dS+kE | server client | | R0 | 1
smartcard-key-management | kE | | req | RSC | 1
smartcard-piv-authentication | dS | any logon client | | RSC | 1
smartcard-piv-content-signing | dS+nR | | req | R0 | 1
v2g-supply-equipment | dS+kA | server | | R0 | 1
v2g-user-identity | dS+nR | | | R0 | 2
`

const purposeOids: Readonly<Record<string, string>> = { client, server, email, codeSigning, any, logon }
const sets = ['R7', 'R6', 'R2', 'R1', 'RSC', 'R0'] as const

function readRow(line: string): ReferenceRow {
  const [id = '', keyUsage = '', purposes = '', request = '', set = '', years = '', other = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const known = sets.find((name) => name === set)
  if (known === undefined) throw new Error(`the set "${set}" of ${id} is not known`)
  return {
    id,
    keyUsage,
    purposes: purposes.split(' ').flatMap((name) => purposeOids[name] ?? []),
    purposesFromRequest: request === 'req',
    set: known,
    years: Number(years),
    ...(other === 'p12' ? { p12: true } : {}),
    ...(other === 'fill' ? { fillsSan: true } : {}),
    ...(/^\d/.test(other) ? { policy: other } : {}),
  }
}

/** The 74 subscriber profiles. */
export const subscriberRows: readonly ReferenceRow[] = table.trim().split('\n').map(readRow)

/** The extensions of each set (section 3.2), beside extendedKeyUsage. */
const device = [
  '2.5.29.32',
  '1.3.6.1.4.1.311.21.10',
  '1.2.840.113549.1.9.15',
  '1.3.6.1.4.1.311.21.7',
  '1.3.6.1.4.1.311.20.2',
  '1.3.6.1.4.1.311.25.2',
]
export const setMembers: Readonly<Record<ReferenceRow['set'], readonly string[]>> = {
  R7: device,
  R6: device,
  R2: ['1.3.6.1.4.1.311.21.10', '2.5.29.32'],
  R1: ['2.5.29.32'],
  RSC: ['2.16.840.1.101.3.6.9.1', '1.3.6.1.4.1.311.25.2'],
  R0: [],
}

/** The five profiles of authorities (sections 3.3 and 3.4). */
export const authorityRows = [
  { id: 'basic-ca-root', cA: true, pathLen: undefined, days: 7305, purposes: [], signsCertificates: true },
  { id: 'basic-ca-subord', cA: true, pathLen: 0, days: 3653, purposes: [], signsCertificates: true },
  {
    id: 'basic-ocsp',
    cA: false,
    pathLen: undefined,
    days: 30,
    purposes: ['1.3.6.1.5.5.7.3.9'],
    signsCertificates: false,
  },
  { id: 'azure-firewall-ca-subord', cA: true, pathLen: 1, days: 365, purposes: [], signsCertificates: true },
  { id: 'tlsproxy-ca-subord', cA: true, pathLen: 0, days: 365, purposes: [server, client], signsCertificates: true },
] as const
