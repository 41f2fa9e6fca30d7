import type { CertificateEvent, CertificateRecord, EventPage, EventRequest, StatusChange } from '../ports/index.js'
import { decodeCursor, encodeCursor, pageLimit } from '../storage/index.js'

/** The event feed of `memoryStore`: a list that grows. */
export interface MemoryEvents {
  issued(record: CertificateRecord): void
  changed(record: CertificateRecord, change: StatusChange): void
  read(request?: EventRequest): EventPage
}

/** An empty feed. */
export function memoryEvents(): MemoryEvents {
  const events: CertificateEvent[] = []
  return {
    issued({ issuer, serial, issuedAt, previousSerial }) {
      const at = new Date(issuedAt ?? 0)
      const previous = previousSerial === undefined ? {} : { previousSerial }
      events.push({ type: 'issued', issuer, serial, at, reason: null, ...previous })
    },
    changed({ issuer, serial }, change) {
      const at = new Date(change.at)
      if (change.to === 'issued') events.push({ type: 'released', issuer, serial, at, reason: null })
      else events.push({ type: change.to, issuer, serial, at, reason: change.reason })
    },
    read(request = {}) {
      const limit = pageLimit(request.limit)
      const [after] = request.after === undefined ? [0] : decodeCursor('events', request.after, ['number'])
      const found = events
        .map((event, i) => ({ event, sequence: i + 1 }))
        .filter(({ event, sequence }) => sequence > after && asked(event, request))
      const items = found.slice(0, limit)
      const position = encodeCursor('events', [items.at(-1)?.sequence ?? after])
      const copies = items.map(({ event }) => ({ ...event, at: new Date(event.at) }))
      return found.length > limit ? { items: copies, position, next: position } : { items: copies, position }
    },
  }
}

function asked({ type, issuer }: CertificateEvent, request: EventRequest): boolean {
  return !(request.changesOnly && type === 'issued') && (request.issuer === undefined || request.issuer === issuer)
}
