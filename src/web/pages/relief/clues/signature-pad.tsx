/** 签名: drawn with a finger, a pen or a mouse; a photo of a signature on paper does as well. */
import { useId, useRef, useState } from "react";
import type { PointerEvent } from "react";
import { useSpeech } from "../../../i18n/language.tsx";
import { blobOf, shrinkPhoto } from "./take-photo.ts";

const lineWidth = 2.5; // CSS px

export function SignaturePad({ onSigned }: { onSigned: (signature: Blob) => void }) {
  const { t } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const clear = () => {
    const pad = canvas.current;
    pad?.getContext("2d")?.clearRect(0, 0, pad.width, pad.height);
    setEmpty(true);
  };
  const keep = async () => {
    const blob = canvas.current === null ? null : await blobOf(canvas.current, "image/png");
    if (blob === null) return;
    onSigned(blob);
    clear();
  };
  return (
    <div className="signature">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t.clues.signHere}
        onPointerDown={(event) => begin(event)}
        onPointerMove={(event) => {
          if (drawTo(event)) setEmpty(false);
        }}
      />
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={isEmpty}
          onClick={() => {
            if (!isEmpty) void keep();
          }}
        >
          {t.clues.signed}
        </button>
        <button type="button" className="text-button" onClick={clear}>
          {t.clues.clearSignature}
        </button>
        <PaperSignature onSigned={onSigned} />
      </div>
    </div>
  );
}

function PaperSignature({ onSigned }: { onSigned: (signature: Blob) => void }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <span className="paper-signature">
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        className="unseen"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) void shrinkPhoto(file).then(onSigned);
        }}
      />
      <label htmlFor={id} className="text-button">
        {t.clues.signedOnPaper}
      </label>
    </span>
  );
}

type Pen = PointerEvent<HTMLCanvasElement>;

function begin(event: Pen): void {
  const pad = event.currentTarget;
  const box = pad.getBoundingClientRect();
  const ratio = devicePixelRatio;
  // Sized when it is first touched, since it lies folded until then; resizing later would wipe what is drawn.
  if (pad.width !== Math.round(box.width * ratio)) {
    pad.width = Math.round(box.width * ratio);
    pad.height = Math.round(box.height * ratio);
  }
  pad.setPointerCapture(event.pointerId);
  const pen = pad.getContext("2d");
  if (pen === null) return;
  pen.lineWidth = lineWidth * ratio;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo((event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio);
}

function drawTo(event: Pen): boolean {
  const pad = event.currentTarget;
  if (event.buttons === 0 || !pad.hasPointerCapture(event.pointerId)) return false;
  const box = pad.getBoundingClientRect();
  const pen = pad.getContext("2d");
  pen?.lineTo((event.clientX - box.left) * devicePixelRatio, (event.clientY - box.top) * devicePixelRatio);
  pen?.stroke();
  return true;
}
