import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** db/migrations: 000001_roles.sql, 000002_… without gap or repeat, and no file that the migrator would overlook. */
export async function check({ root }) {
  const names = readdirSync(join(root, "db/migrations")).toSorted();
  const findings = names.length === 0 ? ["no migration found"] : [];
  for (const [index, name] of names.entries()) {
    const match = /^(\d{6})_[a-z0-9_]+\.sql$/.exec(name);
    const expected = String(index + 1).padStart(6, "0");
    if (match === null) findings.push(`${name}: not NNNNNN_words_like_this.sql`);
    else if (match[1] !== expected) findings.push(`${name}: number ${expected} expected here`);
    if (readFileSync(join(root, "db/migrations", name), "utf8").trim() === "")
      findings.push(`${name}: empty`);
  }
  return { claims: [{ claim: `${names.length} migrations numbered without gaps`, findings }] };
}
