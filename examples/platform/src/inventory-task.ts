import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@certwright/core'
import { exportInventory, importInventory } from '@certwright/core/storage'
import { backupSqlite, type SqlStore } from '@certwright/store-sql'
import { exportAudit, verifyAudit } from './audit-task.js'
import { openDatabase } from './database.js'
import { type InventoryTask, OptionError, type PlatformOptions } from './options.js'

/** Lines between two reports of an export. */
const reportEvery = 10_000

/** Does what a task asks for, beside a platform that may be serving from the database. */
export async function runTask(options: PlatformOptions, { kind, file }: InventoryTask, logger: Logger): Promise<void> {
  if (kind === 'backup') {
    if (options.database !== undefined) throw new OptionError('--backup is for SQLite; PostgreSQL has pg_dump')
    await backupSqlite(join(options.data, 'certwright.db'), file)
    logger.info('backed up', { file })
    return
  }
  if (kind === 'verify-audit') return verifyAudit(options, file, logger)
  if (kind === 'export-audit') return exportAudit(options, file, logger)
  if (kind === 'import') await mkdir(options.data, { recursive: true, mode: 0o700 })
  const store = await openDatabase(options, logger)
  try {
    if (kind === 'export') await exportTo(file, store, logger)
    else await importFrom(file, store, logger)
  } finally {
    await store.close()
  }
}

/** The file is private: it shows who has certificates for what. */
async function exportTo(path: string, { certificates }: SqlStore, logger: Logger): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    let lines = 0
    for await (const line of exportInventory(certificates)) {
      await file.write(`${line}\n`)
      if (++lines % reportEvery === 0) logger.info('exporting', { lines })
    }
    await file.sync()
    logger.info('exported', { lines, file: path })
  } finally {
    await file.close()
  }
}

async function importFrom(path: string, { certificates }: SqlStore, logger: Logger): Promise<void> {
  const file = await open(path, 'r')
  const result = await importInventory(certificates, file.readLines(), {
    onProgress: (progress) => logger.debug('importing', { ...progress }),
  })
  logger.info('imported', { ...result })
}
