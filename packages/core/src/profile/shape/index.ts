export { duration, flag, moment, oid, oneOf, text, webUrl, whole } from './primitives.js'
export { described, type InferShape, inside, type JsonSchema, type ReportFault, type Shape, shapeOf } from './shape.js'
export { list, object, record, variants } from './structures.js'
