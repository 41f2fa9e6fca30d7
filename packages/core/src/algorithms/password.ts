import { CertwrightError } from '../errors.js'

/** A password in the octets that the algorithms take it in. */
export interface PasswordOctets {
  /** UTF-8: PBES1, PBES2, PBMAC1. */
  readonly utf8: Uint8Array
  /** Two octets a character, big-endian, and two zeros at the end: the algorithms of PKCS #12 (RFC 7292 appendix B.1). */
  readonly bmp: Uint8Array
}

const maxPassword = 4096

/**
 * The octets of a password. Characters beyond the basic multilingual plane become surrogate pairs, as other programs
 * write them.
 *
 * @throws CertwrightError `configuration` when it is longer than 4096 characters or not well-formed Unicode.
 */
export function passwordOctets(password: string): PasswordOctets {
  if (password.length > maxPassword || /\p{Surrogate}/u.test(password)) {
    throw new CertwrightError(
      'configuration',
      `a password has at most ${maxPassword} characters of well-formed Unicode`,
    )
  }
  return { utf8: new TextEncoder().encode(password), bmp: utf16Octets(`${password}\0`) }
}

/**
 * What an empty password may have been to the program that wrote a file: two zero octets, or nothing at all. Any other
 * password is one thing only.
 */
export function passwordReadings(password: string): readonly PasswordOctets[] {
  const octets = passwordOctets(password)
  return password === '' ? [octets, { utf8: octets.utf8, bmp: new Uint8Array(0) }] : [octets]
}

function utf16Octets(text: string): Uint8Array {
  const octets = new Uint8Array(2 * text.length)
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    octets[2 * index] = unit >>> 8
    octets[2 * index + 1] = unit & 0xff
  }
  return octets
}
