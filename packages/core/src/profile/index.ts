/**
 * What may be issued, as plain data: `ProfileConfig` -> `compileProfile` -> `Profile` -> `evaluate`.
 *
 * @module
 */
export { catalogue } from './catalogue/index.js'
export {
  type AttributeRule,
  type CompileProfileOptions,
  compileProfile,
  type KeySizePolicy,
  neverFromRequest,
  type Profile,
  ProfileConfigError,
  type ProfileFault,
} from './compile/index.js'
export {
  type AnyProfileConfig,
  type DerivedProfileConfig,
  type NameKind,
  nameKinds,
  type ProfileChange,
  type ProfileConfig,
  type ProfileKind,
  type ProfileResolver,
  profileKinds,
  resolveProfileConfig,
} from './config/index.js'
export {
  defineProfile,
  explain,
  type NamesInput,
  type ProfileInput,
  type ProfileRequestParts,
  type ProfileVariable,
  profileJsonSchema,
  profileRequest,
  profileVariables,
  type SubjectInput,
  type TemplateVariables,
  type Texts,
} from './define/index.js'
export { addDuration, type Duration, parseDuration, subtractDuration } from './duration.js'
export {
  type CertificateFields,
  type Evaluation,
  evaluate,
  type IssuerUrls,
  type ProfileIssuer,
  type ProfileOverride,
  type ProfileRequest,
  type ProfileRequester,
  type SubjectVariable,
} from './evaluate/index.js'
export { type KeyUsageBit, keyUsageBits } from './key-usage.js'
export { createKeyBlocklist, inspectKey, type KeyFinding, type KeyInspection, type KeyLists } from './keys/index.js'
export type { JsonSchema } from './shape/index.js'
export { ProfileViolationError, type Violation, type ViolationCode } from './violations.js'
