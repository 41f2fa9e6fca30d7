import type { LintRule } from '../../rule.js'
import { alternativeNameCritical } from './alternative-name-critical.js'
import { alternativeNameNotCritical } from './alternative-name-not-critical.js'
import { alternativeNameNotEmpty } from './alternative-name-not-empty.js'
import { attributeCharacters } from './attribute-characters.js'
import { attributeLength } from './attribute-length.js'
import { attributeNotEmpty } from './attribute-not-empty.js'
import { countryCode } from './country-code.js'
import { directoryStringType } from './directory-string-type.js'
import { dnsLabelLength } from './dns-label-length.js'
import { dnsNameIdna } from './dns-name-idna.js'
import { dnsNameLength } from './dns-name-length.js'
import { dnsNameSyntax } from './dns-name-syntax.js'
import { dnsNameUnderscore } from './dns-name-underscore.js'
import { emailInSubject } from './email-in-subject.js'
import { emailSyntax } from './email-syntax.js'
import { ia5Attributes } from './ia5-attributes.js'
import { ipAddressLength } from './ip-address-length.js'
import { issuerAlternativeNameNotCritical } from './issuer-alternative-name-not-critical.js'
import { printableAttributes } from './printable-attributes.js'
import { smtpUtf8Mailbox } from './smtp-utf8-mailbox.js'
import { subjectCa } from './subject-ca.js'
import { subjectOfIssuer } from './subject-of-issuer.js'
import { subjectOrAlternativeName } from './subject-or-alternative-name.js'
import { uriAbsolute } from './uri-absolute.js'
import { uriHost } from './uri-host.js'

/** The rules of this folder. */
export const nameRules: readonly LintRule[] = [
  subjectCa,
  subjectOfIssuer,
  subjectOrAlternativeName,
  alternativeNameCritical,
  alternativeNameNotCritical,
  alternativeNameNotEmpty,
  issuerAlternativeNameNotCritical,
  dnsNameSyntax,
  dnsNameUnderscore,
  dnsLabelLength,
  dnsNameLength,
  dnsNameIdna,
  emailSyntax,
  smtpUtf8Mailbox,
  uriAbsolute,
  uriHost,
  ipAddressLength,
  attributeCharacters,
  attributeNotEmpty,
  attributeLength,
  directoryStringType,
  printableAttributes,
  ia5Attributes,
  countryCode,
  emailInSubject,
]
