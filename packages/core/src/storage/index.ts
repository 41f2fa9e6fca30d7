/**
 * For authors of stores: the checks of arguments and the cursors that all stores have in common, so that what one engine
 * takes another takes too. For everybody: leases over any store, and the way of an
 * inventory from one store to another.
 *
 * @module
 */
export {
  checkChained,
  checkChange,
  checkCrl,
  checkDate,
  checkIntent,
  checkIssued,
  checkNode,
  checkQuery,
  checkRecordAddress,
  checkTags,
  crlSequence,
  pageLimit,
  recordJson,
  storeLimits,
} from './arguments.js'
export { type CursorParts, decodeCursor, encodeCursor } from './cursor.js'
export { type ExportOptions, everyCertificate, exportInventory } from './export-inventory.js'
export { type ImportOptions, type ImportProgress, importInventory } from './import-inventory.js'
export { formatInventoryLine, type InventoryLine, parseInventoryLine } from './inventory-line.js'
export { createLease, type HeldLease, type Lease, type LeaseDeps, type LeaseOptions, putFenced } from './lease.js'
