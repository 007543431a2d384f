/** How far a file is: first on its way to the server, then read there. */
import { useQuery } from "@tanstack/react-query";
import type { ProgressView } from "../../../domains/relief/contract.ts";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { count } from "./count.ts";

type FileProgressProps = {
  /** under which the server tells how far it is; without one it only says that it is at work */
  progressKey?: string;
  /** of the upload, 0…1 */
  share: number;
};

export function FileProgress({ progressKey, share }: FileProgressProps) {
  const { t } = useSpeech();
  const isSent = share >= 1;
  const progress = useQuery({
    queryKey: ["file-progress", progressKey],
    queryFn: ({ signal }) => api.importProgress(undefined, { key: progressKey ?? "" }, signal),
    enabled: isSent && progressKey !== undefined,
    refetchInterval: ({ state }) => (state.error === null ? 300 : false),
    gcTime: 0,
    retry: false,
  });
  const step: ProgressView = progress.data ?? { step: "waiting", done: 0, of: null };
  const reading = progressKey === undefined ? t.relief.steps.reading : t.relief.steps[step.step];
  const words = isSent ? reading : t.importing.uploading;
  const done = !isSent ? share : step.of === null || step.of === 0 ? undefined : step.done / step.of;
  return (
    <div>
      <p className="note">
        <span role="status">{words}</span>
        {isSent && step.done > 0 && (
          <span className="fine">
            {" "}
            {t.relief.rowsOf(count(step.done), step.of === null ? "" : count(step.of))}
          </span>
        )}
      </p>
      <progress aria-label={words} max={1} value={done} />
    </div>
  );
}
