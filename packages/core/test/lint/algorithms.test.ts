import { algorithmRows } from './algorithms-rows.js'
import { certificateRuleIds } from './ids.js'
import { testRules } from './rules.js'

testRules('algorithms', algorithmRows, certificateRuleIds.algorithms)
