import { optionalTest } from '@certwright/testkit/foreign'
import { describe, test } from 'vitest'
import { loadSqlite, type SqliteDriverName } from '../../src/sqlite/driver.js'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const builtIn = major > 22 || (major === 22 && minor >= 13)

/**
 * Runs a suite with each SQLite driver. The one that is the only one for this Node is required like a foreign program;
 * the other is reported as skipped where it cannot be had, such as better-sqlite3 built for another version of Node.
 */
export async function describeDrivers(name: string, suite: (driver: SqliteDriverName) => void): Promise<void> {
  for (const driver of ['better-sqlite3', 'node:sqlite'] as const) {
    const title = `${name} (${driver})`
    const failure = await loadSqlite([driver]).then(
      () => undefined,
      (error: Error) => error.message,
    )
    if (failure === undefined) describe(title, () => suite(driver))
    else if (builtIn === (driver === 'node:sqlite')) optionalTest([failure], title, () => {})
    else {
      const reason =
        driver === 'node:sqlite' ? `node:sqlite needs Node 22.13, this is ${process.versions.node}` : failure
      test(`${title} [${reason}]`, (context) => context.skip(reason))
    }
  }
}
