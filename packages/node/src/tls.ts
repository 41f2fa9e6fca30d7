import { constants, createPrivateKey, X509Certificate } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import { CertwrightError } from '@certwright/core/errors'
import type { Limits } from './limits.js'

/** PEM text, or several of them. */
export type Pem = string | readonly string[]

/** The TLS side of a listener. */
export interface TlsOptions {
  /** PEM private key of the server certificate (PKCS#8, SEC 1 or PKCS#1). */
  readonly key: string
  /** PEM server certificate followed by its intermediate CAs, the root left out. */
  readonly cert: Pem
  /**
   * PEM certificates of the CAs whose names are sent to clients, which choose their certificate by them (RFC 8446
   * section 4.2.4). Trust does not follow from it: authenticators decide about the certificate that comes. Default: no
   * names, so that clients send whatever they have.
   */
  readonly clientCertificateAuthorities?: Pem
  /** Default `TLSv1.2`; nothing older is offered (RFC 8996). */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/**
 * Options for `https.createServer` under which `peerOf` tells the truth: a client certificate is asked for and its key
 * proven in the handshake, but not judged; each connection proves it anew.
 *
 * Session resumption is off, tickets and identifiers alike: a resumed session keeps the leaf of an earlier handshake,
 * without the intermediates and whatever has happened since. Renegotiation is off: it could change the certificate in the
 * middle of a connection.
 *
 * @throws CertwrightError `configuration` when key and certificate are unreadable or do not belong together.
 */
export function tlsServerOptions(options: TlsOptions, limits?: Pick<Limits, 'handshakeTimeoutMs'>): ServerOptions {
  checkKeyPair(options)
  return {
    key: options.key,
    cert: list(options.cert).join('\n'),
    ca: list(options.clientCertificateAuthorities ?? []),
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: options.minVersion ?? 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    sessionIdContext: 'certwright',
    ALPNProtocols: ['http/1.1'],
    ...(limits === undefined ? {} : { handshakeTimeout: limits.handshakeTimeoutMs }),
  }
}

function checkKeyPair({ key, cert }: TlsOptions): void {
  let matches: boolean
  try {
    matches = new X509Certificate(list(cert).join('\n')).checkPrivateKey(createPrivateKey(key))
  } catch (cause) {
    throw new CertwrightError('configuration', 'the TLS key or certificate is not readable PEM', { cause })
  }
  if (!matches) throw new CertwrightError('configuration', 'the TLS key does not belong to the TLS certificate')
}

const list = (pem: Pem): string[] => (typeof pem === 'string' ? [pem] : [...pem])
