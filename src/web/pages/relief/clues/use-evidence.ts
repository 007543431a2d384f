/** What was taken at the door, on its way: sent as soon as it is there, again when it did not arrive, kept until it has. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { NoFix } from "../../../../domains/relief/core/clues/no-fix.ts";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { useSession } from "../../../session/session.tsx";
import { sendEvidence } from "./send-evidence.ts";
import type { Taken } from "./send-evidence.ts";
import { forgetEvidence, keepEvidence, readEvidence } from "./unsent-evidence.ts";
import type { UnsentEvidence } from "./unsent-evidence.ts";
import { visitBegan } from "./visit-files.ts";

type Waiting = UnsentEvidence & { error: unknown };

/** No answer, no session, no right just now, too many at once, or a fault of the server: later it may be taken. */
const mayArriveLater = (status: number): boolean => [0, 401, 403, 429].includes(status) || status >= 500;

/** A photograph that was kept before places were asked for counts as one whose place could not be measured. */
const noFixOf = ({ where }: UnsentEvidence): NoFix =>
  where !== undefined && "noFix" in where ? where.noFix : "unavailable";

const isUnplaced = ({ kind, where }: UnsentEvidence): boolean =>
  kind === "photo" && (where === undefined || ("noFix" in where && where.place === undefined));

export function useEvidence(clue: ClueView) {
  const client = useQueryClient();
  const { account } = useSession();
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const whose = { clue: clue.id, visit: visitBegan(clue), account: account.id };
  const deliver = async (one: UnsentEvidence) => {
    if (isUnplaced(one)) return;
    const mark = (error: unknown) =>
      setWaiting((all) => all.map((each) => (each.key === one.key ? { ...each, error } : each)));
    mark(undefined);
    try {
      const file = await sendEvidence(one.clue, one);
      client.setQueryData<ClueView>(
        ["clue", one.clue],
        (view) => view && { ...view, files: [...view.files.filter(({ id }) => id !== file.id), file] },
      );
      setWaiting((all) => all.filter(({ key }) => key !== one.key));
      await forgetEvidence(one.key);
    } catch (error) {
      mark(error);
      if (!mayArriveLater(problemOf(error).status)) await forgetEvidence(one.key);
    }
  };
  const add = (taken: Taken) => {
    const one = { ...taken, ...whose, key: makeRequestKey() };
    setWaiting((all) => [...all, { ...one, error: undefined }]);
    void keepEvidence(one).then(() => deliver(one));
  };
  const placeAll = (place: string) => {
    for (const one of waiting.filter(isUnplaced)) {
      const placed = { ...one, where: { noFix: noFixOf(one), place } };
      setWaiting((all) => all.map((each) => (each.key === one.key ? placed : each)));
      void keepEvidence(placed).then(() => deliver(placed));
    }
  };
  const sendAll = () => {
    for (const one of waiting) if (one.error !== undefined) void deliver(one);
  };
  const latest = useRef({ sendAll, deliver });
  useEffect(() => {
    latest.current = { sendAll, deliver };
  });
  useEffect(() => {
    const onOnline = () => latest.current.sendAll();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, []);
  useEffect(() => {
    let isGone = false;
    void readEvidence({ clue: whose.clue, visit: whose.visit, account: whose.account }).then((kept) => {
      if (isGone) return;
      setWaiting((all) => [...kept.map((one) => ({ ...one, error: undefined })), ...all]);
      for (const one of kept) void latest.current.deliver(one);
    });
    return () => {
      isGone = true;
    };
  }, [whose.clue, whose.visit, whose.account]);
  return { waiting, unplaced: waiting.filter(isUnplaced), add, placeAll, sendAll };
}
