import { runNode } from '../lib/run.mjs'

export const title = 'lint and format (Biome)'

/**
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const args = [
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--error-on-warnings',
    '--colors=off',
    '--max-diagnostics=20',
    '.',
  ]
  const { code, output } = await runNode(args, { cwd: root, quiet: true })
  return code === 0 ? [] : [output.trim(), 'npm run format repairs most of this']
}
