/**
 * Who may import whom. An arrow that is not here is an error, and so is a room that is not here: a new room is one line.
 * `errors` (core/errors) may be imported from everywhere and is not repeated.
 */

/** Rooms of core, each with the rooms it may import. The order is the order of the house, lowest first. */
export const coreRooms = /** @type {const} */ ({
  asn1: [],
  // A Name is part of a GeneralName, and a GeneralName of an extension: two rooms, but never a circle of files.
  pkix: ['asn1', 'x509'],
  x509: ['asn1', 'pkix'],
  ports: ['algorithms'],
  algorithms: ['asn1', 'x509', 'pkix', 'ports'],
  cms: ['asn1', 'x509', 'pkix', 'algorithms', 'ports'],
  webcrypto: ['asn1', 'x509', 'pkix', 'algorithms', 'ports'],
  path: ['asn1', 'x509', 'pkix', 'algorithms', 'ports'],
  http: ['asn1'],
  storage: ['asn1', 'ports'],
  audit: ['asn1', 'algorithms', 'ports', 'storage'],
  caa: ['asn1', 'pkix', 'ports', 'x509'],
  ct: ['asn1', 'x509', 'algorithms', 'ports', 'http'],
  lint: ['asn1', 'x509', 'pkix', 'algorithms', 'ports'],
  // A profile names the rules it waives, and a name that does not exist is a fault of the profile.
  profile: ['asn1', 'x509', 'pkix', 'algorithms', 'ports', 'lint'],
  ca: ['asn1', 'x509', 'pkix', 'cms', 'algorithms', 'path', 'ports', 'storage', 'profile', 'lint', 'caa', 'ct'],
  enrollment: ['asn1', 'x509', 'pkix', 'cms', 'algorithms', 'path', 'ports', 'storage', 'profile', 'ca', 'caa', 'ct'],
  defaults: ['asn1', 'x509', 'pkix', 'cms', 'algorithms', 'ports', 'storage'],
  interop: ['asn1', 'x509', 'pkix', 'algorithms', 'cms'],
})

/** Of core only its index.ts, where a user's defaults are filled in, may import this room. */
export const compositionOnly = 'defaults'

/** Only who imports its subpaths has the libraries that this room of core converts to: nothing else may import it. */
export const importedByNobody = 'interop'

/** What of core may import `node:*`. */
export const nodeFolders = ['defaults/', 'interop/node/']

/** The libraries that a user may do without, and the only folder of core that imports each. */
export const optionalPeers = /** @type {const} */ ({
  pkijs: 'interop/pkijs/',
  '@peculiar/x509': 'interop/peculiar/',
})

const structures = ['asn1', 'x509', 'cms', 'pkix']

/**
 * Rooms of a protocol package: the rooms beside it and the rooms of core that it may import. `index` may import all.
 * @type {Readonly<Record<string, { rooms: readonly string[], core: readonly string[] }>>}
 */
export const protocolRooms = {
  messages: { rooms: ['errors'], core: structures },
  service: {
    rooms: ['messages', 'store', 'errors'],
    core: [...structures, 'algorithms', 'path', 'profile', 'ca', 'enrollment', 'ports', 'storage'],
  },
  routes: { rooms: ['errors'], core: [] },
  handler: { rooms: ['service', 'messages', 'routes', 'errors'], core: ['http', 'enrollment', 'ports'] },
  exchange: { rooms: ['messages', 'routes', 'errors'], core: [...structures, 'http'] },
  client: { rooms: ['exchange', 'messages', 'routes', 'errors'], core: [...structures, 'http', 'ports'] },
  store: { rooms: ['errors'], core: [...structures, 'ports', 'storage'] },
  errors: { rooms: [], core: ['http', 'enrollment'] },
  // create-est.ts and its like: where a user's defaults are filled in
  create: { rooms: ['handler', 'service', 'store', 'errors'], core: ['defaults', 'enrollment', 'ports'] },
}

/** Packages that are protocols; every other package is an adapter, which imports core and no sibling either. */
export const protocols = ['est', 'cmp', 'scep', 'acme', 'ocsp', 'tsp']

/** Packages that bind to Node: what they are for. All others run wherever there is JavaScript. */
export const nodePackages = ['node', 'store-sql', 'hsm-pkcs11', 'testkit']
