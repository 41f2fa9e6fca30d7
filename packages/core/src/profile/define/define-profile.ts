import type { ProfileConfig } from '../config/index.js'

/**
 * A profile whose TypeScript type knows what its requests need: see {@link ProfileInput} and `profileRequest`. The value
 * is the config itself.
 *
 * @example
 * ```ts
 * import { compileProfile, defineProfile, profileRequest } from '@certwright/core/profile'
 *
 * const server = defineProfile({
 *   id: 'my-server',
 *   kind: 'end-entity',
 *   validity: { default: 'P90D' },
 *   keys: { allowed: ['ecdsa-p256'] },
 *   subject: { empty: 'allowed' },
 *   subjectAlternativeName: { use: 'required', kinds: { dNSName: { required: true } } },
 *   basicConstraints: { cA: false },
 *   keyUsage: ['digitalSignature'],
 * })
 * compileProfile(server)
 * profileRequest(server, { names: { dNSName: ['www.example.org'] } }) // without names, this does not compile
 * ```
 */
export const defineProfile = <const P extends ProfileConfig>(config: P): P => config
