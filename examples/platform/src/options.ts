import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How the platform runs. */
export interface PlatformOptions {
  /** Folder of everything that is kept: database, keys, trust anchor, demo secrets. Absolute. */
  readonly data: string
  /** Name or address under which clients reach the platform; it stands in URLs and in the server certificate. */
  readonly host: string
  /** Port of plain HTTP (CRLs, CA certificates, health), 0 to 65535; 0 takes a free one. */
  readonly http: number
  /** Port of HTTPS (EST), 0 to 65535; 0 takes a free one. */
  readonly https: number
  /** `postgres://...`; SQLite in `data` when absent. */
  readonly database?: string
  /** Folder into which CRLs are published; none when absent: they are served over HTTP all the same. Absolute. */
  readonly crlDir?: string
  /** Name of this node in the audit trail, which no other running platform has; one that is kept in `data` when absent. */
  readonly node?: string
  /** PEM file with the public keys of audit checkpoints; that in `data` when absent. Absolute. */
  readonly auditKey?: string
  /** File with lines of earlier audit exports that must still be there. Absolute. */
  readonly auditHeld?: string
  /** Something to be done with the database in place of serving. */
  readonly task?: InventoryTask
}

/** What `--export`, `--import`, `--backup` and the two of the audit trail ask for; `file` is absolute. */
export interface InventoryTask {
  readonly kind: (typeof tasks)[number]
  readonly file: string
}

/** An option that cannot be used; the text says how to mend it. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

/** What `--help` prints. */
export const usage = `npm start -- [options]

  --data DIR        where everything is kept (default ./pki-data)
  --host HOST       name or address that clients use (default localhost)
  --http PORT       CRLs, CA certificates, health, metrics (default 8080)
  --https PORT      EST (default 8443)
  --database URL    postgres://user:password@host/database instead of SQLite
  --node ID         name of this node in the audit trail (default: one kept in the data folder)
  --crl-dir DIR     write CRLs as DIR/demo/issuing/crl.crl and so on, for a web server to hand out
  --config FILE     JSON file with the same names; options on the command line win
  --export FILE     write all certificates as JSON lines instead of serving
  --import FILE     read them into this database instead of serving
  --backup FILE     copy the SQLite database, also while a platform uses it
  --export-audit FILE   write the audit trail as JSON lines instead of serving
  --verify-audit FILE   verify such a file instead of serving
  --audit-key FILE      with the keys of this PEM file (default audit-key.pem in the data folder)
  --audit-held FILE     and with these lines of earlier exports, which must still be in it
  --help            this text
`

const names = ['data', 'host', 'http', 'https', 'database', 'node', 'crl-dir'] as const
const tasks = ['export', 'import', 'backup', 'export-audit', 'verify-audit'] as const
type Given = Partial<Record<(typeof names)[number], string>>

/**
 * Reads the command line and the config file.
 *
 * @param cwd folder against which relative paths are resolved
 * @returns `undefined` when help was asked for
 * @throws OptionError for anything unknown or out of range.
 */
export async function readOptions(args: readonly string[], cwd: string): Promise<PlatformOptions | undefined> {
  const { config, help, tasks: asked, files, ...given } = parseCommandLine(args)
  if (help) return undefined
  const task = taskOf(asked, cwd)
  const file = config === undefined ? {} : await readConfig(resolve(cwd, config))
  const {
    data = './pki-data',
    host = 'localhost',
    http = '8080',
    https = '8443',
    database,
    node,
    'crl-dir': crlDir,
  } = { ...file, ...given }
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    throw new OptionError('--database must be a URL that starts with postgres://')
  }
  if (crlDir === '') throw new OptionError('--crl-dir needs the name of a folder')
  return {
    data: resolve(cwd, data),
    host: checkHost(host),
    http: checkPort('http', http),
    https: checkPort('https', https),
    ...(database === undefined ? {} : { database }),
    ...(node === undefined ? {} : { node }),
    ...(crlDir === undefined ? {} : { crlDir: resolve(cwd, crlDir) }),
    ...(files.auditKey === undefined ? {} : { auditKey: resolve(cwd, files.auditKey) }),
    ...(files.auditHeld === undefined ? {} : { auditHeld: resolve(cwd, files.auditHeld) }),
    ...(task === undefined ? {} : { task }),
  }
}

type Asked = Readonly<Partial<Record<InventoryTask['kind'], string | undefined>>>

function taskOf(asked: Asked, cwd: string): InventoryTask | undefined {
  const given = tasks.flatMap((kind) => {
    const file = asked[kind]
    return file === undefined ? [] : [{ kind, file: resolve(cwd, file) }]
  })
  if (given.length > 1) throw new OptionError(`only one of ${tasks.map((kind) => `--${kind}`).join(', ')} can be given`)
  return given[0]
}

interface CommandLine extends Given {
  readonly config?: string | undefined
  readonly help: boolean
  readonly tasks: Asked
  readonly files: { readonly auditKey: string | undefined; readonly auditHeld: string | undefined }
}

function parseCommandLine(args: readonly string[]): CommandLine {
  const string = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: string,
        host: string,
        http: string,
        https: string,
        database: string,
        node: string,
        'crl-dir': string,
        config: string,
        export: string,
        import: string,
        backup: string,
        'export-audit': string,
        'verify-audit': string,
        'audit-key': string,
        'audit-held': string,
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { config, help, data, host, http, https, database, node, ...rest } = values
    const settings = { data, host, http, https, database, node, 'crl-dir': rest['crl-dir'] }
    const given = Object.entries(settings).filter(([, value]) => value !== undefined)
    const files = { auditKey: rest['audit-key'], auditHeld: rest['audit-held'] }
    return { ...(Object.fromEntries(given) as Given), config, help: help === true, tasks: rest, files }
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : 'the command line cannot be read')
  }
}

async function readConfig(path: string): Promise<Given> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new OptionError(
      `the config file ${path} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`,
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(`the config file ${path} must hold a JSON object`)
  }
  const unknown = Object.keys(value).filter((key) => !names.some((name) => name === key))
  if (unknown.length > 0) throw new OptionError(`the config file ${path} has unknown names: ${unknown.join(', ')}`)
  const wrong = Object.entries(value).find(([, item]) => typeof item !== 'string' && typeof item !== 'number')
  if (wrong !== undefined) throw new OptionError(`the config file ${path} must give "${wrong[0]}" as text or a number`)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]))
}

function checkHost(host: string): string {
  if (isIP(host) !== 0 || /^(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$/.test(host)) return host
  throw new OptionError('--host must be a host name or an IP address')
}

function checkPort(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65535) return port
  throw new OptionError(`--${name} must be a port number from 0 to 65535`)
}
