/** 抽查: a part of what waits for review is drawn to be looked at again; the seed makes the draw repeatable. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { ClueSummary } from "../../../../domains/relief/contract.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";

export function DrawSample({ summary }: { summary: ClueSummary }) {
  const mayReview = useMay("clues.review");
  return mayReview ? <DrawForm summary={summary} /> : null;
}

function DrawForm({ summary }: { summary: ClueSummary }) {
  const { t, nameOf } = useSpeech();
  const client = useQueryClient();
  const words = t.clues.draw;
  const [within, setWithin] = useState(String(summary.region.code));
  const [percent, setPercent] = useState("10");
  const [seed, setSeed] = useState(() => makeRequestKey().slice(0, 8));
  const draw = useMutation({
    mutationFn: () => api.drawSample({ within: Number(within), share: Number(percent) / 100, seed }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ["clues"] }),
        client.invalidateQueries({ queryKey: ["clue-summary"] }),
      ]);
      setSeed(makeRequestKey().slice(0, 8));
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!draw.isPending) draw.mutate();
  };
  const places = [summary.region, ...summary.townships.map(({ region }) => region)];
  return (
    <details className="unfolding no-print">
      <summary>{words.title}</summary>
      <form className="filters" onSubmit={submit}>
        <Choice
          label={t.app.region}
          value={within}
          onValue={setWithin}
          options={places.map((region) => ({ value: String(region.code), name: nameOf(region) }))}
        />
        <TextField
          label={words.percent}
          type="number"
          min={1}
          max={100}
          value={percent}
          onValue={setPercent}
          required
        />
        <TextField
          label={words.seed}
          value={seed}
          onValue={setSeed}
          pattern="[0-9a-zA-Z\-]{4,40}"
          spellCheck={false}
          required
        />
        <button type="submit" className="button" aria-disabled={draw.isPending}>
          {words.submit}
        </button>
      </form>
      <p className="note">{words.hint}</p>
      {draw.error !== null && <Trouble error={draw.error} />}
      {draw.data !== undefined && (
        <p className="message good" role="status">
          {words.done(draw.data.drawn.length, draw.data.of, draw.data.seed)}
        </p>
      )}
    </details>
  );
}
