import type { ReportFault } from '../shape/index.js'

/**
 * A pattern for whole values. Constructs whose matching can take exponential time are refused, as values come from
 * requesters: repetition of what repeats, and references back.
 */
export function compilePattern(source: string, path: string, fault: ReportFault): RegExp | undefined {
  if (/\\[1-9]|\\k</.test(source)) {
    fault(path, 'must not refer back to groups: matching could take forever')
    return undefined
  }
  if (hasNestedRepetition(source)) {
    fault(path, 'must not repeat a group that repeats or chooses inside: matching could take forever')
    return undefined
  }
  try {
    new RegExp(source, 'u') // by itself, so that it cannot close the group around it
    return new RegExp(`^(?:${source})$`, 'u')
  } catch {
    fault(path, 'is not a regular expression')
    return undefined
  }
}

/** Whether a group that holds `*`, `+`, `{` or `|` is itself repeated. */
function hasNestedRepetition(source: string): boolean {
  const plain = source.replaceAll(/\\./gs, 'x').replaceAll(/\[[^\]]*\]/g, 'x')
  const open: boolean[] = []
  for (let at = 0; at < plain.length; at++) {
    const character = plain.charAt(at)
    if (character === '(') open.push(false)
    else if (character === ')') {
      const repeats = open.pop() ?? false
      if (repeats && /[*+{]/.test(plain.charAt(at + 1))) return true
      if (repeats && open.length > 0) open[open.length - 1] = true
    } else if (/[*+{|]/.test(character) && open.length > 0) open[open.length - 1] = true
  }
  return false
}
