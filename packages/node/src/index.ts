/**
 * Serves Certwright handlers over `node:http` and `node:https`, and writes CRLs into a folder.
 *
 * @module
 */
export { type FileCrlPublisherOptions, fileCrlPublisher } from './file-crl-publisher.js'
export { defaultLimits, type Limits } from './limits.js'
export { type ListenerOptions, type NodeListener, toNodeListener } from './listener.js'
export { peerOf } from './peer.js'
export { type RunningServer, type ServeOptions, serve } from './serve.js'
export { type Pem, type TlsOptions, tlsServerOptions } from './tls.js'
