import { CertwrightError } from '../errors.js'
import type { AuditChain } from '../ports/index.js'
import { auditLimits } from './bound-event.js'
import { formatLine } from './record.js'

const page = 500

/** What is exported. */
export interface AuditExportOptions {
  /** Only the chain of this node. */
  readonly node?: string
  /** With `node`: only the records after this sequence number. A verifier wants all, from the first. */
  readonly after?: number
}

/**
 * The chains as lines of JSON, one record each, without line ends: all nodes in the order of their ids, the records of each in
 * the order of the chain. It may run while nodes write; what comes meanwhile is in it or not.
 *
 * @example
 * ```ts
 * import { exportAuditTrail } from '@certwright/core/audit'
 * import { memoryStore } from '@certwright/core/defaults'
 *
 * for await (const line of exportAuditTrail(memoryStore().auditChain)) console.log(line)
 * ```
 */
export async function* exportAuditTrail(chain: AuditChain, options: AuditExportOptions = {}): AsyncGenerator<string> {
  const { node, after = 0 } = options
  if (node !== undefined) return yield* exportNode(chain, node, after)
  for (let last = ''; ; ) {
    const nodes = await chain.nodes({ limit: page, ...(last === '' ? {} : { after: last }) })
    for (const each of nodes) yield* exportNode(chain, each, 0)
    last = nodes.at(-1) ?? ''
    if (nodes.length < page) return
  }
}

async function* exportNode(chain: AuditChain, node: string, start: number): AsyncGenerator<string> {
  for (let after = start; ; ) {
    const records = await chain.read(node, { after, limit: page })
    for (const record of records) yield formatLine(record)
    const next = records.at(-1)?.sequence ?? after
    if (records.length < page) return
    // A damaged store could give the same page for ever.
    if (next <= after) throw new CertwrightError('store', `the audit chain of ${node} cannot be read in order`)
    after = next
  }
}

/**
 * The lines of a file that `exportAuditTrail` was written to: split at LF and at nothing else, because other characters that
 * end lines elsewhere occur in texts. A line that is not UTF-8, and one that is longer than any record, comes as an empty
 * one, which is no record; after the latter nothing is read.
 */
export async function* auditLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield decodeLine([...parts, chunk.subarray(start, end)])
      parts = []
      length = 0
      start = end + 1
    }
    const rest = chunk.slice(start)
    if (rest.length > 0) parts.push(rest)
    length += rest.length
    if (length > auditLimits.line) {
      yield ''
      return
    }
  }
  if (length > 0) yield decodeLine(parts)
}

const lineFeed = 0x0a

function decodeLine(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
  } catch {
    return ''
  }
}
