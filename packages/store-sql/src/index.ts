/**
 * Certificates, records and audit trail in SQLite or PostgreSQL. Importing this loads no driver: `sqliteStore` loads one
 * when it is called, `postgresStore` gets a pool.
 *
 * @module
 */
export { StoreError, type StoreErrorReason } from './errors.js'
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres/driver.js'
export { postgresGrants } from './postgres/grants.js'
export { type PostgresStoreOptions, postgresStore } from './postgres/postgres-store.js'
export type { SqlStore } from './sql-store.js'
export { backupSqlite, type SqliteBackupOptions } from './sqlite/backup.js'
export type { SqliteDatabase, SqliteDriverName, SqliteStatement } from './sqlite/driver.js'
export { type SqliteStoreOptions, sqliteStore } from './sqlite/sqlite-store.js'
export type { AuditPage, AuditReader } from './stores/audit.js'
