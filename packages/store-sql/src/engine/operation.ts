/** SQL with positional parameters, and in its type the rows it gives. */
export interface Query<Row = unknown> {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** The text is one of few: worth a prepared statement. */
  readonly prepare?: boolean
  /** Only a type: never set. */
  readonly row?: Row
}

/**
 * Queries that belong together, written once for drivers that answer at once (SQLite) and drivers that answer later
 * (PostgreSQL): it yields a query and is resumed with its rows.
 */
export type Operation<T> = Generator<Query, T, readonly unknown[]>

/** Inside an operation: runs one query. */
export function* rows<Row>(query: Query<Row>): Operation<readonly Row[]> {
  return (yield query) as readonly Row[]
}

/** Runs an operation over a driver that answers at once. */
export function runSync<T>(operation: Operation<T>, execute: (query: Query) => readonly unknown[]): T {
  let step = operation.next()
  while (!step.done) step = operation.next(execute(step.value))
  return step.value
}

/** Runs an operation over a driver that answers later. */
export async function runAsync<T>(
  operation: Operation<T>,
  execute: (query: Query) => Promise<readonly unknown[]>,
): Promise<T> {
  let step = operation.next()
  while (!step.done) step = operation.next(await execute(step.value))
  return step.value
}
