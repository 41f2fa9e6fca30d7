import type { KeyType } from '../../ports/index.js'

/** The six types of key that every profile of the reference certifies. */
export const referenceKeyTypes: readonly KeyType[] = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
]

/** How far certificates for devices and servers are backdated. */
export const deviceBackdate = 'PT5M'
