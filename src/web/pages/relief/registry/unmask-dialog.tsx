/** 完整显示: asks what for, because the answer is kept in the audit trail. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { UnmaskedView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";

type UnmaskDialogProps = { household: number; onFull: (full: UnmaskedView) => void; onCancel: () => void };

const leastWords = 4;

export function UnmaskDialog({ household, onFull, onCancel }: UnmaskDialogProps) {
  const { t } = useSpeech();
  const [purpose, setPurpose] = useState("");
  const unmask = useMutation({
    mutationFn: () => api.unmaskHousehold({ purpose: purpose.trim() }, { id: household }),
    onSuccess: onFull,
    gcTime: 0,
  });
  return (
    <ConfirmDialog
      title={t.relief.showFull}
      confirm={t.relief.showConfirm}
      isWorking={unmask.isPending || purpose.trim().length < leastWords}
      onConfirm={() => unmask.mutate()}
      onCancel={onCancel}
    >
      <p className="note">{t.relief.showHint}</p>
      <TextField
        label={t.relief.purpose}
        value={purpose}
        onValue={setPurpose}
        hint={t.relief.purposeHint}
        maxLength={200}
        autoComplete="off"
        required
      />
      {unmask.error !== null && <Trouble error={unmask.error} />}
    </ConfirmDialog>
  );
}
