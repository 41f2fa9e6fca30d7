import type { CertificateOrder } from '@certwright/core/ca'
import { type GeneralName, generalName } from '@certwright/core/pkix'
import type { ProfileConfig } from '@certwright/core/profile'
import {
  ExtendedKeyUsage,
  type Extension,
  extensionOid,
  parseName,
  SubjectAlternativeName,
} from '@certwright/core/x509'
import { opensslRequest } from '../../support/openssl.js'
import { orderOf } from '../../support/world.js'

/** What a request under a profile of the catalogue looks like. */
interface Sample {
  readonly subject?: string
  readonly names?: readonly GeneralName[]
  readonly purposes?: readonly string[]
}

const vid = '1.3.6.1.4.1.37244.2.1=#0c0446464631'
const pid = '1.3.6.1.4.1.37244.2.2=#0c0438303030'
const node = '1.3.6.1.4.1.37244.1.1=#0c1044454445444544453030303130303031'
const fabric = '1.3.6.1.4.1.37244.1.5=#0c1046414230303030303030303030303144'

/** The requests that differ from the usual one. */
const samples: Readonly<Record<string, Sample>> = {
  'est-digital-signature': { subject: 'CN=device-1', purposes: ['1.3.6.1.5.5.7.3.2'] },
  'smime-mailbox-strict': { subject: 'CN=alice@example.com', names: [generalName.email('alice@example.com')] },
  'code-signing': { subject: 'CN=Acme,O=Acme,L=Berlin,C=DE', names: [] },
  'time-stamping-authority': { subject: 'CN=Acme Time,O=Acme,C=DE', names: [] },
  'registration-authority': { subject: 'CN=Acme RA,O=Acme', names: [] },
  'ieee8021ar-idevid': { subject: 'CN=sensor,serialNumber=0815,O=Acme', names: [] },
  'ieee8021ar-ldevid': { subject: 'CN=sensor,serialNumber=0815,O=Acme', purposes: ['1.3.6.1.5.5.7.3.2'] },
  'matter-dac': { subject: `CN=Acme DAC 1,${vid},${pid}`, names: [] },
  'matter-pai': { subject: `CN=Acme PAI,${vid},${pid}`, names: [] },
  'matter-paa': { subject: `CN=Acme PAA,${vid}`, names: [] },
  'matter-noc': { subject: `${node},${fabric}`, names: [] },
  'wifi-client': { subject: 'CN=alice,O=Acme', names: [generalName.userPrincipalName('alice@corp.example')] },
  'vpn-client': { subject: 'CN=alice,O=Acme', names: [generalName.dns('vpn-client.example.com')] },
}

const usual: Sample = { subject: 'CN=host.example.com', names: [generalName.dns('host.example.com')] }

/** The subject that a CA under a profile needs. */
export const sampleSubject = ({ id }: ProfileConfig): string => samples[id]?.subject ?? `CN=Test ${id},O=Certwright`

/** Orders so far: each is one of its own. */
let orders = 0

/** The request for a key of a type that openssl makes. */
export function sampleOrder(
  { id }: ProfileConfig,
  key: Parameters<typeof opensslRequest>[0] = 'p256',
): CertificateOrder {
  const { subject = usual.subject, names = usual.names, purposes = [] } = samples[id] ?? usual
  const extensions: Extension[] = []
  const add = (extnID: string, extnValue: Uint8Array) => extensions.push({ extnID, critical: false, extnValue })
  if (names !== undefined && names.length > 0)
    add(extensionOid.subjectAltName, SubjectAlternativeName.encode([...names]))
  if (purposes.length > 0) add(extensionOid.extendedKeyUsage, ExtendedKeyUsage.encode([...purposes]))
  const order = orderOf(opensslRequest(key, '/CN=any'), `sample:${id}:${key}:${++orders}`)
  return { ...order, profile: id, subject: parseName(subject ?? ''), extensions }
}
