import type { AuditSink, Logger } from '@certwright/core'
import { destination, pino } from 'pino'

/** JSON lines on standard error: standard output belongs to the operator. */
export function createLogger(level: string): Logger {
  const log = pino({ level, base: null, serializers: { error: describeError } }, destination(2))
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  }
}

/** Audit events go to the log as well, where an operator sees them pass. The store's copy is the one that counts. */
export const logging = (sink: AuditSink, logger: Logger): AuditSink => ({
  async record(event) {
    await sink.record(event)
    const { type, actor, address, requestId, details } = event
    logger.info('audit', { type, actor, address, requestId, ...details })
  },
})

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}
