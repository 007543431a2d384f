/** Asks before something that matters. The browser's own modal dialog keeps the focus inside and gives it back. */
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";

type ConfirmDialogProps = {
  title: string;
  confirm: string;
  isWorking: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
};

export function ConfirmDialog({
  title,
  confirm,
  isWorking,
  onConfirm,
  onCancel,
  children,
}: ConfirmDialogProps) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      <div className="actions">
        <button
          type="button"
          className="button first"
          aria-disabled={isWorking}
          onClick={() => {
            if (!isWorking) onConfirm();
          }}
        >
          {confirm}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.app.cancel}
        </button>
      </div>
    </dialog>
  );
}
