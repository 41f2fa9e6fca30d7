/** The part of a `pg` Pool that we call. */
export interface PostgresPool {
  query(query: PostgresQuery): Promise<PostgresResult>
  connect(): Promise<PostgresClient>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'acquire', listener: (client: PostgresClient) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'acquire', listener: (client: PostgresClient) => void): unknown
}

/** The part of a `pg` pool's client that we call. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult>
  /** Gives the connection back; `true` closes it. */
  release(destroy?: boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface PostgresQuery {
  readonly text: string
  readonly values?: unknown[]
  /** With a name the statement is prepared once for each connection. */
  readonly name?: string
}

export interface PostgresResult {
  readonly rows: unknown[]
}
