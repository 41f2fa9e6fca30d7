export { type ProfileConfig, type ProfileKind, profileId, profileKinds, profileShape } from './config.js'
export { overridable, rawEncodings, suppressible } from './content.js'
export {
  type AnyProfileConfig,
  type DerivedProfileConfig,
  derive,
  type ProfileChange,
  type ProfileResolver,
  resolveProfileConfig,
} from './extend.js'
export { type NameKind, nameKinds } from './names.js'
