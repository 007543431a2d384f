/** What the check came to, in numbers; and what else to show. */
import type { ReactNode } from "react";
import { countClaims } from "../../../domains/proofing/core/claim.ts";
import { claimKey } from "../../../domains/proofing/core/claim-key.ts";
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { Decisions } from "./decisions.ts";
import { LookMark } from "./look-mark.tsx";
import type { Look, Shown } from "./shown-claims.ts";

type OutcomeProps = {
  claims: readonly ClaimView[];
  decisions: Decisions;
  shown: Shown;
  onShown: (shown: Shown) => void;
  /** below the words */
  children: ReactNode;
};

export function Outcome({ claims, decisions, shown, onShown, children }: OutcomeProps) {
  const { t } = useSpeech();
  const counts = countClaims(claims);
  const open = claims.filter(
    (claim) =>
      claim.verdict === "inconsistent" && claim.severity === "wrong" && !decisions.has(claimKey(claim)),
  ).length;
  const choices: readonly [keyof Shown, Look, number][] = [
    ["lastDigit", "last-digit", counts.lastDigit],
    ["look", "look", counts.look],
    ["consistent", "consistent", counts.consistent],
  ];
  return (
    <div className="outcome">
      <div>
        <p className="outcome-words" role="status" tabIndex={-1}>
          {claims.length === 0
            ? t.proofing.noClaims
            : counts.wrong === 0
              ? t.proofing.noneWrong
              : t.proofing.wrong(counts.wrong, open)}
        </p>
        {children}
      </div>
      {claims.length > 0 && (
        <fieldset className="outcome-choices">
          <legend className="unseen">{t.proofing.alsoShow}</legend>
          {choices.map(([name, look, count]) => (
            <label key={name} className={count === 0 ? "none" : undefined}>
              <input
                type="checkbox"
                checked={shown[name]}
                onChange={(event) => onShown({ ...shown, [name]: event.target.checked })}
              />
              <LookMark look={look} /> {count}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
