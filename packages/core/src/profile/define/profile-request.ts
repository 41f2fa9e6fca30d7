import { CertwrightError } from '../../errors.js'
import { type GeneralName, generalName, parseGeneralName } from '../../pkix/index.js'
import {
  attributeTypeByName,
  attributeTypeByOid,
  ExtendedKeyUsage,
  type Extension,
  encodeAttributeText,
  extensionOid,
  type Name,
  SubjectAlternativeName,
} from '../../x509/index.js'
import { type NameKind, nameKinds, type ProfileConfig } from '../config/index.js'
import type { ProfileRequest, SubjectVariable } from '../evaluate/index.js'
import type { ProfileInput } from './input.js'

/** The parts of a request that typed input says. */
export type ProfileRequestParts = Pick<ProfileRequest, 'subject' | 'extensions' | 'variables' | 'notAfter'>

/** All that any profile's input can have, once types are out of the way. */
interface AnyInput {
  readonly subject?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly variables?: Readonly<Record<string, string>>
  readonly names?: { readonly [K in NameKind]?: string | readonly string[] }
  readonly purposes?: readonly string[]
  readonly notAfter?: Date
}

/**
 * Makes the subject, extensions and variables of a request from input that TypeScript has checked against the profile.
 *
 * @throws CertwrightError `asn1` for a value that its kind of name cannot have.
 */
export function profileRequest<const P extends ProfileConfig>(
  _profile: P,
  input: ProfileInput<P>,
): ProfileRequestParts {
  const { subject = {}, variables, names = {}, purposes = [], notAfter }: AnyInput = input
  const generalNames = nameKinds.flatMap((kind) => list(names[kind]).map((text) => toGeneralName(kind, text)))
  const extensions: Extension[] = []
  const add = (extnID: string, extnValue: Uint8Array): void =>
    void extensions.push({ extnID, critical: false, extnValue })
  if (generalNames.length > 0) add(extensionOid.subjectAltName, SubjectAlternativeName.encode(generalNames))
  if (purposes.length > 0) add(extensionOid.extendedKeyUsage, ExtendedKeyUsage.encode([...purposes]))
  return {
    subject: toName(subject),
    extensions,
    ...(variables === undefined ? {} : { variables: toVariables(variables) }),
    ...(notAfter === undefined ? {} : { notAfter }),
  }
}

const list = (texts: string | readonly string[] | undefined): readonly string[] =>
  texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts

const toVariables = (variables: Readonly<Record<string, string>>): readonly SubjectVariable[] =>
  Object.entries(variables).map(([type, value]) => ({ type, value }))

const toName = (subject: NonNullable<AnyInput['subject']>): Name =>
  Object.entries(subject).flatMap(([name, texts]) => {
    const type = attributeTypeByName(name) ?? attributeTypeByOid(name)
    const oid = type?.oid ?? (/^[0-2](\.\d+)+$/.test(name) ? name : undefined)
    if (oid === undefined) throw new CertwrightError('asn1', `"${name.slice(0, 80)}" is not an attribute type`)
    return list(texts).map((text) => [{ type: oid, value: encodeAttributeText(type?.syntax ?? 'utf8', text) }])
  })

const makers: Readonly<Record<NameKind, (text: string) => GeneralName>> = {
  dNSName: generalName.dns,
  iPAddress: generalName.ip,
  rfc822Name: generalName.email,
  uniformResourceIdentifier: generalName.uri,
  directoryName: generalName.directory,
  registeredID: generalName.registeredID,
  otherName: (text) => parseGeneralName(text),
}

const toGeneralName = (kind: NameKind, text: string): GeneralName => makers[kind](text)
