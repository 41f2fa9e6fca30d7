import { type CertificateAuthority, type CrlRecord, type KeyProvider, openCa, type Store } from '@certwright/core'

/** The organization of the reference platform. */
export const organization = 'demo'

/** Where the platform publishes what its certificates point at. */
export interface Published {
  /** `http://host:port`, without a slash at the end. */
  readonly httpBase: string
}

/** The two CAs of the platform. */
export interface Authorities {
  readonly root: CertificateAuthority
  readonly issuing: CertificateAuthority
}

/** Complete lists once a day and deltas every hour; whoever misses some can rely on the last for a week and for a day. */
const crl = { intervalHours: 24, validityHours: 168, delta: { intervalHours: 1, validityHours: 24 } }

/** Opens the root and the issuing CA; makes them at the first start. */
export async function openAuthorities(
  deps: {
    readonly store: Store
    readonly keys: KeyProvider
    readonly crlIssued: (crl: CrlRecord) => Promise<void>
  },
  { httpBase }: Published,
): Promise<Authorities> {
  const urls = (ca: string) => ({
    crl: [`${httpBase}/crl/${organization}/${ca}/{list}.crl`],
    caIssuers: [`${httpBase}/ca/${organization}/${ca}.cer`],
  })
  const root = await openCa(deps, {
    id: `${organization}~root`,
    subject: 'CN=Demo Root CA,O=Certwright Demo',
    profile: 'basic-ca-root',
    keyType: 'ecdsa-p384',
    profiles: ['basic-ca-subord'],
    issueIntermediates: true,
    urls: urls('root'),
    crl,
  })
  const issuing = await openCa(deps, {
    id: `${organization}~issuing`,
    subject: 'CN=Demo Issuing CA,O=Certwright Demo',
    profile: 'basic-ca-subord',
    issuer: root,
    keyType: 'ecdsa-p256',
    profiles: ['est-digital-signature', 'privatessl-tls-server'],
    urls: urls('issuing'),
    crl,
  })
  return { root, issuing }
}
