// Parsed by whatever version of Node there is: nothing newer than ES modules here, and no further imports.
import process from 'node:process'

/** Ends the process with a clear message when this Node is too old to run anything else of ours. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Certwright needs Node.js 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`)
  process.exit(1)
}
