/**
 * What may be issued, as plain data: `ProfileConfig` -> `compileProfile` -> `Profile` -> `evaluate`.
 *
 * @module
 */
export { catalogue } from './catalogue/index.js'
export { compileProfile, type Profile, ProfileConfigError, type ProfileFault } from './compile.js'
export type { ProfileConfig } from './config.js'
export { addDuration, type Duration, parseDuration, subtractDuration } from './duration.js'
export {
  type CertificateFields,
  type Evaluation,
  evaluate,
  type IssuerUrls,
  type ProfileIssuer,
  type ProfileRequest,
} from './evaluate.js'
export { type KeyUsageBit, keyUsageBits } from './key-usage.js'
export { ProfileViolationError, type Violation } from './violations.js'
