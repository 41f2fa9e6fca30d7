import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { decryptPrivateKeyInfo, encryptPrivateKeyInfo } from '../cms/index.js'
import { CertwrightError } from '../errors.js'
import type { DecryptionKeyProvider, KeyProvider, KeyType, RandomSource } from '../ports/index.js'
import { decodePem, encodePem } from '../x509/index.js'
import { nodeCrypto } from './node-crypto.js'
import { generatePrivateKey, openPrivateKey, type PrivateKey, softwareKeyTypes } from './private-key.js'
import { systemRandom } from './system.js'

const label = 'ENCRYPTED PRIVATE KEY'
const suffix = '.key.pem'
const encryption = { derivation: { kind: 'scrypt' }, cipher: 'aes-256-cbc' } as const

/** Where the keys lie and what opens them. */
export interface SoftwareKeysOptions {
  /** Folder of the key files; made with mode 0700 where it is missing. */
  readonly dir: string
  /** At least 8 characters; better, 128 random bits. Every key file is encrypted under it. */
  readonly passphrase: string
  /** Salts and initialization vectors; the system's by default. */
  readonly random?: RandomSource
}

/**
 * A keystore of encrypted files, one a key, mode 0600: PKCS#8 `ENCRYPTED PRIVATE KEY` in PEM (RFC 7468 section 11),
 * PBES2 with scrypt and AES-256-CBC, so that `openssl pkey -in FILE` opens it too. A key file appears whole or not at
 * all, and is on disk before `generate` returns.
 *
 * @throws CertwrightError `configuration` when the passphrase is shorter than 8 characters.
 */
export function softwareKeys({
  dir,
  passphrase,
  random = systemRandom,
}: SoftwareKeysOptions): KeyProvider & DecryptionKeyProvider {
  if (passphrase.length < 8) {
    throw new CertwrightError('configuration', 'the passphrase of the keystore must have at least 8 characters')
  }
  const pathOf = (id: string): string => join(dir, fileName(id))

  const make = async (id: string, type: KeyType): Promise<PrivateKey> => {
    const path = pathOf(id)
    const key = await generatePrivateKey(type)
    const der = await encryptPrivateKeyInfo({ crypto: nodeCrypto, random }, key.pkcs8(), passphrase, encryption)
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeOnce(dir, path, encodePem(label, der), id)
    return key
  }
  const read = async (id: string): Promise<PrivateKey | undefined> => {
    const text = await readIfPresent(pathOf(id))
    return text === undefined ? undefined : openKey(text, passphrase)
  }

  return Object.freeze({
    keyTypes: softwareKeyTypes,
    generate: async (id, type) => (await make(id, type)).signer(),
    open: async (id) => (await read(id))?.signer(),
    generateForDecryption: async (id, type) => (await make(id, type)).decryptionKey(),
    openForDecryption: async (id) => (await read(id))?.decryptionKey(),
    list: () => listKeys(dir),
    async remove(id) {
      const removed = await unlink(pathOf(id)).then(() => true, absent)
      if (removed) await syncFolder(dir)
      return removed
    },
  } satisfies KeyProvider & DecryptionKeyProvider)
}

/** One file a key: the id in a form that every file system takes and that leads to no other folder. */
function fileName(id: string): string {
  if (id.length === 0 || id.length > 120 || /\p{Surrogate}/u.test(id)) {
    throw new CertwrightError('key', 'a key id has 1 to 120 characters of well-formed Unicode')
  }
  const name = encodeURIComponent(id).replaceAll('.', '%2E').replaceAll('*', '%2A')
  return `${name}${suffix}`
}

/** A key that is there and cannot be opened is an error of the key, whatever the reason. */
async function openKey(text: string, passphrase: string): Promise<PrivateKey> {
  const [block] = decodePem(text, { labels: [label] })
  if (block === undefined) throw new CertwrightError('key', 'the private key file is damaged')
  try {
    return await openPrivateKey(await decryptPrivateKeyInfo({ crypto: nodeCrypto }, block.bytes, passphrase))
  } catch (cause) {
    if (!(cause instanceof CertwrightError)) throw cause
    throw new CertwrightError('key', `the private key cannot be opened: ${reasonOf(cause)}`, { cause })
  }
}

function reasonOf({ code, message }: CertwrightError): string {
  if (code === 'decryption') return 'the passphrase is wrong, or the file was changed'
  return code === 'asn1' ? 'the file is damaged' : message
}

/** Written beside, forced to disk, then linked to its name: `link` fails if the name exists, so no key is overwritten. */
async function writeOnce(dir: string, path: string, text: string, id: string): Promise<void> {
  const temporary = join(dir, `.${randomUUID()}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    await link(temporary, path)
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) throw new CertwrightError('conflict', `a key with the id "${id}" exists`, { cause })
    throw new CertwrightError('key', 'the private key could not be written', { cause })
  } finally {
    await file.close()
    await unlink(temporary).catch(absent)
  }
  await syncFolder(dir)
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r')
  await folder.sync().finally(() => folder.close())
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined
    throw new CertwrightError('key', 'the private key file could not be read', { cause })
  }
}

async function listKeys(dir: string): Promise<readonly string[]> {
  const names = (await readdir(dir).catch(absent)) || []
  return names
    .filter((name) => name.endsWith(suffix) && !name.startsWith('.'))
    .map((name) => decodeURIComponent(name.slice(0, -suffix.length)))
}

/** For `catch`: a missing file counts as `false`, anything else is an error. */
function absent(error: unknown): false {
  if (isCode(error, 'ENOENT')) return false
  throw new CertwrightError('key', 'the keystore folder could not be used', { cause: error })
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
