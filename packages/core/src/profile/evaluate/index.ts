export { evaluate } from './evaluate.js'
export type {
  CertificateFields,
  Evaluation,
  IssuerUrls,
  ProfileIssuer,
  ProfileOverride,
  ProfileRequest,
  ProfileRequester,
  SubjectVariable,
} from './types.js'
