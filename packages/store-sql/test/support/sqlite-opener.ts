import type { SqliteDriverName } from '../../src/sqlite/driver.js'
import { sqliteStore } from '../../src/sqlite/sqlite-store.js'

/** Opens a file that may not be there yet, writes into it and closes it. */
const [path = '', driver = '', name = ''] = process.argv.slice(2)
const store = await sqliteStore(path, { driver: driver as SqliteDriverName })
for (let i = 0; i < 20; i++) await store.records.put('opened', `${name}.${i}`, i, 0, new Date(0))
await store.close()
console.log('done')
