import type { CaaAnswer, CaaRecord, CaaResolver } from '@certwright/core/ports'

/** `0 issue "ca.example"`, as a zone file writes it. */
export function record(text: string): CaaRecord {
  const [, flags, tag = '', value = ''] = /^(\d+) (\S+) "(.*)"$/s.exec(text) ?? []
  return { flags: Number(flags), tag, value }
}

/** A resolver over a few names, which remembers what it was asked. What is not there does not exist. */
export function zone(names: Readonly<Record<string, readonly string[] | CaaAnswer>>) {
  const asked: string[] = []
  const resolver: CaaResolver = {
    async resolve(name) {
      asked.push(name)
      const found = Object.hasOwn(names, name) ? names[name] : undefined
      if (found === undefined) return { kind: 'no-such-name' }
      if ('kind' in found) return found
      return found.length === 0 ? { kind: 'no-records' } : { kind: 'records', records: found.map(record) }
    },
  }
  return { resolver, asked }
}
