import type { Definitions } from './bindings/Definitions'
import { useCall } from './useCall'

const noArgs = {}
const nothing: Definitions = {
  branches: [],
  staff: [],
  tags: [],
  fields: [],
  views: [],
  sources: [],
  levels: [],
  schools: [],
}

/** Branches, staff, tags, fields and views; empty lists until the core has answered. */
export function useDefinitions(): Definitions {
  return useCall('definition.list', noArgs).data ?? nothing
}
