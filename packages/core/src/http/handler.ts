import type { Peer } from './peer.js'

/** A protocol endpoint: what every Certwright service offers, and what adapters such as `packages/node` serve. */
export type Handler = (request: Request, peer: Peer) => Promise<Response>
