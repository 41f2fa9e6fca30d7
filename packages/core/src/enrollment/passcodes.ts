import { concatBytes, decodeBase64, encodeBase64, toHex } from '../asn1/index.js'
import { CertwrightError } from '../errors.js'
import type { Clock, CryptoBackend, JsonValue, RandomSource, RecordStore, ScryptOptions } from '../ports/index.js'
import type { Authenticator } from './types.js'

/** What passcodes need. */
export interface PasscodeDeps {
  readonly records: RecordStore
  readonly clock: Clock
  readonly random: RandomSource
  readonly crypto: CryptoBackend
}

/** Usernames and passwords kept in the record store, and the authenticator over them. */
export interface Passcodes extends Authenticator {
  /**
   * Makes a username with a random password of 160 bits. The password is returned once and stored only as a hash.
   *
   * @throws CertwrightError `conflict` when the username exists.
   */
  create(username: string, options?: { readonly expiresAt?: Date }): Promise<{ readonly password: string }>
  /**
   * Gives a username a password of your choice, of at least 12 characters, new or in place of the present one. Checking
   * it takes some 50 ms, by which a client can tell that the username exists; `create` has no such sign.
   *
   * @throws CertwrightError `configuration` when it is shorter; `conflict` when another writer was faster.
   */
  set(username: string, password: string, options?: { readonly expiresAt?: Date }): Promise<void>
  /** Forgets a username; answers whether it was there. */
  remove(username: string): Promise<boolean>
}

const collection = 'passcode'
const maxUsername = 128
const maxPassword = 256
const minChosenPassword = 12

/** For passwords that people choose: 16 MiB and some 50 ms. Random ones of 160 bits need no slow hash. */
const scryptCost: ScryptOptions = { cost: 16384, blockSize: 8, parallelization: 1, length: 32 }

/** How a password is stored. */
interface StoredPasscode {
  readonly kdf: 'sha256' | 'scrypt'
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** Passcodes over a record store. An unknown username costs the same work as a wrong random password. */
export function createPasscodes(deps: PasscodeDeps): Passcodes {
  const { records, clock, random, crypto } = deps
  const nobody: StoredPasscode = { kdf: 'sha256', salt: random.bytes(16), hash: random.bytes(32) }

  const write = async (
    username: string,
    kdf: StoredPasscode['kdf'],
    password: string,
    expected: number,
    options: { readonly expiresAt?: Date } = {},
  ): Promise<void> => {
    if (username.length === 0 || username.length > maxUsername || username.includes(':')) {
      throw new CertwrightError(
        'configuration',
        `a username has 1 to ${maxUsername} characters and no colon (RFC 7617)`,
      )
    }
    const salt = random.bytes(16)
    const hash = await hashPassword(crypto, kdf, password, salt)
    const value = { kdf, salt: encodeBase64(salt), hash: encodeBase64(hash) }
    await records.put(collection, username, value, expected, clock.now(), options)
  }

  return Object.freeze({
    async create(username, options) {
      const password = toHex(random.bytes(20))
      await write(username, 'sha256', password, 0, options)
      return { password }
    },
    async set(username, password, options) {
      if (password.length < minChosenPassword || password.length > maxPassword) {
        throw new CertwrightError('configuration', `a password has ${minChosenPassword} to ${maxPassword} characters`)
      }
      const present = await records.get(collection, username, clock.now())
      await write(username, 'scrypt', password, present?.version ?? 0, options)
    },
    remove: async (username) => (await records.consume(collection, username, clock.now())) !== undefined,
    async authenticate({ basic }) {
      if (basic === undefined || basic.username.length > maxUsername || basic.password.length > maxPassword)
        return undefined
      if (basic.username.length === 0) return undefined
      const stored = await records.get(collection, basic.username, clock.now())
      const passcode = stored === undefined ? nobody : readPasscode(stored.value)
      const hash = await hashPassword(crypto, passcode.kdf, basic.password, passcode.salt)
      const matches = crypto.equal(hash, passcode.hash)
      return matches && stored !== undefined ? { name: `passcode:${basic.username}`, method: 'passcode' } : undefined
    },
  } satisfies Passcodes)
}

async function hashPassword(
  crypto: CryptoBackend,
  kdf: StoredPasscode['kdf'],
  password: string,
  salt: Uint8Array,
): Promise<Uint8Array> {
  const secret = new TextEncoder().encode(password.normalize('NFC'))
  return kdf === 'scrypt' ? crypto.scrypt(secret, salt, scryptCost) : crypto.digest('sha256', concatBytes(salt, secret))
}

function readPasscode(value: JsonValue): StoredPasscode {
  if (typeof value === 'object' && value !== null && 'kdf' in value) {
    const { kdf, salt, hash } = value
    if ((kdf === 'sha256' || kdf === 'scrypt') && typeof salt === 'string' && typeof hash === 'string') {
      return { kdf, salt: decodeBase64(salt), hash: decodeBase64(hash) }
    }
  }
  throw new CertwrightError('store', 'a stored passcode is damaged')
}
