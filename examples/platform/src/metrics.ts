import type { AuditSink } from '@certwright/core'
import type { CrlPublishingEvent, CrlScheduleEvent } from '@certwright/core/ca'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** Until when a CRL is good. */
export interface CrlEnd {
  readonly issuer: string
  readonly list: string
  readonly nextUpdate: Date
}

/** Counters of the platform. */
export interface Metrics {
  /** Told of every HTTP answer. */
  observe(service: string, status: number): void
  /** The same sink, counting the events that it takes. */
  counting(sink: AuditSink): AuditSink
  /** Told of every attempt to make or publish a CRL. */
  crl(event: CrlPublishingEvent | CrlScheduleEvent): void
  /** Where the ends of the CRLs are read, at most once a minute however often somebody asks for the metrics. */
  watchCrls(read: () => Promise<readonly CrlEnd[]>): void
  text(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Prometheus metrics: HTTP answers, audit events by type, CRLs, and those of the Node.js process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'certwright_http_responses_total',
    help: 'HTTP responses by service and status',
    labelNames: ['service', 'status'],
    registers: [registry],
  })
  const events = new Counter({
    name: 'certwright_audit_events_total',
    help: 'Audit events by type',
    labelNames: ['type'],
    registers: [registry],
  })
  return Object.freeze({
    observe: (service, status) => answers.inc({ service, status: String(status) }),
    counting: (sink) => ({
      async record(event) {
        await sink.record(event)
        events.inc({ type: event.type })
      },
    }),
    ...crlMetrics(registry),
    text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  } satisfies Metrics)
}

/** For so long, in milliseconds, what was read of the lists' ends is used again. */
const readAgainAfter = 60_000

function crlMetrics(registry: Registry): Pick<Metrics, 'crl' | 'watchCrls'> {
  const registers = [registry]
  const ofList = ['publisher', 'issuer', 'list']
  const published = new Counter({
    name: 'certwright_crl_published_total',
    help: 'CRLs that a publisher took',
    labelNames: ofList,
    registers,
  })
  const unpublished = new Counter({
    name: 'certwright_crl_publication_failures_total',
    help: 'Attempts to publish a CRL that failed',
    labelNames: ofList,
    registers,
  })
  const failures = new Counter({
    name: 'certwright_crl_failures_total',
    help: 'Attempts of the schedule to make CRLs that failed, by CA',
    labelNames: ['issuer'],
    registers,
  })
  return {
    crl(event) {
      if (event.kind === 'published' || event.kind === 'publication-failed') {
        const { publisher, issuer, list } = event
        const counter = event.kind === 'published' ? published : unpublished
        counter.inc({ publisher, issuer, list })
      } else if (event.kind === 'failed') failures.inc({ issuer: event.issuer })
    },
    watchCrls: (read) => watchEnds(registry, read),
  }
}

function watchEnds(registry: Registry, read: () => Promise<readonly CrlEnd[]>): void {
  let ends: readonly CrlEnd[] = []
  let readAt = Number.NEGATIVE_INFINITY
  // A gauge that is registered works by itself.
  new Gauge({
    name: 'certwright_crl_next_update_seconds',
    help: 'Seconds until nextUpdate of the latest CRL, by CA and list; negative when it is out of date',
    labelNames: ['issuer', 'list'],
    registers: [registry],
    async collect() {
      const now = Date.now()
      if (Math.abs(now - readAt) >= readAgainAfter) {
        // The ends that are known go on counting down while the database is away.
        ends = await read().catch(() => ends)
        readAt = now
      }
      this.reset()
      for (const { issuer, list, nextUpdate } of ends) this.set({ issuer, list }, (nextUpdate.getTime() - now) / 1000)
    },
  })
}
