import { certificateRuleIds } from './ids.js'
import { nameRows } from './names-rows.js'
import { testRules } from './rules.js'

testRules('names', nameRows, certificateRuleIds.names)
