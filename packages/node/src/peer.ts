import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Peer } from '@certwright/core/http'

/** The longest chain that is taken over from a client: a leaf and every CA of any real hierarchy. */
const maxChain = 10

const peers = new WeakMap<Socket, Peer>()

/**
 * What is known about the client of a Node request: its address and, over TLS, the certificates it presented. Use it
 * where a framework gives you its own `Request` and the raw Node request (Hono, Fastify, Express).
 *
 * The certificates are those of the handshake of this very connection; `serve` makes sure of that by disabling session
 * resumption and renegotiation. In a TLS server of your own do the same (see `tlsServerOptions`).
 */
export function peerOf(request: IncomingMessage): Peer {
  const { socket } = request
  const known = peers.get(socket)
  if (known !== undefined) return known
  const peer = describe(socket)
  peers.set(socket, peer)
  return peer
}

function describe(socket: Socket): Peer {
  const secure = socket instanceof TLSSocket
  const { remoteAddress } = socket
  return Object.freeze({
    ...(remoteAddress === undefined ? {} : { address: remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '') }),
    secure,
    clientCertificates: secure ? presentedChain(socket) : [],
  })
}

/**
 * The chain as DER, leaf first. Node links each certificate to its issuer among those presented (a self-signed one to
 * itself), so the walk ends at the first one seen before.
 */
function presentedChain(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = []
  const seen = new Set<string>()
  // Typed as always present; it is null after the connection is gone and has no `raw` where no certificate was presented.
  let next = socket.getPeerCertificate(true) as Partial<DetailedPeerCertificate> | null | undefined
  while (next?.raw !== undefined && chain.length < maxChain) {
    const key = next.raw.toString('latin1')
    if (seen.has(key)) break
    seen.add(key)
    chain.push(Uint8Array.from(next.raw))
    next = next.issuerCertificate
  }
  return Object.freeze(chain)
}
