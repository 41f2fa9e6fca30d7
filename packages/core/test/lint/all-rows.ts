import { algorithmRows } from './algorithms-rows.js'
import { codeSigningRows } from './cabf-code-signing-rows.js'
import { smimeRows } from './cabf-smime-rows.js'
import { tlsRows } from './cabf-tls-rows.js'
import { nameRows } from './names-rows.js'
import { practiceRows } from './practice-rows.js'
import { protocolRows } from './protocols-rows.js'
import { rfc5280Rows } from './rfc5280-rows.js'
import type { Row } from './rules.js'

/** Every row of every set. */
export const allRows: readonly Row[] = [
  ...rfc5280Rows,
  ...nameRows,
  ...algorithmRows,
  ...protocolRows,
  ...practiceRows,
  ...tlsRows,
  ...smimeRows,
  ...codeSigningRows,
]
