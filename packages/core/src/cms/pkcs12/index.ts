export { decodePkcs12 } from './decode.js'
export { encodePkcs12 } from './encode.js'
export { AuthenticatedSafe, MacData, Pfx, SafeBag, SafeContents, TypedBag } from './structures.js'
export type {
  Pkcs12,
  Pkcs12Certificate,
  Pkcs12Contents,
  Pkcs12Deps,
  Pkcs12Key,
  Pkcs12Limits,
  Pkcs12MacOptions,
  Pkcs12Options,
  Pkcs12ReadOptions,
  Pkcs12Secret,
} from './types.js'
