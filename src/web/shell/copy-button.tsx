import { useState } from "react";
import { useSpeech } from "../i18n/language.tsx";

type CopyButtonProps = {
  text: string;
  label?: string;
  /** what to do where the clipboard is out of reach (a page without TLS); the text beside the button is selected otherwise */
  onRefused?: () => void;
};

export function CopyButton({ text, label, onRefused }: CopyButtonProps) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === text;
  const copy = async (button: HTMLElement) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      if (onRefused !== undefined) return onRefused();
      const beside = button.previousElementSibling;
      if (beside !== null) getSelection()?.selectAllChildren(beside);
    }
  };
  return (
    <>
      <button type="button" className="text-button" onClick={(event) => void copy(event.currentTarget)}>
        {isCopied ? t.tokens.copied : (label ?? t.tokens.copy)}
      </button>
      <span className="unseen" role="status">
        {isCopied && t.tokens.copied}
      </span>
    </>
  );
}
