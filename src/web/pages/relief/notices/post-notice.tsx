/** 张贴公示: what waits for it in a township or the county, for at least seven calendar days. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { ClueSummary } from "../../../../domains/relief/contract.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { addDays } from "../../../../shared/working-days.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";

/** 公示期不少于 7 天, counted from the day after posting. */
const leastDays = 7;
/** @param day of posting; no day while it is being typed */
const firstEnd = (day: string): string => (Number.isNaN(Date.parse(day)) ? "" : addDays(day, leastDays));

export function PostNotice() {
  const { t } = useSpeech();
  const summary = useQuery({
    queryKey: ["clue-summary"],
    queryFn: ({ signal }) => api.clueSummary({}, {}, signal),
  });
  return (
    <section className="section" aria-labelledby="post">
      <header>
        <h2 id="post">{t.notices.post}</h2>
        <p className="note">{t.notices.postHint}</p>
      </header>
      {summary.error !== null && <Trouble error={summary.error} again={() => void summary.refetch()} />}
      {summary.data === undefined ? (
        summary.error === null && <Waiting lines={4} />
      ) : summary.data.total.queues.publish === 0 ? (
        <p>{t.notices.nothingToPost}</p>
      ) : (
        <PostForm summary={summary.data} />
      )}
    </section>
  );
}

function PostForm({ summary }: { summary: ClueSummary }) {
  const { t, nameOf } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const places = [summary.total, ...summary.townships.filter(({ queues }) => queues.publish > 0)];
  const [within, setWithin] = useState(String(summary.region.code));
  const [postedOn, setPostedOn] = useState(today);
  const [endsOn, setEndsOn] = useState(() => firstEnd(today));
  const [contact, setContact] = useState("");
  const [title, setTitle] = useState<string>();
  const [key, setKey] = useState(makeRequestKey);
  const place = places.find(({ region }) => String(region.code) === within) ?? summary.total;
  const shownTitle = title ?? t.notices.titleOf(nameOf(place.region));
  const post = useMutation({
    mutationFn: () =>
      api.postNotice({
        title: shownTitle.trim(),
        within: Number(within),
        postedOn,
        endsOn,
        contact: contact.trim(),
        key,
      }),
    onSuccess: async (notice) => {
      client.setQueryData(["notice", notice.id], notice);
      for (const queryKey of [["notices"], ["clues"], ["clue-summary"], ["clue"]])
        void client.invalidateQueries({ queryKey });
      await navigate({ to: "/notices/$id", params: { id: String(notice.id) } });
    },
    onError: () => setKey(makeRequestKey()),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!post.isPending) post.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <Choice
        label={t.app.region}
        value={within}
        onValue={setWithin}
        options={places.map(({ region, queues }) => ({
          value: String(region.code),
          name: t.notices.placeWith(nameOf(region), queues.publish),
        }))}
      />
      <TextField
        label={t.notices.notice}
        value={shownTitle}
        onValue={setTitle}
        minLength={2}
        maxLength={100}
        required
      />
      <div className="two-fields">
        <TextField
          label={t.notices.postedOn}
          type="date"
          value={postedOn}
          onValue={(day) => {
            setPostedOn(day);
            if (endsOn < firstEnd(day)) setEndsOn(firstEnd(day));
          }}
          required
        />
        <TextField
          label={t.notices.endsOn}
          type="date"
          value={endsOn}
          onValue={setEndsOn}
          min={firstEnd(postedOn)}
          hint={t.notices.endsHint}
          required
        />
      </div>
      <TextField
        label={t.notices.contact}
        value={contact}
        onValue={setContact}
        hint={t.notices.contactHint}
        minLength={2}
        maxLength={200}
        required
      />
      {post.error !== null && <Trouble error={post.error} />}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={post.isPending}>
          {t.notices.postButton(place.queues.publish)}
        </button>
      </div>
    </form>
  );
}
