/**
 * The only files that touch what is ambient: `node:crypto`, the file system, the system's clock and randomness. Every
 * other room is given these through the ports.
 *
 * @module
 */

export { softwareKeyGenerator } from './key-generator.js'
export { memoryKeys } from './memory-keys.js'
export { type MemoryStore, memoryStore } from './memory-store.js'
export { type NodeCaaResolverOptions, nodeCaaResolver } from './node-caa-resolver.js'
export { nodeCrypto } from './node-crypto.js'
export { generatePrivateKey, openPrivateKey, type PrivateKey, softwareKeyTypes } from './private-key.js'
export { type SoftwareKeysOptions, softwareKeys } from './software-keys.js'
export { silentLogger, systemClock, systemRandom, systemTimer, systemWait } from './system.js'
export { type SystemDefaults, systemDefaults } from './system-defaults.js'
