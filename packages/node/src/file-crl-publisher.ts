import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CertwrightError } from '@certwright/core/errors'
import type { CrlPublication, CrlPublisher } from '@certwright/core/ports'
import { encodePem } from '@certwright/core/x509'

/** Where CRLs are written. */
export interface FileCrlPublisherOptions {
  /** Folder that a web server hands out; made when it is not there. */
  readonly dir: string
  /** `der` when absent, which is what RFC 5280 section 4.2.1.13 wants at the URL in a certificate; `pem` for tools. */
  readonly format?: 'der' | 'pem'
  /** `file` when absent. */
  readonly name?: string
}

/** Begin and end of the names of files that are not whole yet. */
const temporary = { prefix: '.crl-', suffix: '.tmp' } as const
/** Milliseconds after which such a file was left by a process that died, and is removed. */
const abandonedAfter = 3_600_000

/**
 * Writes CRLs as `<dir>/<organization>/<ca>/<list>.crl` (`.crl.pem` as PEM), mode 0644. A file is whole at every moment, the
 * old list or the new one, also when the process or the machine dies: the new one is written beside it, brought to the disk,
 * and takes its name in one step.
 *
 * @throws CertwrightError `configuration` when `dir` is empty; from `publish`: CertwrightError `publish` for an issuer or
 *   list whose name is no safe file name; errors of the file system.
 */
export function fileCrlPublisher({ dir, format = 'der', name = 'file' }: FileCrlPublisherOptions): CrlPublisher {
  if (dir === '') throw new CertwrightError('configuration', 'CRLs are published into a folder: name one')
  const tidied = new Set<string>()
  return Object.freeze({
    name,
    async publish(crl, { signal }) {
      const path = pathOf(dir, crl, format)
      const folder = dirname(path)
      await mkdir(folder, { recursive: true })
      if (!tidied.has(folder)) await removeAbandoned(folder)
      tidied.add(folder)
      signal.throwIfAborted()
      await replace(path, format === 'pem' ? new TextEncoder().encode(encodePem('X509 CRL', crl.der)) : crl.der)
    },
  } satisfies CrlPublisher)
}

/** The path of a list: no name leads out of the folder, is hidden, or looks like a temporary file. */
function pathOf(dir: string, { issuer, list }: CrlPublication, format: 'der' | 'pem'): string {
  const parts = [...issuer.split('~'), list]
  if (parts.some((part) => !/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(part))) {
    throw new CertwrightError('publish', 'the id of the CA or the name of the CRL is no safe name of a file')
  }
  return `${join(dir, ...parts)}.crl${format === 'pem' ? '.pem' : ''}`
}

async function replace(path: string, content: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const unfinished = join(folder, `${temporary.prefix}${randomUUID()}${temporary.suffix}`)
  try {
    const file = await open(unfinished, 'wx', 0o644)
    try {
      // Whatever the umask says: a list is public, and another user's web server reads it.
      await file.chmod(0o644)
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
}

/** Brings the new name to the disk. Not every system can; then it comes there a little later. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } catch {
    // The file itself is on the disk, whole under the one name or the other.
  } finally {
    await handle?.close()
  }
}

/** Removes what processes that died have left behind; what another process may still be writing stays. */
async function removeAbandoned(folder: string): Promise<void> {
  const now = Date.now()
  for (const name of await readdir(folder)) {
    if (!name.startsWith(temporary.prefix) || !name.endsWith(temporary.suffix)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && now - found.mtimeMs > abandonedAfter) await rm(path, { force: true })
  }
}
