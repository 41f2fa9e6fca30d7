import { runNode } from '../lib/run.mjs'

export const title = 'types of packages, tests, benchmarks and scripts'

const tsc = 'node_modules/typescript/bin/tsc'

/** In this order: tests and benchmarks are checked against the declarations that the first one writes. */
const projects = [['-b'], ['-p', 'tsconfig.tests.json'], ['-p', 'tsconfig.scripts.json']]

/**
 * @param {{ root: string }} context
 * @returns {Promise<string[]>}
 */
export async function check({ root }) {
  const violations = []
  for (const project of projects) {
    const { code, output } = await runNode([tsc, ...project, '--pretty', 'false'], { cwd: root, quiet: true })
    if (code !== 0) violations.push(output.trim())
  }
  return violations
}
