import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foreign } from './foreign.js'

/** How grave a linter takes a finding to be. */
export type ForeignLevel = 'error' | 'warning' | 'notice'

/** What a linter finds in one certificate. */
export interface ForeignFinding {
  /** The linter's own name for it. */
  readonly id: string
  readonly level: ForeignLevel
  readonly detail: string
}

/** The linters of pkilint. */
export type PkilintCommand = 'lint_pkix_cert' | 'lint_cabf_serverauth_cert' | 'lint_cabf_smime_cert' | 'lint_crl'

/** zlint, https://github.com/zmap/zlint. `.ci/run` pins the version. */
export const zlintProgram = foreign('zlint', {
  install: 'go install github.com/zmap/zlint/v3/cmd/zlint@v3.6.8 (.ci/run does it)',
})

/** A Python that has pkilint, https://github.com/digicert/pkilint. `.ci/run` pins the version. */
export const pkilintProgram = foreign('pkilint-python', {
  install: 'pip install pkilint==0.13.3, and a pkilint-python that runs its interpreter (.ci/run does it)',
})

const timeout = 300_000

/** What cannot even be read. */
const unreadable = (detail: string): readonly ForeignFinding[] => [{ id: 'unreadable', level: 'error', detail }]

/** Sets of zlint's rules that only certificates of public CAs have to keep. */
const publicSources = 'CABF_BR,CABF_CS_BR,CABF_EV,CABF_SMIME_BR,Apple,Mozilla'

/**
 * Runs zlint over certificates (or CRLs), all in one process.
 *
 * @param documents DER
 * @param options `publicTrust: false` leaves out the rules for public CAs, which zlint otherwise applies to all
 * @returns the findings of each, in the order given
 */
export const zlint = (
  documents: readonly Uint8Array[],
  { publicTrust = true }: { readonly publicTrust?: boolean } = {},
): Promise<readonly (readonly ForeignFinding[])[]> =>
  inFiles(documents, async (files) => {
    const findings: (readonly ForeignFinding[])[] = []
    // It gives up at the first file it cannot read, having printed a line for each before: go on after that one.
    while (findings.length < files.length) {
      const rest = files.slice(findings.length)
      const args = ['-format', 'der', ...(publicTrust ? [] : ['-excludeSources', publicSources]), ...rest]
      const { code, text, stderr } = await zlintProgram.run(args, { anyExit: true, timeout })
      const lines = text.split('\n').filter((line) => line !== '')
      findings.push(...lines.map(zlintFindings))
      if (code === 0 && lines.length !== rest.length)
        throw new Error(`zlint printed ${lines.length} results\n${stderr}`)
      if (code !== 0) findings.push(unreadable(stderr.trim()))
    }
    return findings
  })

const zlintLevels: ReadonlyMap<string, ForeignLevel> = new Map([
  ['info', 'notice'],
  ['warn', 'warning'],
  ['error', 'error'],
  ['fatal', 'error'],
])

function zlintFindings(line: string): readonly ForeignFinding[] {
  const results: Readonly<Record<string, { readonly result: string; readonly details?: string }>> = JSON.parse(line)
  return Object.entries(results).flatMap(([id, { result, details = '' }]) => {
    const level = zlintLevels.get(result)
    return level === undefined ? [] : [{ id, level, detail: details }]
  })
}

/** Calls a linter's own main function for every file: the start of Python costs more than the work. */
const driver = `
import contextlib, importlib, io, json, sys
module = importlib.import_module('pkilint.bin.' + sys.argv[1])
for path in sys.argv[3:]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            module.main(['lint', *json.loads(sys.argv[2]), '-f', 'JSON', '--document-format', 'DER', path])
        except SystemExit:
            pass
    print(json.dumps({'out': out.getvalue(), 'err': err.getvalue()}))
`

/**
 * Runs a linter of pkilint over certificates, all in one process.
 *
 * @param documents DER
 * @param options further arguments, such as `['--detect']` for the requirements of the CA/Browser Forum
 * @returns the findings of each, in the order given
 */
export const pkilint = (
  documents: readonly Uint8Array[],
  command: PkilintCommand,
  options: readonly string[] = [],
): Promise<readonly (readonly ForeignFinding[])[]> =>
  inFiles(documents, async (files) => {
    const args = ['-c', driver, command, JSON.stringify(options), ...files]
    const { text } = await pkilintProgram.run(args, { timeout })
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => pkilintFindings(JSON.parse(line)))
  })

const pkilintLevels: ReadonlyMap<string, ForeignLevel> = new Map([
  ['NOTICE', 'notice'],
  ['WARNING', 'warning'],
  ['ERROR', 'error'],
  ['FATAL', 'error'],
])

interface PkilintReport {
  readonly results: readonly {
    readonly node_path: string
    readonly finding_descriptions: readonly {
      readonly severity: string
      readonly code: string
      readonly message: string | null
    }[]
  }[]
}

function pkilintFindings({ out, err }: { readonly out: string; readonly err: string }): readonly ForeignFinding[] {
  if (!out.startsWith('{')) return unreadable((err + out).trim())
  const report: PkilintReport = JSON.parse(out)
  return report.results.flatMap(({ node_path: path, finding_descriptions: descriptions }) =>
    descriptions.flatMap(({ severity, code, message }) => {
      const level = pkilintLevels.get(severity)
      return level === undefined ? [] : [{ id: code, level, detail: `${path}: ${message ?? ''}` }]
    }),
  )
}

async function inFiles<T>(
  documents: readonly Uint8Array[],
  work: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'certwright-lint-'))
  try {
    const files = documents.map((_, index) => join(dir, `${index}.der`))
    await Promise.all(documents.map((der, index) => writeFile(files[index] ?? '', der)))
    return await work(files)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
