import { certificateRuleIds } from './ids.js'
import { practiceRows } from './practice-rows.js'
import { testRules } from './rules.js'

testRules('practice', practiceRows, certificateRuleIds.practice)
