import type { RegistryStatus } from "../../../domains/relief/contract.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { ShapeMark } from "../../shell/status-mark.tsx";
import type { Shape } from "../../shell/status-mark.tsx";

const shapes: Readonly<Record<RegistryStatus, Shape>> = {
  registered: "plain",
  exited: "done",
  returned: "watch",
  removed: "struck",
};

/** 在册 ○, 已脱贫 ✓, 返贫 ▲, 已剔除 ✕ */
export function RegistryMark({ status }: { status: RegistryStatus }) {
  const { t } = useSpeech();
  return <ShapeMark shape={shapes[status]}>{t.relief.status[status]}</ShapeMark>;
}
