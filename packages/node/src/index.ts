/**
 * Serves Certwright handlers over `node:http` and `node:https`.
 *
 * @module
 */
export { defaultLimits, type Limits } from './limits.js'
export { type ListenerOptions, type NodeListener, toNodeListener } from './listener.js'
export { peerOf } from './peer.js'
export { type RunningServer, type ServeOptions, serve } from './serve.js'
export { type Pem, type TlsOptions, tlsServerOptions } from './tls.js'
