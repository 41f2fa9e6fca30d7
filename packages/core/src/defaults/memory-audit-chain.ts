import { CertwrightError } from '../errors.js'
import type { AuditChain, ChainedRecord } from '../ports/index.js'
import { checkChained, checkNode, pageLimit } from '../storage/index.js'

/** Audit chains in memory. */
export function memoryAuditChain(): AuditChain {
  const chains = new Map<string, ChainedRecord[]>()
  const chainOf = (node: string): readonly ChainedRecord[] => {
    checkNode(node)
    return chains.get(node) ?? []
  }
  return Object.freeze({
    async append(records) {
      checkChained(records)
      const { node = '', sequence = 0 } = records[0] ?? {}
      const chain = chains.get(node) ?? []
      if (sequence !== chain.length + 1) {
        throw new CertwrightError('conflict', 'the audit chain has another end than expected')
      }
      chain.push(...records.map((record) => Object.freeze({ ...record })))
      chains.set(node, chain)
    },
    last: async (node) => chainOf(node).at(-1),
    async read(node, { after = 0, limit } = {}) {
      return chainOf(node).slice(after, after + pageLimit(limit))
    },
    async nodes({ after = '', limit } = {}) {
      const later = [...chains.keys()].filter((node) => node > after).sort()
      return later.slice(0, pageLimit(limit))
    },
  } satisfies AuditChain)
}
