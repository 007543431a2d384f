/**
 * Texts that PostgreSQL cannot hold: with a NUL in them, or half of a character. Refused at the edge and by name, since
 * the database would only say so in the middle of a transaction.
 */
import type { FastifyRequest } from "fastify";
import { INVALID_REQUEST } from "../problem.ts";
import type { PlaceProblem } from "../problem.ts";

/** @throws INVALID_REQUEST naming each such text by its place: `body.rows.3.measure` */
export async function requireStorableText(request: FastifyRequest): Promise<void> {
  const places: PlaceProblem[] = [];
  const sent = { params: request.params, querystring: request.query, body: request.body };
  for (const [name, value] of Object.entries(sent)) collect(value, name, places);
  if (places.length > 0) throw INVALID_REQUEST({ places });
}

const MOST_PLACES = 50;
const UNSTORABLE = /\0|\p{Cs}/u;

function collect(value: unknown, field: string, places: PlaceProblem[]): void {
  if (typeof value === "string") {
    if (isStorable(value) || places.length >= MOST_PLACES) return;
    places.push({
      code: "BAD_TEXT",
      field,
      zh: "含有无法保存的字符（NUL 或残缺的字符），请删去",
      en: "Contains a character that cannot be kept (NUL or half of one); remove it",
    });
  } else if (value !== null && typeof value === "object" && !Buffer.isBuffer(value)) {
    for (const key of Object.keys(value)) {
      const name = isStorable(key) ? key : "?";
      if (name === "?") collect(key, `${field}.${name}`, places);
      collect((value as Record<string, unknown>)[key], `${field}.${name}`, places);
    }
  }
}

function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}
