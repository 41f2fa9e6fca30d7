/**
 * A fenced block of code.
 * @typedef {object} CodeBlock
 * @property {string} document path of the file
 * @property {number} line where its first line of code is, from 1
 * @property {string} language first word of the info string
 * @property {boolean} run whether the info string says `run`
 * @property {string} code
 */

/**
 * The fenced blocks of a Markdown file, in order.
 * @param {string} document
 * @param {string} text
 * @returns {CodeBlock[]}
 */
export function codeBlocks(document, text) {
  /** @type {CodeBlock[]} */
  const blocks = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = '', fence, info = ''] = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(lines[at] ?? '') ?? []
    if (fence === undefined) continue
    const first = at + 1
    at = lines.findIndex((line, index) => index >= first && line.trim() === fence)
    if (at === -1) at = lines.length
    const [language = '', ...words] = info.trim().split(/\s+/)
    const code = lines.slice(first, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    blocks.push({ document, line: first + 1, language, run: words.includes('run'), code: code.join('\n') })
  }
  return blocks
}
