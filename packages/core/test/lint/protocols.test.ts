import { certificateRuleIds } from './ids.js'
import { protocolRows } from './protocols-rows.js'
import { testRules } from './rules.js'

testRules('protocols', protocolRows, certificateRuleIds.protocols)
