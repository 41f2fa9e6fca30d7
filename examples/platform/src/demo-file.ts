import { join } from 'node:path'
import type { Passcodes } from '@certwright/core'
import { readIfPresent, writeWhole } from './files.js'

/** Where the demonstration's secrets and the trust anchor lie. */
export interface DemoFiles {
  /** PEM: the root certificate first, then the issuing CA's. */
  readonly trustAnchor: string
  /** JSON with the secrets, mode 0600. */
  readonly demo: string
}

const username = 'demo'

/** The files' paths under a data folder. */
export const demoFiles = (data: string): DemoFiles => ({
  trustAnchor: join(data, 'trust-anchor.pem'),
  demo: join(data, 'demo.json'),
})

/**
 * Writes `trust-anchor.pem`, and at the first start `demo.json` with a random EST password. If a crash came between
 * making the password and writing the file, nobody has seen it: a new one takes its place.
 */
export async function writeDemoFiles(data: string, trustAnchorPem: string, passcodes: Passcodes): Promise<DemoFiles> {
  const files = demoFiles(data)
  if ((await readIfPresent(files.trustAnchor)) !== trustAnchorPem)
    await writeWhole(files.trustAnchor, trustAnchorPem, 0o644)
  if ((await readIfPresent(files.demo)) !== undefined) return files
  await passcodes.remove(username)
  const { password } = await passcodes.create(username)
  const secrets = { trustAnchor: files.trustAnchor, est: { username, password } }
  await writeWhole(files.demo, `${JSON.stringify(secrets, null, 2)}\n`, 0o600)
  return files
}
