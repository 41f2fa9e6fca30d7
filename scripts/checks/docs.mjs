import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode } from '../lib/run.mjs'

export const title = 'every export is documented (TypeDoc)'

/**
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const out = mkdtempSync(join(tmpdir(), 'certwright-docs-'))
  try {
    const args = ['node_modules/typedoc/bin/typedoc', '--treatWarningsAsErrors', '--pretty', 'false', '--out', out]
    const { code, output } = await runNode(args, { cwd: root, env: { NO_COLOR: '1' }, quiet: true })
    return code === 0 ? [] : [output.trim()]
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
