/**
 * Results by kind, and the closing line over all of them.
 *
 * @typedef {{passed: number, failures: string[], skipped?: string[], notes?: string[]}} KindCount
 */

/** A check's claims as a count; a check that claims nothing has not checked anything. */
export function countOfCheck({ claims, notes = [] }, { warnsOnly = false } = {}) {
  if (claims.length === 0 && !warnsOnly) return { passed: 0, failures: ["nothing was checked"], notes };
  const failures = claims
    .filter(({ findings }) => findings.length > 0)
    .map(({ claim, findings }) => [`${claim}:`, ...shorten(findings)].join("\n      "));
  return { passed: claims.length - failures.length, failures, notes };
}

/** A crash is a failure of its kind, never silence. */
export function countOfCrash(error) {
  return {
    passed: 0,
    failures: [`crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
  };
}

const MANY_FINDINGS = 60;

function shorten(findings) {
  if (findings.length <= MANY_FINDINGS) return findings;
  return [...findings.slice(0, MANY_FINDINGS), `… and ${findings.length - MANY_FINDINGS} more`];
}

/** `N passed, N failed`; nothing at all is one failure. */
export function closingLine(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failures.length, 0);
  if (passed + failed === 0) return { line: "0 passed, 1 failed", failed: 1 };
  return { line: `${passed} passed, ${failed} failed`, failed };
}
