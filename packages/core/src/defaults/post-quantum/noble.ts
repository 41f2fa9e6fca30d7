import type { MlDsaName, MlKemName, ParameterSetName, SlhDsaName } from '../../algorithms/index.js'

/** What ML-DSA and SLH-DSA of `@noble/post-quantum` have in common, as far as it is used. */
export interface NobleSigner {
  readonly lengths: { readonly seed?: number }
  keygen(seed?: Uint8Array): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array }
  getPublicKey(secretKey: Uint8Array): Uint8Array
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/** ML-KEM of `@noble/post-quantum`, as far as it is used. */
export interface NobleKem {
  keygen(seed?: Uint8Array): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array }
  getPublicKey(secretKey: Uint8Array): Uint8Array
  encapsulate(publicKey: Uint8Array): { readonly cipherText: Uint8Array; readonly sharedSecret: Uint8Array }
  decapsulate(cipherText: Uint8Array, secretKey: Uint8Array): Uint8Array
}

/** The modules are loaded when the first such key is used: who has none never pays for them. */
export async function nobleSigner(name: ParameterSetName): Promise<NobleSigner> {
  if (name.startsWith('ml-dsa')) {
    const { ml_dsa44, ml_dsa65, ml_dsa87 } = await import('@noble/post-quantum/ml-dsa.js')
    return { 'ml-dsa-44': ml_dsa44, 'ml-dsa-65': ml_dsa65, 'ml-dsa-87': ml_dsa87 }[name as MlDsaName]
  }
  const module = await import('@noble/post-quantum/slh-dsa.js')
  return module[slhDsaExport(name as SlhDsaName)]
}

type Underscored<N extends string> = N extends `${infer A}-${infer B}` ? `${A}_${Underscored<B>}` : N

/** The export of `@noble/post-quantum/slh-dsa.js` for a parameter set: `slh-dsa-sha2-128s` is `slh_dsa_sha2_128s`. */
export const slhDsaExport = <N extends SlhDsaName>(name: N): Underscored<N> =>
  name.replaceAll('-', '_') as Underscored<N>

/** As `nobleSigner`, for ML-KEM. */
export async function nobleKem(name: MlKemName): Promise<NobleKem> {
  const { ml_kem512, ml_kem768, ml_kem1024 } = await import('@noble/post-quantum/ml-kem.js')
  return { 'ml-kem-512': ml_kem512, 'ml-kem-768': ml_kem768, 'ml-kem-1024': ml_kem1024 }[name]
}
