/** Where operational messages go. Fields never hold secrets; a logger must never throw. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** Structured values beside a log message. */
export type LogFields = Readonly<Record<string, unknown>>
