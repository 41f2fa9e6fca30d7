/** The operations that are served (RFC 7030 section 3.2.2) and the methods of each. */
export const operations = {
  cacerts: ['GET', 'HEAD'],
  simpleenroll: ['POST'],
  simplereenroll: ['POST'],
} as const

/** The name of an operation that is served. */
export type Operation = keyof typeof operations

/** Where a request goes. */
export interface Route {
  /** Decoded path segments between `/.well-known/est/` and the operation, joined by `/`; `''` when there are none. */
  readonly label: string
  /** The last segment, decoded. */
  readonly operation: string
}

const prefix = '/.well-known/est/'
const maxSegments = 16
/** Decoded segments with these could be mistaken for two segments, or forge a line of a log. */
const unsafe = /[/\\\p{Cc}]/u

/**
 * Reads the path of an EST URL. RFC 7030 allows one label; device management services use several.
 *
 * @returns `undefined` when the path is not one of EST, or its percent-encoding is broken or ambiguous.
 */
export function parseRoute(pathname: string): Route | undefined {
  if (!pathname.startsWith(prefix)) return undefined
  const segments = pathname.slice(prefix.length).split('/').map(decodeSegment)
  if (segments.length > maxSegments || segments.includes(undefined)) return undefined
  const [operation = '', ...labels] = segments.reverse()
  return { label: labels.reverse().join('/'), operation }
}

/** Whether a path segment names an operation that is served. */
export const isOperation = (name: string): name is Operation => Object.hasOwn(operations, name)

function decodeSegment(segment: string): string | undefined {
  if (segment === '') return undefined
  try {
    const decoded = decodeURIComponent(segment)
    return unsafe.test(decoded) ? undefined : decoded
  } catch {
    return undefined
  }
}
