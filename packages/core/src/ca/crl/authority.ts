import type { Signer } from '../../ports/index.js'
import type { IssuerUrls } from '../../profile/index.js'
import type { Name, TBSCertificate } from '../../x509/index.js'
import type { CrlOptions } from '../types.js'

/** A key that signs lists, with its certificate. */
export interface CrlSigner {
  readonly tbs: TBSCertificate
  readonly keyIdentifier: Uint8Array
  signer(): Promise<Signer>
}

/** The CA on whose behalf lists are made. */
export interface CrlAuthority {
  readonly id: string
  readonly subject: Name
  readonly urls: IssuerUrls
  readonly options: CrlOptions
  /** Its keys, oldest first; the last one is the present one. */
  readonly signers: readonly CrlSigner[]
}
