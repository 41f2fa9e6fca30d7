/**
 * The interfaces through which storage, keys, time and randomness come in. Nothing but types.
 *
 * @module
 */
export type * from './audit-chain.js'
export type * from './audit-sink.js'
export type * from './caa-resolver.js'
export type * from './certificate-events.js'
export type * from './certificate-query.js'
export type * from './certificate-record.js'
export type * from './certificate-store.js'
export type * from './clock.js'
export type * from './crl-publisher.js'
export type * from './crl-record.js'
export type * from './crypto-backend.js'
export type * from './decryption-key.js'
export type * from './key-blocklist.js'
export type * from './key-generator.js'
export type * from './logger.js'
export type * from './random-source.js'
export type * from './record-store.js'
export type * from './signer.js'
export type * from './store.js'
export type * from './timer.js'
