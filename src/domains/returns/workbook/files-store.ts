/** SQL of the workbooks that came in. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { ReturnFileView, WorkbookProblem } from "../contract.ts";
import type { StoredReturn } from "../filing/store.ts";

export type StoredFile = ReturnFileView & {
  rows: number;
  problemList: WorkbookProblem[];
};

const columns = sql`id, version, name, sha256, octet_length(content) AS bytes, is_entered AS "isEntered",
  problem_count AS problems, recorded_by_title AS by, recorded_at AS at, rows, problems AS "problemList"`;

type Of = Pick<StoredReturn, "county" | "id">;

export async function listFiles(tx: Tx, { county, id }: Of): Promise<ReturnFileView[]> {
  const { rows } = await tx.query<StoredFile>(sql`
    SELECT ${columns} FROM returns.files WHERE county = ${county} AND return = ${id} ORDER BY id DESC LIMIT 50`);
  return rows.map(toFileView);
}

export function toFileView(file: StoredFile): ReturnFileView {
  const { id, version, name, sha256, bytes, isEntered, problems, by, at } = file;
  return { id, version, name, sha256, bytes, isEntered, problems, by, at };
}

/** The same content, read for the same version before. */
export async function findSameFile(
  tx: Tx,
  { county, id }: Of,
  version: number,
  sha256: string,
): Promise<StoredFile | undefined> {
  const { rows } = await tx.query<StoredFile>(sql`
    SELECT ${columns} FROM returns.files
    WHERE county = ${county} AND return = ${id} AND version = ${version} AND sha256 = ${sha256}`);
  return rows[0];
}

export type NewFile = {
  version: number;
  name: string;
  sha256: string;
  content: Buffer;
  sheet: string;
  places: Readonly<Record<string, string>>;
  isEntered: boolean;
  rows: number;
  problems: readonly WorkbookProblem[];
  problemCount: number;
};

export async function insertFile(tx: Tx, one: StoredReturn, file: NewFile): Promise<StoredFile> {
  const { rows } = await tx.query<StoredFile>(sql`
    INSERT INTO returns.files (county, region, unit, return, version, name, sha256, content, sheet, places, is_entered, rows,
      problems, problem_count, recorded_by, recorded_by_title)
    VALUES (${one.county}, ${one.region}, ${one.unit}, ${one.id}, ${file.version}, ${file.name}, ${file.sha256}, ${file.content},
      ${file.sheet}, ${JSON.stringify(file.places)}, ${file.isEntered}, ${file.rows}, ${JSON.stringify(file.problems)}, ${file.problemCount},
      ${tx.actor.post ?? 0}, ${tx.actor.postTitle ?? ""})
    RETURNING ${columns}`);
  return rows[0] as StoredFile;
}

export type FileContent = { name: string; content: Buffer; problems: WorkbookProblem[] };

export async function findContent(
  tx: Tx,
  { county, id }: Of,
  file: number,
): Promise<FileContent | undefined> {
  const { rows } = await tx.query<FileContent>(sql`
    SELECT name, content, problems FROM returns.files WHERE county = ${county} AND return = ${id} AND id = ${file}`);
  return rows[0];
}
