import { sha256 } from '../schema/octets.js'

/** What `find` finds a certificate by, for one of its names. */
export function nameTerm(name: string): Uint8Array {
  return sha256(['name', name])
}

/** What `find` finds a certificate by, for one of its tags. */
export function tagTerm(tag: string): Uint8Array {
  return sha256(['tag', tag])
}

/** All terms of a certificate, each once. */
export function termsOf({
  names = [],
  tags = [],
}: {
  readonly names?: readonly string[]
  readonly tags?: readonly string[]
}): readonly Uint8Array[] {
  return [...[...new Set(names)].map(nameTerm), ...[...new Set(tags)].map(tagTerm)]
}
