/**
 * `npm start`: reads the options, starts the platform, stops it on Ctrl-C or SIGTERM.
 *
 * @module
 */
import process from 'node:process'
import { CertwrightError } from '@certwright/core'
import { banner } from './banner.js'
import { runTask } from './inventory-task.js'
import { createLogger } from './log.js'
import { OptionError, readOptions, usage } from './options.js'
import { type Platform, startPlatform } from './platform.js'

const cwd = process.env['INIT_CWD'] ?? process.cwd()

async function main(): Promise<void> {
  const options = await readOptions(process.argv.slice(2), cwd)
  if (options === undefined) {
    process.stdout.write(usage)
    return
  }
  const logger = createLogger(process.env['LOG_LEVEL'] ?? 'info')
  if (options.task !== undefined) {
    await runTask(options, options.task, logger)
    return
  }
  const platform = await startPlatform(options, { logger, env: process.env })
  stopOnSignal(platform)
  process.stdout.write(banner(platform, cwd))
}

/** The first signal stops after what is running; a second one stops at once. */
function stopOnSignal(platform: Platform): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    platform.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** One line for what the operator can mend; the whole error for what only we can. */
function fail(error: unknown): void {
  const expected = error instanceof OptionError || error instanceof CertwrightError || isSystemError(error)
  process.stderr.write(
    `certwright: ${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  process.exit(1)
}

/** Port in use, no permission, disk full: the system's own words are the best there are. */
const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error

main().catch(fail)
