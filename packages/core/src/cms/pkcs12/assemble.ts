import { type FoundCertificate, indexCertificates } from './matching.js'
import { subjectPublicKeyOfPrivateKey } from './public-key.js'
import type { FoundBags, FoundKey } from './read-bags.js'
import type { Pkcs12, Pkcs12Certificate, Pkcs12Deps } from './types.js'

/** Brings keys and certificates together. */
export async function assemble(deps: Pick<Pkcs12Deps, 'publicKeyOf'>, found: FoundBags): Promise<Pkcs12> {
  const index = indexCertificates(found.certificates)
  const own = new Set<FoundCertificate>()
  const issuers = new Set<FoundCertificate>()
  const keys: Pkcs12['keys'][number][] = []
  for (const key of found.keys) {
    const certificate = index.own(await subjectPublicKeyOfPrivateKey(deps, key.privateKey), key.localKeyId)
    const chain = certificate === undefined ? [] : index.chain(certificate)
    chain.forEach((entry, position) => {
      ;(position === 0 ? own : issuers).add(entry)
    })
    keys.push(keyOf(key, chain))
  }
  const isListed = (entry: FoundCertificate): boolean => {
    if (entry.trusted === true) return true
    return !own.has(entry) && (!issuers.has(entry) || entry.friendlyName !== undefined)
  }
  const { crls, secrets } = found
  return { keys, certificates: found.certificates.filter(isListed).map(certificateOf), crls, secrets }
}

function keyOf({ trusted: _, ...key }: FoundKey, chain: readonly FoundCertificate[]): Pkcs12['keys'][number] {
  const friendlyName = key.friendlyName ?? chain[0]?.friendlyName
  return {
    ...key,
    ...(friendlyName === undefined ? {} : { friendlyName }),
    certificates: chain.map(({ certificate }) => certificate),
  }
}

const certificateOf = ({ localKeyId: _, ...certificate }: FoundCertificate): Pkcs12Certificate => certificate
