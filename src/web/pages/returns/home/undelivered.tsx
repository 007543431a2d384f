/** 未送达的提醒: what mail server or chat group refused, for the department whose form it is about; to be sent again. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { UndeliveredView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay } from "../../../session/session.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { useReturnNames } from "../return-words.ts";
import { groupUndelivered } from "./undelivered-groups.ts";

export function Undelivered() {
  const mayDesign = useMay("returns.design");
  const client = useQueryClient();
  const r = useReturnTexts();
  const list = useQuery({
    queryKey: ["returns", "undelivered"],
    queryFn: ({ signal }) => returnsApi.undelivered(undefined, {}, signal),
    enabled: mayDesign,
  });
  const again = useMutation({
    mutationFn: (items: readonly UndeliveredView[]) =>
      returnsApi.sendAgain({ items: items.map(({ message, channel }) => ({ message, channel })) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["returns", "undelivered"] }),
  });
  const items = list.data?.items ?? [];
  const left = items.filter(({ isGivenUp }) => isGivenUp);
  if (items.length === 0) return null;
  return (
    <section className="section undelivered" aria-labelledby="undelivered">
      <header>
        <h2 id="undelivered">{r.undelivered.title}</h2>
        <p className="note">{r.undelivered.hint}</p>
        {left.length > 0 && (
          <button
            type="button"
            className="button"
            aria-disabled={again.isPending}
            onClick={() => {
              if (!again.isPending) again.mutate(left);
            }}
          >
            {r.undelivered.again(left.length)}
          </button>
        )}
      </header>
      {again.error !== null && <Trouble error={again.error} />}
      <ul>
        {groupUndelivered(items).map(({ key, first, units }) => (
          <Line key={key} item={first} units={units} />
        ))}
      </ul>
    </section>
  );
}

function Line({ item, units }: { item: UndeliveredView; units: number }) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames()(item.brief);
  return (
    <li>
      {units === 1 ? (
        <Link to="/returns/$id" params={{ id: String(item.brief.id) }}>
          {nameOf(item.brief.unit)} {names.form} {names.period}
        </Link>
      ) : (
        <Link to="/returns/board" search={{ form: item.brief.form }}>
          {names.form} {names.period} {r.undelivered.units(units)}
        </Link>
      )}{" "}
      <span>{r.inboxKinds[item.kind]}</span>{" "}
      <span className="note">{r.undelivered.channel[item.channel]}</span>{" "}
      <span className={item.isGivenUp ? "red" : "note"}>
        {item.isGivenUp ? r.undelivered.givenUp : r.undelivered.trying(item.refusals)}
      </span>
      <span className="sub fine">
        {formatInstant(item.at)} {item.reason}
      </span>
    </li>
  );
}
