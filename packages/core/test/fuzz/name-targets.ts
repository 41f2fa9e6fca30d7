import { CertwrightError } from '@certwright/core/errors'
import * as pkix from '@certwright/core/pkix'
import { extensionOid, SubjectAlternativeName } from '@certwright/core/x509'
import { extensionSeeds } from './seeds.js'

const utf8 = new TextDecoder()
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

function refusedOr<T>(run: () => T): { readonly result: T } | undefined {
  try {
    return { result: run() }
  } catch (error) {
    if (error instanceof CertwrightError && error.message.length < 2000) return undefined
    throw error
  }
}

/** A domain name goes to A-labels that are stable, to U-labels and back, and can always be displayed. */
const domainName = {
  seeds: ['*.bücher.example', 'xn--bcher-kva.XN--r8jz45g', 'נ1.ex', 'नامه\u200cای.l·l', '１.a。b'].map(octets),
  run: (input: Uint8Array) => {
    const text = utf8.decode(input)
    pkix.displayDomain(text)
    pkix.findHomographs(text)
    const ascii = refusedOr(() => pkix.toAsciiDomain(text, { wildcard: true, leadingDot: true }))?.result
    if (ascii === undefined) return
    const again = pkix.toAsciiDomain(pkix.toUnicodeDomain(ascii), { wildcard: true, leadingDot: true })
    if (again !== ascii) throw new Error('a domain name does not survive its display')
  },
}

/** What reads as general names is written as text that reads as the same names. */
const generalNameText = {
  seeds: [
    'DNS:a.example, DNS:*.bücher.example, IP:2001:db8::1, email:"\\"a b\\"@c", SmtpUTF8Mailbox:ü@c',
    'URI:http://u@ü.de:1/ä?%20, dirName:"CN=a\\\\,b+O=c", RID:1.2.3, UPN:a@b, KRB5PrincipalName:a\\/b/c@R;2',
    'hardwareModuleName:1.2/00, permanentIdentifier:1.2/x, otherName:1.2.3;#0500, otherName:1.2;UTF8:x',
    'SRVName:_a.b, XmppAddr:a, NAIRealm:b, x400Address:#3003020101, ediPartyName:#3005a1030c0170',
  ].map(octets),
  run: (input: Uint8Array) => {
    const text = utf8.decode(input)
    refusedOr(() => pkix.parseGeneralNames(text, { constraint: true }))
    const names = refusedOr(() => pkix.parseGeneralNames(text))?.result
    if (names === undefined) return
    const again = pkix.parseGeneralNames(pkix.formatGeneralNames(names))
    if (!names.every((name, index) => pkix.equalGeneralNames(name, again[index] ?? name)))
      throw new Error('general names do not survive their text form')
  },
}

/** Names out of certificates can always be shown, whatever is inside them. */
const generalNameDisplay = {
  seeds: [
    extensionSeeds.get(extensionOid.subjectAltName) ?? new Uint8Array(),
    SubjectAlternativeName.encode([
      pkix.generalName.kerberosPrincipal('R', ['a', 'b'], 2),
      pkix.generalName.hardwareModuleName('1.2.3', Uint8Array.of(1)),
      pkix.generalName.permanentIdentifier({ identifierValue: 'x', assigner: '1.2.3' }),
      pkix.generalName.srv('_imaps.example.org'),
      pkix.generalName.email('ü@example.org'),
    ]),
  ],
  run: (input: Uint8Array) => {
    const names = refusedOr(() => pkix.GeneralNames.decode(input))?.result ?? []
    const text = pkix.formatGeneralNames(names)
    pkix.formatGeneralNames(names, { unicode: true })
    for (const name of names) if (!pkix.equalGeneralNames(name, name)) throw new Error('a name does not equal itself')
    const parsed = refusedOr(() => pkix.parseGeneralNames(text))?.result
    if (parsed !== undefined && parsed.length !== names.length) throw new Error('one name poses as several')
  },
}

/** Decoders of names in texts and of what general names hold. */
export const nameTargets = {
  'domain-name': domainName,
  'general-name-text': generalNameText,
  'general-name-display': generalNameDisplay,
} as const
