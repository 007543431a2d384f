/**
 * What a check answers: a list of findings under named claims. A claim without findings has passed.
 *
 * @typedef {{claim: string, findings: string[]}} Claim
 * @typedef {{claims: Claim[], notes?: string[]}} CheckResult  notes are printed and count for nothing
 * @typedef {{root: string, node: string}} Context  root: the repository; node: path of the Node to run programs with
 */

/** Lines of a program's output that carry something. */
export function linesOf(output) {
  return output.split("\n").filter((line) => line.trim() !== "");
}

/** A claim that a program must confirm by its status; its output is the finding. */
export function claimOf(claim, { status, output, isTimeout }) {
  if (status === 0) return { claim, findings: [] };
  const said = linesOf(output);
  if (isTimeout) said.push("stopped: it took too long");
  return { claim, findings: said.length > 0 ? said : [`ended with status ${status} and said nothing`] };
}
