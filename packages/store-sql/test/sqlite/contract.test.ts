import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from '../../src/index.js'
import { storeContracts } from '../support/contracts.js'
import { describeDrivers } from '../support/drivers.js'

await describeDrivers('sqliteStore on a file', (driver) => {
  storeContracts(driver, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'certwright-sql-'))
    const store = await sqliteStore(join(directory, 'pki.db'), { driver })
    const dispose = async () => {
      await store.close()
      await rm(directory, { recursive: true })
    }
    return { store, dispose }
  })
})
