import type { AuditSink } from '@certwright/core'
import { Counter, collectDefaultMetrics, Registry } from 'prom-client'

/** Counters of the platform. */
export interface Metrics {
  /** Told of every HTTP answer. */
  observe(service: string, status: number): void
  /** The same sink, counting the events that it takes. */
  counting(sink: AuditSink): AuditSink
  text(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Prometheus metrics: HTTP answers, audit events by type, and those of the Node.js process. */
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
    text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  } satisfies Metrics)
}
