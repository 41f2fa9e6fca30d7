import type { PasswordEncryption, PasswordMac } from '@certwright/core/algorithms'
import { fromHex } from '@certwright/core/asn1'
import { decodePkcs12, decryptPrivateKeyInfo } from '@certwright/core/cms'
import { nodeCrypto } from '@certwright/core/defaults'
import { CertwrightError } from '@certwright/core/errors'
import { toBer } from '../cms/pkcs12/ber.js'
import {
  bag,
  certificateBag,
  data,
  encrypted,
  encryptedKey,
  list,
  pfx,
  typed,
  withoutMac,
} from '../cms/pkcs12/build.js'
import type { FuzzTarget } from './target.js'

const password = 'x'
const salt = fromHex('0001020304050607')
const limits = { maxIterations: 1000, maxMemory: 65536, maxBags: 100 }
const mac: PasswordMac = { kind: 'pkcs12', hash: 'sha256', salt, iterations: 2 }
const derivation = { kind: 'pbkdf2', hash: 'sha256', salt, iterations: 2 } as const
const encryption: PasswordEncryption = {
  kind: 'pbes2',
  derivation,
  cipher: { name: 'aes-256-cbc', iv: new Uint8Array(16) },
}

async function typedErrorOr(run: Promise<unknown>): Promise<void> {
  try {
    await run
  } catch (error) {
    if (!(error instanceof CertwrightError)) throw error
  }
}

/** The readers of what is encrypted under a password; without MAC most changes would end at once. */
export async function pkcsTargets(messages: {
  readonly privateKey: Uint8Array
  readonly certificate: Uint8Array
  readonly crl: Uint8Array
}): Promise<Readonly<Record<string, FuzzTarget>>> {
  const shrouded = await encryptedKey(messages.privateKey, password, encryption)
  const bags = list(
    bag(1, messages.privateKey),
    bag(2, shrouded),
    certificateBag(messages.certificate),
    bag(4, typed('1.2.840.113549.1.9.23.1', fromHex('0403010203'))),
    bag(5, typed('1.2.3', fromHex('0500'))),
    bag(6, list(certificateBag(messages.certificate))),
  )
  const safes = list(data(bags), await encrypted(bags, password, encryption))
  const pbmac1: PasswordMac = { kind: 'pbmac1', derivation: { ...derivation, length: 32 }, hash: 'sha256' }
  return {
    pkcs12: {
      seeds: [
        withoutMac(list(data(bags))),
        toBer(withoutMac(list(data(bags)))),
        withoutMac(safes),
        await pfx(safes, password, mac),
        await pfx(safes, password, pbmac1),
      ],
      run: (input) =>
        typedErrorOr(decodePkcs12({ crypto: nodeCrypto }, input, password, { requireMac: false, limits })),
    },
    'pkcs8-encrypted': {
      seeds: [shrouded],
      run: (input) => typedErrorOr(decryptPrivateKeyInfo({ crypto: nodeCrypto }, input, password, limits)),
    },
  }
}
