import { useState } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** Copies a text. Where the clipboard is out of reach (a page without TLS) it selects the text beside it instead. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useSpeech();
  const [isCopied, setCopied] = useState(false);
  const copy = async (button: HTMLElement) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      const beside = button.previousElementSibling;
      if (beside !== null) getSelection()?.selectAllChildren(beside);
    }
  };
  return (
    <button type="button" className="text-button" onClick={(event) => void copy(event.currentTarget)}>
      <span role="status">{isCopied ? t.tokens.copied : (label ?? t.tokens.copy)}</span>
    </button>
  );
}
