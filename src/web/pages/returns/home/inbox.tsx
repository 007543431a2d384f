/** 提醒: news for this unit that nobody has read yet. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { InboxView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatInstant } from "../../../format/time.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import type { Shape } from "../../../shell/status-mark.tsx";
import { useReturnNames } from "../return-words.ts";

type Message = z.output<typeof InboxView>;

const shapes: Readonly<Record<Message["kind"], Shape>> = {
  soon: "plain",
  today: "watch",
  late: "late",
  "sent-back": "severe",
  accepted: "done",
};

const mostShown = 8;

export function Inbox() {
  const r = useReturnTexts();
  const inbox = useQuery({
    queryKey: ["returns-inbox"],
    queryFn: ({ signal }) => returnsApi.inbox(undefined, {}, signal),
    refetchInterval: 120_000,
  });
  const unread = inbox.data?.items.filter(({ isRead }) => !isRead) ?? [];
  if (unread.length === 0) return null;
  return (
    <section className="inbox" aria-labelledby="inbox">
      <h2 id="inbox">
        {r.sections.inbox} <span className="count">{inbox.data?.unread}</span>
      </h2>
      <ul>
        {unread.slice(0, mostShown).map((message) => (
          <InboxLine key={message.id} message={message} />
        ))}
      </ul>
    </section>
  );
}

function InboxLine({ message }: { message: Message }) {
  const r = useReturnTexts();
  const client = useQueryClient();
  const names = useReturnNames()(message.brief);
  const read = useMutation({
    mutationFn: () => returnsApi.readMessage(undefined, { id: message.id }),
    onSettled: () => client.invalidateQueries({ queryKey: ["returns-inbox"] }),
  });
  return (
    <li>
      <ShapeMark shape={shapes[message.kind]}>{r.inboxKinds[message.kind]}</ShapeMark>
      <Link to="/returns/$id" params={{ id: String(message.brief.id) }} onClick={() => read.mutate()}>
        {names.form} {names.period}
      </Link>
      <span className="fine">{formatInstant(message.at)}</span>
      <button type="button" className="text-button" onClick={() => read.mutate()}>
        {r.read}
      </button>
    </li>
  );
}
