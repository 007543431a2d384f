/** The draft as plain text, to be changed by hand and checked again. */
import { useEffect, useId, useRef } from "react";
import { useSpeech } from "../../i18n/language.tsx";

type DraftEditorProps = { text: string; onText: (text: string) => void; isSelected: boolean };

export function DraftEditor({ text, onText, isSelected }: DraftEditorProps) {
  const { t } = useSpeech();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    if (isSelected) area.current?.select();
  }, [isSelected]);
  return (
    <div className="field draft-editor">
      <label htmlFor={id}>{t.proofing.editHint}</label>
      <textarea
        id={id}
        ref={area}
        lang="zh-CN"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
}
