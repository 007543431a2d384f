/**
 * Messages out of the house, by e-mail and to the chat group.
 *
 * A message is claimed (a row of deliveries), sent, and marked before the next one goes. Whoever dies between claim and mark
 * leaves it claimed, and after ten minutes it is sent again under the same id: at least once, and at most one mail twice
 * for each time that program or database died, where the id lets the reader's mail program put the two together. A chat
 * group is told in one message for all. What is refused is tried again ever more seldom, over five hours, and then is left
 * as not delivered, for somebody to look at (undelivered.ts).
 */
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import { withActor } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { sql } from "../../../platform/db/sql.ts";
import { postToChat } from "../../../platform/outgoing/chat.ts";
import type { Mailer } from "../../../platform/outgoing/mail.ts";
import { groupText, sentenceOf, WORDS } from "./message-words.ts";
import type { OutgoingMessage, Telling } from "./message-words.ts";

export type Outgoing = {
  pools: Pools;
  actor: Actor;
  now: () => Date;
  mailer: Mailer | undefined;
  webhook: URL | undefined;
  /** what the group is told besides numbers; nothing when it is not said */
  telling?: Telling;
  log: (line: string) => void;
};

export type Channel = "email" | "webhook";
type Claimed = OutgoingMessage & { county: number; message: number; address: string };

/** Older ones have lost their occasion: a server that was down for a week does not flood its units. */
const FRESH_DAYS = 3;
/** After the first refusal; twice as long after each that follows. */
const AGAIN_MINUTES = 10;
/** A sender that died is no refusal: a message is not given up because the machine was restarted. */
export const MOST_REFUSALS = 6;
const MOST_IN_A_RUN = 50;

/** Run every minute. @returns messages that went out */
export async function deliverMessages(outgoing: Outgoing): Promise<number> {
  const { mailer, webhook, telling = {} } = outgoing;
  const mailed =
    mailer === undefined ? 0 : await deliver(outgoing, "email", { send: mailTo(mailer), atOnce: 1 });
  const told =
    webhook === undefined
      ? 0
      : await deliver(outgoing, "webhook", { send: tellGroup(webhook, telling), atOnce: MOST_IN_A_RUN });
  return mailed + told;
}

/** Sends what goes in one piece. @throws Error that says why it did not go */
type Send = (piece: readonly Claimed[]) => Promise<void>;

/** Piece after piece: none is claimed before it is its turn, so that a slow server holds up no claim until it runs out. */
async function deliver(
  { pools, actor, now, log }: Outgoing,
  channel: Channel,
  { send, atOnce }: { send: Send; atOnce: number },
): Promise<number> {
  const failures: string[] = [];
  let sent = 0;
  while (sent + failures.length < MOST_IN_A_RUN) {
    const piece = await withActor(pools, actor, (tx) => claim(tx, channel, atOnce, now()));
    if (piece.length === 0) break;
    const why = await attempt(() => send(piece));
    await withActor(pools, actor, (tx) => mark(tx, channel, piece, why));
    if (why === undefined) sent += piece.length;
    else failures.push(...piece.map(() => why));
  }
  if (failures.length > 0) log(`${failures.length} reminders by ${channel} did not go out: ${failures[0]}`);
  return sent;
}

async function claim(tx: Tx, channel: Channel, atOnce: number, now: Date): Promise<Claimed[]> {
  const at = now.toISOString();
  const address = channel === "email" ? sql`c.email` : sql`''`;
  const contacts =
    channel === "email" ? sql`JOIN returns.contacts c ON c.county = m.county AND c.unit = m.unit` : sql``;
  const { rows } = await tx.query<Claimed>(sql`
    WITH wanted AS (
      SELECT m.county, m.id, m.region, m.unit, ${address} AS address FROM returns.messages m ${contacts}
      LEFT JOIN returns.deliveries d ON d.county = m.county AND d.message = m.id AND d.channel = ${channel}
      WHERE (d.message IS NULL AND m.created_at > ${at}::timestamptz - make_interval(days => ${FRESH_DAYS}))
        OR (d.state <> 'sent' AND d.refusals < ${MOST_REFUSALS}
          AND d.changed_at < ${at}::timestamptz - make_interval(mins => ${AGAIN_MINUTES}::integer
            * CASE WHEN d.state = 'failed' THEN (2 ^ greatest(d.refusals - 1, 0))::integer ELSE 1 END))
      ORDER BY m.id LIMIT ${atOnce}),
    claimed AS (
      INSERT INTO returns.deliveries AS d (county, message, channel, region, unit, address, state, changed_at)
      SELECT county, id, ${channel}, region, unit, address, 'sending', ${at}::timestamptz FROM wanted
      ON CONFLICT ON CONSTRAINT deliveries_pk DO UPDATE SET state = 'sending',
        changed_at = excluded.changed_at
        WHERE d.state <> 'sent' AND d.changed_at < excluded.changed_at - make_interval(mins => ${AGAIN_MINUTES})
      RETURNING county, message, address)
    SELECT k.county, k.message, k.address, m.kind, r.period, f.name_zh AS "formZh", u.name_zh AS "unitZh",
      o.due_day::text AS "dueDay"
    FROM claimed k
    JOIN returns.messages m ON m.county = k.county AND m.id = k.message
    JOIN returns.returns r ON r.county = m.county AND r.id = m.return
    JOIN returns.openings o ON o.county = r.county AND o.form = r.form AND o.period = r.period
    JOIN returns.forms f ON f.county = r.county AND f.code = r.form AND f.version = r.form_version
    JOIN org.units u ON u.county = m.county AND u.id = m.unit ORDER BY k.message`);
  return rows;
}

async function mark(
  tx: Tx,
  channel: Channel,
  piece: readonly Claimed[],
  why: string | undefined,
): Promise<void> {
  await tx.query(sql`
    UPDATE returns.deliveries d SET state = ${why === undefined ? "sent" : "failed"}, last_error = ${why ?? null},
      refusals = d.refusals + ${why === undefined ? 0 : 1}::integer
    FROM unnest(${piece.map(({ county }) => county)}::integer[], ${piece.map(({ message }) => message)}::bigint[])
      AS k(county, message)
    WHERE d.county = k.county AND d.message = k.message AND d.channel = ${channel}`);
}

const mailTo =
  (mailer: Mailer): Send =>
  async (piece) => {
    for (const one of piece)
      await mailer.send({
        to: one.address,
        subject: `【台账】${one.formZh}${WORDS[one.kind]}`,
        text: `${sentenceOf(one)}。\n\n请登录台账系统“我的报表”办理。本邮件由系统发出，请勿回复。\n`,
        id: `return-message-${one.county}-${one.message}`,
      });
  };

const tellGroup =
  (webhook: URL, telling: Telling): Send =>
  (piece) =>
    postToChat(webhook, groupText(piece, telling));

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return (error as Error).message.slice(0, 300);
  }
}
