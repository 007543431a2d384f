/** Pieces of SQL that say once how the registry is read: what happened last, and where somebody belongs. */
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";

/**
 * Kind of the action that the status of a person follows from: his own removal, until he himself is taken back, whatever
 * becomes of the household meanwhile; else the last action on him or the whole household. Amendments aside.
 */
export const lastActionOf = (county: Sql, household: Sql, person: Sql): Sql =>
  sql`coalesce((SELECT own.kind FROM (SELECT a.kind FROM relief.registry_actions a WHERE a.county = ${county}
      AND a.household = ${household} AND a.person = ${person} AND a.kind <> 'amend' ORDER BY a.id DESC LIMIT 1) own
    WHERE own.kind = 'remove'),
    (SELECT a.kind FROM relief.registry_actions a WHERE a.county = ${county} AND a.household = ${household}
      AND (a.person IS NULL OR a.person = ${person}) AND a.kind <> 'amend' ORDER BY a.id DESC LIMIT 1))`;

/** The membership that a person has, or had last: each half has an index of its own. */
export const membershipOf = (county: Sql, person: Sql): Sql => sql`(SELECT household, relation FROM (
    (SELECT c.household, c.relation, 0 AS place FROM relief.memberships c
      WHERE c.county = ${county} AND c.person = ${person} AND c.to_day IS NULL)
    UNION ALL
    (SELECT e.household, e.relation, 1 FROM relief.memberships e
      WHERE e.county = ${county} AND e.person = ${person} AND e.to_day IS NOT NULL ORDER BY e.id DESC LIMIT 1)) either
  ORDER BY place LIMIT 1)`;

/** The same of a household as a whole. */
export const lastHouseholdActionOf = (county: Sql, household: Sql): Sql =>
  sql`(SELECT a.kind FROM relief.registry_actions a WHERE a.county = ${county} AND a.household = ${household}
    AND a.person IS NULL AND a.kind <> 'amend' ORDER BY a.id DESC LIMIT 1)`;
