/**
 * For authors of stores: the checks of arguments and the cursors that all stores have in common, so that what one engine
 * takes another takes too. Pure functions.
 *
 * @module
 */
export {
  checkChange,
  checkCrl,
  checkDate,
  checkIntent,
  checkIssued,
  checkQuery,
  checkRecordAddress,
  checkTags,
  pageLimit,
  recordJson,
  storeLimits,
} from './arguments.js'
export { type CursorParts, decodeCursor, encodeCursor } from './cursor.js'
