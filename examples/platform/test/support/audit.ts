import { readFile } from 'node:fs/promises'
import { exportAuditTrail, parseAuditLine } from '@certwright/core/audit'
import type { AuditEvent } from '@certwright/core/ports'
import type { SqlStore } from '@certwright/store-sql'

const eventIn = (line: string): readonly AuditEvent[] => {
  const body = parseAuditLine(line)?.body
  return body?.kind === 'event' ? [body.event] : []
}

/** All events of the chains in a store. */
export async function recordedEvents({ auditChain }: SqlStore): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = []
  for await (const line of exportAuditTrail(auditChain)) events.push(...eventIn(line))
  return events
}

/** All lines of an export, and the events in them. */
export async function exportedEvents(path: string) {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  return { lines, events: lines.flatMap(eventIn) }
}
