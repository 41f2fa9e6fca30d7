import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { CertwrightError, type Logger } from '@certwright/core'
import {
  auditLines,
  exportAuditTrail,
  type HeldCheckpoint,
  parseAuditLine,
  verifyAuditTrail,
} from '@certwright/core/audit'
import { nodeCrypto } from '@certwright/core/defaults'
import { decodePem } from '@certwright/core/x509'
import { auditKeyFile } from './audit-trail.js'
import { openDatabase } from './database.js'
import type { PlatformOptions } from './options.js'

/** Writes the audit trail of all nodes, also beside a platform that is writing it. The file shows who did what. */
export async function exportAudit(options: PlatformOptions, path: string, logger: Logger): Promise<void> {
  const store = await openDatabase(options, logger)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      let lines = 0
      for await (const line of exportAuditTrail(store.auditChain)) {
        await file.write(`${line}\n`)
        lines++
      }
      await file.sync()
      logger.info('exported', { lines, file: path })
    } finally {
      await file.close()
    }
  } finally {
    await store.close()
  }
}

/**
 * Verifies a file that `exportAudit` wrote, with nothing but the file, the key and what was held.
 *
 * @throws CertwrightError `audit` that names the first record that is wrong.
 */
export async function verifyAudit(
  { data, auditKey, auditHeld }: PlatformOptions,
  path: string,
  logger: Logger,
): Promise<void> {
  const pem = await readFile(auditKey ?? auditKeyFile(data), 'utf8')
  const keys = decodePem(pem, { labels: ['PUBLIC KEY'] }).map(({ bytes }) => bytes)
  const held = auditHeld === undefined ? [] : await readHeld(auditHeld)
  const found = await verifyAuditTrail({ crypto: nodeCrypto }, auditLines(createReadStream(path)), { keys, held })
  if (!found.ok) {
    const { message, line, kind } = found.fault
    throw new CertwrightError('audit', `the audit trail is not good (${kind}, line ${line}): ${message}`)
  }
  for (const { node, sequence, hash, checkpoint, unsigned } of found.chains) {
    logger.info('verified', { node, records: sequence, hash, signedAt: checkpoint.time, unsigned })
  }
  if (found.chains.length === 0) throw new CertwrightError('audit', 'the file has no audit trail')
}

/** Lines of earlier exports that an auditor has kept; checkpoints are enough. */
async function readHeld(path: string): Promise<readonly HeldCheckpoint[]> {
  const held: HeldCheckpoint[] = []
  for await (const line of auditLines(createReadStream(path))) {
    const record = parseAuditLine(line)
    if (record === undefined) throw new CertwrightError('audit', `${path} holds a line that is no audit record`)
    held.push(record)
  }
  return held
}
