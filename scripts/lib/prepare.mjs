import { join } from 'node:path'
import { isBuilt, sourcesOf } from './build-stamp.mjs'
import { install, isInstalled } from './install.mjs'
import { root } from './root.mjs'
import { runNode } from './run.mjs'
import { SetupError } from './setup-error.mjs'
import { withLock } from './setup-lock.mjs'
import { readWorkspaces } from './workspaces.mjs'

/**
 * Makes a checkout ready: installs and builds what is missing or older than its sources, and says so. When nothing is to
 * be done this takes a few tens of milliseconds and needs no network.
 * @param {{ types: boolean }} options `types`: build the declarations as well, which checks all types
 * @throws {SetupError} when it cannot be made ready
 */
export async function prepare({ types }) {
  if (!types && isInstalled() && isAllBuilt()) return
  await withLock(join(root, '.cache', 'setup.lock'), waiting, async () => {
    if (!isInstalled()) {
      console.log('Installing dependencies (npm ci); the first time takes a minute or two')
      await install()
    }
    if (types || !isAllBuilt()) await build(types)
  })
}

function isAllBuilt() {
  return readWorkspaces().every((workspace) => isBuilt(workspace, sourcesOf(workspace)))
}

/** @param {boolean} types */
async function build(types) {
  console.log('Building what is missing or older than its sources')
  const { code } = await runNode(['scripts/build.mjs', '--if-needed', ...(types ? [] : ['--js'])])
  if (code !== 0) throw new SetupError('The build failed; its message is above.')
}

/** @param {string} holder */
function waiting(holder) {
  const [pid, host] = holder.split(' ')
  console.log(`Waiting for process ${pid} on ${host}, which installs or builds here (lock file .cache/setup.lock)`)
}
