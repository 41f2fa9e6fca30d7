import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readIfPresent, writeWhole } from './files.js'

/**
 * The passphrase that encrypts the CA keys: `CERTWRIGHT_PASSPHRASE` where the operator gives it, or else a random one of
 * 256 bits in `<data>/passphrase` (mode 0600), made at the first start.
 */
export async function keystorePassphrase(data: string, env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['CERTWRIGHT_PASSPHRASE']
  if (given !== undefined && given !== '') return given
  const path = join(data, 'passphrase')
  const present = await readIfPresent(path)
  if (present !== undefined) return present.trim()
  const passphrase = randomBytes(32).toString('base64url')
  await writeWhole(path, `${passphrase}\n`, 0o600)
  return passphrase
}
